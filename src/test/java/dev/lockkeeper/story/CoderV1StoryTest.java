package dev.lockkeeper.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.UninstallRequest;
import dev.lockkeeper.action.UpgradeRequest;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.wizard.Key;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Coder v1 goes from 1.43.1 to 1.44.3, or does not. */
class CoderV1StoryTest {
  @Test
  void itIsWalkedFromTheFirstLookToReadyPods() {
    CoderV1Story walk = CoderV1Story.begins(CoderV1Scene.NEW).prepares();
    walk.chooses(1).goesTo("3.2").confirms();
    HelmRequest request = (HelmRequest) walk.asked.orElseThrow();
    assertThat(request.command())
        .contains("--version 1.44.3", "--reset-values")
        .doesNotContain("--atomic", "--force", "replicaCount");

    walk.answers(Outcome.done("helm ended")).sees(CoderV1Scene.upgraded()).goesTo("3.4");
    walk.chooses(1).goesTo("5.1").ends();

    assertThat(walk.state.progress().owes()).isFalse();
  }

  @Test
  void twoVersionsAtOnceAreNotWalked() {
    CoderV1Story walk = CoderV1Story.begins("1.45.0").goesTo("1.2");

    walk.presses(Key.Name.ENTER).presses(Key.of('w')).presses(Key.Name.ENTER);

    assertThat(walk.state.cursor()).isEqualTo("1.2");
    assertThat(walk.screen()).contains("go to 1.44 first");
  }

  @Test
  void whatHelmDoesNotOwnIsHandedOverAndTheUpgradeRunsOnceMore() {
    CoderV1Story walk = CoderV1Story.begins(CoderV1Scene.NEW).prepares();
    walk.chooses(1).goesTo("3.2").confirms().answers(Outcome.done("helm ended"));
    walk.sees(named(CoderV1Scene.NOT_OWNED, CoderV1Scene.ACCOUNT, CoderV1Scene.NOBODYS))
        .goesTo("3.4");
    assertThat(walk.screen()).contains("Handing it over to Helm helps");

    walk.chooses(3).goesTo("4.1");
    assertThat(walk.screen())
        .contains("kubectl --context prod-eu -n coder label serviceaccount/coder");
    walk.handsOver("ServiceAccount");
    walk.sees(named(CoderV1Scene.NOT_OWNED, CoderV1Scene.ACCOUNT, CoderV1Scene.OURS)).goesTo("4.2");
    walk.confirms().answers(Outcome.done("helm ended"));
    walk.sees(CoderV1Scene.upgraded());
    walk.ends();
  }

  /** Helm names one object at a time. */
  @Test
  void aSecondObjectIsHandedOverInTheSameRun() {
    CoderV1Story walk = CoderV1Story.begins(CoderV1Scene.NEW).prepares();
    walk.sees(looked(CoderV1Scene.ACCOUNT, CoderV1Scene.NOBODYS));
    walk.refused = List.of(CoderV1Scene.NOT_OWNED);
    walk.chooses(1).goesTo("3.2").presses(Key.Name.ENTER).presses(Key.Name.ESCAPE).passes(1);
    walk.goesTo("3.4").chooses(3).goesTo("4.1").handsOver("ServiceAccount");
    walk.sees(looked(CoderV1Scene.ACCOUNT, CoderV1Scene.OURS)).goesTo("4.2");

    walk.refused = List.of(CoderV1Scene.NOT_OWNED_EITHER);
    walk.presses(Key.Name.ENTER).presses(Key.Name.ESCAPE);
    walk.sees(looked(CoderV1Scene.ROLE, CoderV1Scene.NOBODYS));
    assertThat(walk.screen()).contains("Role coder says nothing of a release");
    walk.presses(Key.Name.ENTER);
    assertThat(walk.state.dialog()).as("it would be refused once more").isEmpty();

    walk.leafsBackTo("4.1").presses(Key.of('r')).passes(1);
    walk.answersRight("Role");
    walk.sees(looked(CoderV1Scene.ROLE, CoderV1Scene.OURS)).goesTo("4.2");
    walk.refused = List.of();
    walk.confirms().answers(Outcome.done("helm ended")).sees(CoderV1Scene.upgraded());
    walk.ends();
  }

  @Test
  void whatBelongsToAnotherReleaseIsNotTaken() {
    CoderV1Story walk = CoderV1Story.begins(CoderV1Scene.NEW).prepares();
    walk.chooses(1).goesTo("3.2").confirms().answers(Outcome.done("helm ended"));
    HelmClaim others = HelmClaim.of("tools", "coder");
    walk.sees(named(CoderV1Scene.NOT_OWNED, CoderV1Scene.ACCOUNT, others)).goesTo("3.4");
    walk.chooses(3).goesTo("4.1").presses(Key.Name.ENTER);

    assertThat(walk.state.dialog()).isEmpty();
    assertThat(walk.screen()).contains("NOT OURS", "the release tools").doesNotContain("$ kubectl");
  }

  /** Whoever ran helm elsewhere pastes what it said. */
  @Test
  void whatHelmSaidElsewhereIsUnderstoodAsWell() {
    CoderV1Story walk = CoderV1Story.begins(CoderV1Scene.NEW).prepares();
    walk.chooses(2).goesTo("3.3").presses(Key.Name.ENTER).types(CoderV1Scene.NOT_OWNED);
    walk.sees(looked(CoderV1Scene.ACCOUNT, CoderV1Scene.NOBODYS)).goesTo("3.4");
    assertThat(walk.screen()).contains("Handing it over to Helm helps");

    walk.chooses(3).goesTo("4.1").handsOver("ServiceAccount");
  }

