package dev.lockkeeper.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lockkeeper.check.Verdict.Answer;
import dev.lockkeeper.check.deployment.MayOverlap;
import dev.lockkeeper.check.upgrade.BackupIsRecent;
import dev.lockkeeper.check.upgrade.EvidenceIsKept;
import dev.lockkeeper.check.upgrade.TargetIsListed;
import dev.lockkeeper.check.upgrade.TargetIsNewer;
import dev.lockkeeper.check.upgrade.WindowIsOpen;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Scenery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every check, present and to come. */
class CheckTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();

  /** They look at what a person said or what the run remembers, and at no live fact. */
  private static final Set<Class<?>> NEED_NO_LIVE_FACT =
      Set.of(
          BackupIsRecent.class,
          EvidenceIsKept.class,
          WindowIsOpen.class,
          TargetIsNewer.class,
          TargetIsListed.class,
          MayOverlap.class);

  static Stream<Check> everyCheck() {
    return Checks.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("everyCheck")
  void canPassWhenEverythingIsFresh(Check check) {
    List<Answer> answers = Scenery.everyMoment().stream().map(seen -> answer(check, seen)).toList();
    assertThat(answers).contains(Answer.PASS);
  }

  @ParameterizedTest
  @MethodSource("everyCheck")
  void whatIsOldLostOrWasNeverReadIsUnknown(Check check) {
    for (Snapshot good : Scenery.everyMoment()) {
      for (Snapshot bad : withoutLiveFacts(good)) {
        if (!NEED_NO_LIVE_FACT.contains(check.getClass())) {
          assertThat(answer(check, bad)).isEqualTo(Answer.UNKNOWN);
        }
      }
    }
  }

  /** Even they know nothing without what was said and remembered, but for the target itself. */
  @ParameterizedTest
  @MethodSource("everyCheck")
  void withoutAnyFactNothingPasses(Check check) {
    for (Snapshot good : Scenery.everyMoment()) {
      Snapshot forgetful = good.with(Scenery.forgetful(good));
      for (Snapshot bad : withoutLiveFacts(forgetful)) {
        if (check.getClass() != TargetIsListed.class) {
          assertThat(answer(check, bad)).isNotEqualTo(Answer.PASS);
        }
      }
    }
  }

  private static List<Snapshot> withoutLiveFacts(Snapshot good) {
    return List.of(
        good.at(good.now().plus(Snapshot.FRESH).plusMillis(1)),
        good.withCluster(good.cluster().lost("gone"))
            .withDatabase(good.database().lost("gone"))
            .withHelm(good.helm().lost("gone")),
        good.withCluster(Observed.unknown("no right", good.now()))
            .withDatabase(Observed.unknown("no route", good.now()))
            .withHelm(Observed.unknown("no file", good.now())),
        Snapshot.empty(good.now(), good.run()));
  }

  @ParameterizedTest
  @MethodSource("everyCheck")
  void isAnsweredWithEvidenceWhateverIsSeen(Check check) {
    List<Snapshot> all = new ArrayList<>(Scenery.everyMoment());
    all.addAll(Scenery.hostile());
    for (Snapshot seen : all) {
      Verdict verdict = check.evaluate(seen, KNOWLEDGE);
      assertThat(verdict.evidence()).as(check.question()).isNotBlank();
      assertThat(check.evaluate(seen.at(seen.now().minus(Duration.ofDays(9))), KNOWLEDGE))
          .isNotNull();
    }
  }

  /** One that is left out would be known to no runbook. */
  @Test
  void allThatAreWrittenAreInTheList() {
    assertThat(Checks.ALL.stream().map(check -> check.getClass().getName()).distinct())
        .containsExactlyInAnyOrderElementsOf(
            new ClassFileImporter()
                .importPackages(Check.class.getPackageName()).stream()
                    .filter(type -> type.isAssignableTo(Check.class) && !type.isInterface())
                    .map(JavaClass::getName)
                    .toList());
  }

  @Test
  void everyQuestionIsAskedInItsOwnWords() {
    assertThat(everyCheck().map(Check::question).toList()).doesNotHaveDuplicates();
    assertThat(everyCheck().map(Check::word).toList()).doesNotHaveDuplicates();
  }

  private static Answer answer(Check check, Snapshot snapshot) {
    return check.evaluate(snapshot, KNOWLEDGE).answer();
  }
}
