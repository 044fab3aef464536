package dev.lockkeeper.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each act would ask, exactly, and when it would not. */
class PlansTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final ScaleBack TO_ONE = new ScaleBack(false);
  private static final ScaleBack BACK = new ScaleBack(true);

  private static Scenery running() {
    return Scenery.of(UpgradeWorld::running).chose("scale-to", "zero");
  }

  private static Scenery drained() {
    return Scenery.of(UpgradeWorld::drained).chose("scale-to", "zero");
  }

  private static Scenery committed() {
    return Scenery.of(now -> UpgradeWorld.upgraded(now, 1));
  }

  private static Plan plan(Action action, Scenery seen) {
    return action.propose(seen.seen(), KNOWLEDGE).plan().orElseThrow();
  }

  /** One that is left out would be known to no runbook. */
  @Test
  void allActionsThatAreWrittenAreInTheList() {
    assertThat(Actions.ALL.stream().map(action -> action.getClass().getName()).distinct())
        .containsExactlyInAnyOrderElementsOf(
            new ClassFileImporter()
                .importPackages(Action.class.getPackageName()).stream()
                    .filter(type -> type.isAssignableTo(Action.class) && !type.isInterface())
                    .map(JavaClass::getName)
                    .toList());
    assertThat(Actions.ALL.stream().map(Action::word)).doesNotHaveDuplicates();
  }

  @Test
  void scalingDownNamesItsTargetAndWhatItSaw() {
    Plan plan = plan(new ScaleDown(), running());
    assertThat(plan.request())
        .isEqualTo(new ScaleRequest(Contexts.in("coder"), "coder", "uid-deployment", 3, 0));
    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan.undo())
        .isEqualTo(
            "kubectl --context prod-eu -n coder scale deployment/coder --current-replicas=0"
                + " --replicas=3");
    assertThat(plan.effects())
        .containsExactly(
            "3 pods stop within 60 s; nobody can use Coder until the upgrade is done",
            "30 sessions end");
  }

  @Test
  void scalingToOneLeavesOne() {
    Plan plan = plan(new ScaleDown(), running().chose("scale-to", "one"));
    assertThat(plan.request())
        .isEqualTo(new ScaleRequest(Contexts.in("coder"), "coder", "uid-deployment", 3, 1));
    assertThat(plan.effects().get(0)).isEqualTo("2 pods stop within 60 s; one goes on serving");
  }

  @Test
  void scalingDownTellsWhichTablesItSetsFree() {
    Scenery contended = Scenery.of(UpgradeWorld::contended).chose("scale-to", "zero");
    assertThat(plan(new ScaleDown(), contended).effects().get(1))
        .contains(
            "1 of them idle in transaction", "locks on api_keys go with the sessions that end");
  }

  @Test
  void theImageIsChangedOnlyOnThisGenerationOfThisContainer() {
    Plan plan = plan(new ChangeImage(), drained());
    assertThat(plan.request().identity())
        .isEqualTo(
            Map.of(
                "request", "image",
                "namespace", "coder",
                "deployment", "coder",
                "uid", "uid-deployment",
                "generation", "7",
                "container", "coder",
                "from", "ghcr.io/coder/coder:v2.26.6",
                "to", "ghcr.io/coder/coder:v2.29.3"));
    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan.undo()).endsWith("coder=ghcr.io/coder/coder:v2.26.6");
  }

  @Test
  void changingTheImageOfWhatRunsCannotBeTakenBack() {
    Plan plan = plan(new ChangeImage(), running());
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.undo()).startsWith("none for the schema");
    assertThat(plan.phrase()).isEqualTo("prod-eu/coder");
    assertThat(plan.effects().get(0)).contains("beside 3 old replicas", "39 migrations");
  }

  @Test
  void startingThePodThatMigratesCannotBeTakenBack() {
    Plan plan = plan(TO_ONE, Scenery.of(UpgradeWorld::renamed));
    assertThat(plan.request())
        .isEqualTo(new ScaleRequest(Contexts.in("coder"), "coder", "uid-deployment", 0, 1));
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.effects()).hasSize(1).first().asString().contains("v2.29.3", "39 migrations");
  }

  @Test
  void thePodThatMigratesNeedsNoCountToGoBackTo() {
    Scenery found = Scenery.of(UpgradeWorld::renamed).recallsNothing();
    assertThat(TO_ONE.propose(found.seen(), KNOWLEDGE).plan()).isPresent();
    assertThat(BACK.propose(found.seen(), KNOWLEDGE).reason()).contains("before this run");
  }

  @Test
  void scalingBackGoesToTheCountOfBefore() {
    Plan plan = plan(BACK, committed());
    assertThat(plan.request())
        .isEqualTo(new ScaleRequest(Contexts.in("coder"), "coder", "uid-deployment", 1, 3));
    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
  }

  private record Refusal(String when, Action action, Scenery seen, String reason) {}

  @TestFactory
  Stream<DynamicTest> thereIsNoPlan() {
    Scenery gone = running().cluster("deployment", Optional.empty());
    return Stream.of(
            new Refusal(
                "nothing was chosen",
                new ScaleDown(),
                Scenery.of(UpgradeWorld::running),
                "zero or one"),
            new Refusal(
                "nonsense was chosen",
                new ScaleDown(),
                running().chose("scale-to", "two"),
                "zero or one"),
            new Refusal("it is at zero", new ScaleDown(), drained(), "already wants 0"),
            new Refusal("it is gone", new ScaleDown(), gone, "cannot be read"),
            new Refusal(
                "there is no tag",
                new ChangeImage(),
                drained().deployment("image", "coder"),
                "by hand"),
            new Refusal(
                "it is latest",
                new ChangeImage(),
                drained().deployment("image", "coder:latest"),
                "by hand"),
            new Refusal(
                "it is so", new ChangeImage(), Scenery.of(UpgradeWorld::renamed), "already names"),
            new Refusal(
                "there is no target", new ChangeImage(), running().wantsNothing(), "target"),
            new Refusal("it is gone", new ChangeImage(), gone, "not known"),
            new Refusal("one runs", TO_ONE, committed(), "already wants 1"),
            new Refusal("it is gone", TO_ONE, gone, "cannot be read"),
            new Refusal(
                "all are back",
                BACK,
                Scenery.of(now -> UpgradeWorld.upgraded(now, 3)),
                "already wants 3"))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.action + ", when " + row.when,
                    () -> {
                      Proposal proposal = row.action.propose(row.seen.seen(), KNOWLEDGE);
                      assertThat(proposal.plan()).isEmpty();
                      assertThat(proposal.reason()).contains(row.reason);
                    }));
  }

  @Test
  void staleFactsMakeNoPlan() {
    for (Action action : List.of(new ScaleDown(), new ChangeImage(), TO_ONE, BACK)) {
      for (Snapshot seen : Scenery.everyGoodMoment()) {
        Snapshot later = seen.at(seen.now().plus(Snapshot.FRESH).plusMillis(1));
        assertThat(action.propose(later, KNOWLEDGE).plan()).as("%s", action).isEmpty();
      }
    }
  }

  @Test
  void noSnapshotMakesAnActThrow() {
    for (Action action : List.of(new ScaleDown(), new ChangeImage(), TO_ONE, BACK)) {
      for (Snapshot seen : Scenery.hostile()) {
        Proposal proposal = action.propose(seen, KNOWLEDGE);
        assertThat(proposal.plan().isPresent()).isNotEqualTo(!proposal.reason().isEmpty());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io/coder/coder:v2.26.6, ghcr.io/coder/coder:v2.29.3",
    "registry.local:5000/coder/coder:v2.26.6, registry.local:5000/coder/coder:v2.29.3",
    "registry.local:5000/coder, registry.local:5000/coder:v2.29.3",
    "coder, coder:v2.29.3",
    "coder:v2.26.6@sha256:0123, coder:v2.29.3",
    "localhost:5000/coder@sha256:0123, localhost:5000/coder:v2.29.3"
  })
  void anImageGetsAnotherTagAndNothingElse(String before, String after) {
    assertThat(ChangeImage.retagged(before, CoderVersion.of(2, 29, 3))).isEqualTo(after);
  }

  @Test
  void aPlanIsTheSameWhenItAsksTheSameAtTheSameRiskWhateverItExpects() {
    ScaleRequest request = new ScaleRequest(Contexts.in("a"), "b", "uid", 3, 0);
    Plan plan = new Plan(request, Risk.DISRUPTIVE, List.of("31 sessions end"), "undo", "a/b");
    assertThat(plan.covers(new Plan(request, Risk.DISRUPTIVE, List.of("30"), "", ""))).isTrue();
    assertThat(plan.covers(new Plan(request, Risk.IRREVERSIBLE, List.of(), "", ""))).isFalse();
    for (ScaleRequest other :
        List.of(
            new ScaleRequest(Contexts.in("x"), "b", "uid", 3, 0),
            new ScaleRequest(Contexts.in("a"), "x", "uid", 3, 0),
            new ScaleRequest(Contexts.in("a"), "b", "x", 3, 0),
            new ScaleRequest(Contexts.in("a"), "b", "uid", 2, 0),
            new ScaleRequest(Contexts.in("a"), "b", "uid", 3, 1))) {
      assertThat(plan.covers(new Plan(other, Risk.DISRUPTIVE, List.of(), "", ""))).isFalse();
    }
  }
}