  private static Scenery looked(ObjectName name, HelmClaim claim) {
    return CoderV1Scene.installed()
        .cluster("named", Observed.known(CoderV1Scene.object(name, claim), Scenery.NOW));
  }

  private static Scenery named(String said, ObjectName name, HelmClaim claim) {
    return CoderV1Scene.named(said, name, claim);
  }

  @Test
  void whatHelmRefusesToTakeOverIsLookedUpOnceAndAsLongAsItDoes() {
    CoderV1Story walk = CoderV1Story.begins(CoderV1Scene.NEW).prepares();
    assertThat(walk.sought).isEmpty();
    walk.refused = List.of(CoderV1Scene.NOT_OWNED);
    walk.chooses(1).goesTo("3.2").presses(Key.Name.ENTER).presses(Key.Name.ESCAPE).passes(5);
    assertThat(walk.sought).containsExactly(Optional.of(CoderV1Scene.ACCOUNT));

    walk.sees(looked(CoderV1Scene.ACCOUNT, CoderV1Scene.NOBODYS));
    walk.goesTo("3.4").chooses(3).goesTo("4.1").handsOver("ServiceAccount");
    walk.sees(looked(CoderV1Scene.ACCOUNT, CoderV1Scene.OURS));
    walk.refused = List.of();
    walk.goesTo("4.2").presses(Key.Name.ENTER).passes(1);
    assertThat(walk.sought).containsExactly(Optional.of(CoderV1Scene.ACCOUNT), Optional.empty());
  }

  /** Helm is asked before it is run, and its no is as good as that of a run. */
  @Test
  void whatHelmWouldRefuseIsCuredWithoutRunningIt() {
    CoderV1Story walk = CoderV1Story.begins(CoderV1Scene.NEW).prepares();
    walk.refused = List.of(CoderV1Scene.NOT_OWNED);
    walk.chooses(1).goesTo("3.2").presses(Key.Name.ENTER).presses(Key.Name.ESCAPE).passes(1);
    assertThat(walk.asked).isEmpty();
    assertThat(walk.screen()).contains("already seen, enter goes on: helm would refuse");

    walk.sees(looked(CoderV1Scene.ACCOUNT, CoderV1Scene.NOBODYS));
    walk.goesTo("3.4").chooses(3).goesTo("4.1").handsOver("ServiceAccount");
    walk.sees(looked(CoderV1Scene.ACCOUNT, CoderV1Scene.OURS));
    walk.refused = List.of();
    walk.goesTo("4.2").confirms().answers(Outcome.done("helm ended"));
    assertThat(walk.state.snapshot().run().helmRefused()).isEmpty();
    walk.sees(CoderV1Scene.upgraded());
    walk.ends();
  }

  /** Nobody uninstalls what has just been upgraded well. */
  @Test
  void noCureIsOfferedWhereNothingIsWrong() {
    CoderV1Story walk = CoderV1Story.begins(CoderV1Scene.NEW).prepares();
    walk.chooses(1).goesTo("3.2").confirms().answers(Outcome.done("helm ended"));
    walk.sees(CoderV1Scene.upgraded()).goesTo("3.4").chooses(4);

    assertThat(walk.state.cursor()).isEqualTo("3.4");
    assertThat(walk.state.snapshot().run().chosen("outcome")).isEmpty();
  }

  @Test
  void itIsUninstalledAndInstalledAgainFromTheValuesThatWereKept() {
    CoderV1Story walk = CoderV1Story.uninstalls().confirms();
    UninstallRequest gone = (UninstallRequest) walk.asked.orElseThrow();
    assertThat(gone.place().revision()).isEqualTo(3);

    walk.answers(Outcome.done("helm ended"));
    walk.sees(CoderV1Scene.gone().helm(CoderV1Scene.helm(CoderV1Scene.ended(0, "uninstalled"))));
    walk.goesTo("4.5");
    assertThat(walk.screen()).contains("--install", "--values /runs/helm/values-3.yaml");
    walk.confirms();
    UpgradeRequest again = (UpgradeRequest) walk.asked.orElseThrow();
    assertThat(again.installs()).isTrue();
    assertThat(again.place().release()).isEqualTo("prod");
    walk.answers(Outcome.done("helm ended")).sees(CoderV1Scene.upgraded());

    walk.ends();
  }

  /** Without them there would be nothing to install again from. */
  @Test
  void nothingIsUninstalledWhoseValuesAreInNoFile() {
    CoderV1Story walk = CoderV1Story.uninstalls();
    walk.sees(
        CoderV1Scene.installed().helm(Altered.of(CoderV1Scene.helm(), "values", Optional.empty())));
    walk.presses(Key.Name.ENTER);

    assertThat(walk.state.dialog()).isEmpty();
    assertThat(walk.screen()).contains("its values are in no file yet");
  }

  @Test
  void nothingIsInstalledBeforeAllIsGone() {
    CoderV1Story walk = CoderV1Story.uninstalls().confirms().answers(Outcome.done("helm ended"));
    walk.sees(CoderV1Scene.installed().releases(Observed.known(List.of(), Scenery.NOW)));
    walk.presses(Key.Name.ENTER).passes(2);

    assertThat(walk.state.cursor()).as(walk.screen()).isEqualTo("4.4");
  }
}
