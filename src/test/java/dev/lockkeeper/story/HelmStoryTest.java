package dev.lockkeeper.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.RollbackRequest;
import dev.lockkeeper.action.UpgradeRequest;
import dev.lockkeeper.action.ValuesRequest;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.ValuesFile;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Key;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A release that hangs is settled, and values are kept before Helm upgrades. */
class HelmStoryTest {
  private static String screen(Story story) {
    return Screens.render(story.state(), 120, 40).text();
  }

  private static Story chooses(Story story, int option) {
    Story choosing = story.enters();
    for (int i = 0; i < option; i++) {
      choosing.presses(Key.Name.DOWN);
    }
    return choosing.enters();
  }

  @Test
  void whatHangsIsForgottenAndNothingThatRunsIsTouched() {
    Story story =
        chooses(HelmChapters.settles(), 1).walksTo("2.2").enters().answers("prod-eu/coder");
    ForgetRequest request = (ForgetRequest) story.asked().orElseThrow();
    assertThat(request.revision()).isEqualTo(4);

    story.clusterAnswers(Outcome.done("Secret sh.helm.release.v1.prod.v4 is gone"));
    assertThat(story.state().cursor()).as("seen before it is believed").isEqualTo("2.2");
    story.sees(HelmChapters.settled(3)).passes(1).walksToTheEnd();
    assertThat(story.performed()).containsExactly(request);
  }

  @Test
  void somebodyWhoWroteItMeanwhileIsNotOverruled() {
    Story story = chooses(HelmChapters.settles(), 1).walksTo("2.2").enters();
    story.sees(HelmChapters.settled(4)).presses(Key.Name.RIGHT).enters().passes(1);

    assertThat(story.performed()).isEmpty();
  }

  @Test
  void whatHangsIsRolledBackWhereNothingWasMigrated() {
    Story story =
        chooses(HelmChapters.settles(), 2).walksTo("2.3").enters().answers("prod-eu/coder");
    RollbackRequest request = (RollbackRequest) story.asked().orElseThrow();
    assertThat(request.to()).isEqualTo(3);

    story.clusterAnswers(Outcome.done("helm succeeded (run 1)"));
    story.hasHelm(now -> HelmChapters.helm(now, Optional.of(HelmChapters.ended(now))));
    story.sees(HelmChapters.settled(5)).passes(1).walksToTheEnd();
  }

  @Test
  void nothingIsRolledBackBehindAMigration() {
    Story story =
        chooses(HelmChapters.settles(HelmChapters.hangs(now -> UpgradeWorld.upgraded(now, 3))), 2);

    assertThat(story.state().snapshot().run().chosen("cure")).isEmpty();
    assertThat(screen(story)).contains("v2.26.6").contains("401");
  }

  @Test
  void theBundledHelmDoesNotRollBack() {
    Story story = HelmChapters.settles();
    story.hasHelm(
        now -> Altered.of(HelmChapters.helm(now, Optional.empty()), "program", Helm.BUNDLED));
    chooses(story, 2);

    assertThat(story.state().snapshot().run().chosen("cure")).isEmpty();
    assertThat(screen(story)).contains("put a helm into PATH");
  }

  @Test
  void valuesAreKeptBeforeHelmUpgrades() {
    Story story = HelmChapters.keepsValues().enters();
    ValuesRequest request = (ValuesRequest) story.asked().orElseThrow();
    assertThat(request.file()).isEqualTo("/runs/helm/values-3.yaml");

    story.clusterAnswers(Outcome.done("/runs/helm/values-3.yaml, for nobody else to read"));
    assertThat(story.state().cursor()).isEqualTo("4.1h");
    story.hasHelm(now -> HelmChapters.helm(now, Optional.empty())).passes(1).enters();

    assertThat(story.state().cursor()).as(screen(story)).isEqualTo("4.2h");
    assertThat(screen(story)).contains("helm get values prod --revision 3");
  }

  @Test
  void whatIsWrittenIntoTheCopyIsWhatHelmGets() {
    Story story = kept(Altered.of(Scenery.kept(3), "edited", true));
    story.enters().answers("prod-eu/coder");

    UpgradeRequest request = (UpgradeRequest) story.asked().orElseThrow();
    assertThat(request.file()).map(UpgradeRequest.Given::path).contains("/runs/helm/values-3.yaml");
  }

  @Test
  void aCopyThatIsBrokenStopsItWithLineAndColumn() {
    ValuesFile broken =
        Altered.of(
            Altered.of(Scenery.kept(3), "edited", true),
            "trouble",
            "line 7, column 3: this key stands there twice");
    Story story = kept(broken).enters();

    assertThat(story.state().dialog()).isEmpty();
    assertThat(story.state().cursor()).isEqualTo("4.2h");
    assertThat(screen(story)).contains("values-3.yaml: line 7, column 3: this key");
  }

  /** Whoever edits it while the question is open is asked again. */
  @Test
  void anEditUnderTheOpenQuestionIsNotPassedOver() {
    Story story = kept(Altered.of(Scenery.kept(3), "edited", true)).enters();
    story.hasHelm(
        now ->
            with(
                now,
                Altered.of(Altered.of(Scenery.kept(3), "edited", true), "sha256", "0".repeat(64))));
    story.answers("prod-eu/coder");

    assertThat(story.performed()).noneMatch(UpgradeRequest.class::isInstance);
  }

  /** Before the confirmation of helm upgrade, with this file. */
  private static Story kept(ValuesFile file) {
    Story story = HelmChapters.keepsValues().enters();
    story.clusterAnswers(Outcome.done("kept"));
    story.hasHelm(now -> HelmChapters.helm(now, Optional.empty())).passes(1).enters();
    return story.hasHelm(now -> with(now, file));
  }

  private static Helm with(Instant now, ValuesFile file) {
    return Altered.of(HelmChapters.helm(now, Optional.empty()), "values", Optional.of(file));
  }

  /** What had to hold before an act says nothing while that act is under way. */
  @Test
  void ourOwnHelmIsNoObstacleToItself() {
    Story story = HelmChapters.asksForHelm().answers("prod-eu/coder");
    HelmRun running =
        new HelmRun(
            "1",
            "digest",
            HelmRun.State.RUNNING,
            Optional.empty(),
            4711,
            story.state().now(),
            Optional.empty(),
            List.of());
    story.hasHelm(now -> HelmChapters.helm(now, Optional.of(running)));
    assertThat(story.asked()).isPresent();
    assertThat(Screens.render(story.state(), 120, 40).text())
        .contains("sent, no answer yet")
        .doesNotContain("no Helm operation is in progress");
  }
}
