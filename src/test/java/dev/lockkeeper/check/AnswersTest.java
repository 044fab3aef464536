package dev.lockkeeper.check;

import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.check.Verdict.Answer;
import dev.lockkeeper.check.database.NoBuildRuns;
import dev.lockkeeper.check.database.NobodyWaits;
import dev.lockkeeper.check.database.PostgresIsSupported;
import dev.lockkeeper.check.database.SeesAllSessions;
import dev.lockkeeper.check.migration.ActingHelps;
import dev.lockkeeper.check.migration.RewritesAreSmall;
import dev.lockkeeper.check.upgrade.BackupIsRecent;
import dev.lockkeeper.check.upgrade.EvidenceIsKept;
import dev.lockkeeper.check.upgrade.TargetIsListed;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What each check answers to what is seen. */
class AnswersTest {
  /** They can always tell once there is a database; without one CheckTest tries them. */
  private static final Set<Class<?>> ONLY_WITHOUT_DATABASE =
      Set.of(
          NobodyWaits.class, PostgresIsSupported.class, SeesAllSessions.class, ActingHelps.class);

  private static List<Row> all() {
    List<Row> all = new ArrayList<>(RowsOfTheRun.all());
    all.addAll(RowsOfTheCluster.all());
    all.addAll(RowsOfTheScalers.all());
    all.addAll(RowsOfStarting.all());
    all.addAll(RowsOfTheDatabase.all());
    all.addAll(RowsOfTheChecklist.all());
    all.addAll(RowsOfTheProbes.all());
    all.addAll(RowsOfSurroundings.all());
    all.addAll(RowsOfHelm.all());
    all.addAll(RowsOfReleases.all());
    all.addAll(RowsOfV1.all());
    all.addAll(RowsOfTheRecovery.all());
    all.addAll(RowsOfRoles.all());
    return all;
  }

  @TestFactory
  Stream<DynamicTest> theAnswerIsRight() {
    return all().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    "%s, when %s: %s".formatted(row.check().question(), row.when(), row.answer()),
                    () -> isRight(row)));
  }

  private static void isRight(Row row) {
    Snapshot seen = row.seen().seen();
    Verdict verdict = row.check().evaluate(seen, Row.KNOWLEDGE);
    assertThat(verdict.answer()).as(verdict.evidence()).isEqualTo(row.answer());
    assertThat(verdict.evidence()).contains(row.evidence());
  }

  private static Set<Class<?>> types() {
    return Checks.ALL.stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet());
  }

  @Test
  void everyCheckHasARowForEachAnswer() {
    var answers =
        all().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.check().getClass(),
                    Collectors.mapping(Row::answer, Collectors.toSet())));
    for (Class<?> type : types()) {
      List<Answer> wanted = new ArrayList<>(List.of(Answer.values()));
      if (type == TargetIsListed.class) {
        wanted.remove(FAIL); // what is not listed may be newer than this program
      }
      if (type == EvidenceIsKept.class) {
        wanted.remove(UNKNOWN); // the journal is the run's own
      }
      if (type == RewritesAreSmall.class) {
        wanted.remove(FAIL); // no SQL tells how much of a disk is free
      }
      if (ONLY_WITHOUT_DATABASE.contains(type)) {
        wanted.remove(UNKNOWN);
      }
      assertThat(answers.get(type)).as(type.getSimpleName()).containsAll(wanted);
    }
    assertThat(answers).hasSameSizeAs(types());
  }

  @Test
  void aBackupIsToldByNameAndTimeAsWhatSomebodyAttested() {
    Snapshot seen =
        Row.running()
            .said("backup-id", "snap-0a1b2c")
            .said("backup-time", Row.NOW.minus(Duration.ofMinutes(20)).toString())
            .seen();
    assertThat(new BackupIsRecent().evaluate(seen, Row.KNOWLEDGE).evidence())
        .startsWith("snap-0a1b2c, 20m")
        .endsWith(" ago, as you said")
        .doesNotContainIgnoringCase("verif");
  }

  @Test
  void theNumberOfBuildsCanBeTyped() {
    Snapshot seen = Row.running().database("usage", UpgradeWorld.usage(Row.NOW, 2, 1)).seen();
    assertThat(new NoBuildRuns().evaluate(seen, Row.KNOWLEDGE).figure()).contains("3");
  }
}
