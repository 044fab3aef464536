package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.HelmChapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.view.Screens;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What was done and somebody undid is not told as done, and nothing that rests on it begins. */
class LapsedTest {
  private static Story begins() {
    return Story.begins("coder-upgrade", Setting.World.PRODUCTION, UpgradeWorld::running);
  }

  /** Somebody else has scaled this world to three. */
  private static Function<Instant, UpgradeWorld> threeWanted(
      Function<Instant, UpgradeWorld> world) {
    return now -> {
      UpgradeWorld seen = world.apply(now);
      Deployment three = Altered.of(seen.cluster().deployment().orElseThrow(), "replicas", 3);
      return new UpgradeWorld(
          Altered.of(seen.cluster(), "deployment", Optional.of(three)), seen.database());
    };
  }

  private static String screen(Story story) {
    return Screens.render(story.state(), 160, 70).text();
  }

  @TestFactory
  Stream<DynamicTest> whoScalesBackStopsWhateverStartsTheNewVersion() {
    return Stream.of(
        stops("4.2", Chapters.choseWizard(begins()), UpgradeWorld::running),
        stops("4.2h", HelmChapters.asksForHelm().presses(Key.Name.ESCAPE), UpgradeWorld::running),
        stops("4.3", Chapters.renamed(begins()), UpgradeWorld::renamed));
  }

  private static DynamicTest stops(
      String step, Story story, Function<Instant, UpgradeWorld> world) {
    return DynamicTest.dynamicTest(
        step,
        () -> {
          assertThat(story.state().cursor()).isEqualTo(step);
          assertThat(NextAction.of(story.state()).brief()).isEqualTo("show plan");
          int before = story.performed().size();
          story.sees(threeWanted(world)).passes(8).enters();
          assertThat(story.state().dialog()).isEmpty();
          assertThat(story.performed()).hasSize(before);
          assertThat(NextAction.of(story.state()).sentence())
              .isEqualTo("3.2 Scale down is no longer in effect: b goes back, r repeats it");
          assertThat(screen(story))
              .contains("! 3 Scale down", "… 3.2 Scale down is no longer in effect")
              .containsPattern("✖ fail +the deployment wants as many replicas as you chose");
        });
  }

  @Test
  void theStepsThatNoLongerHoldSaySoAndAreTakenUpAgain() {
    Story story = Chapters.choseWizard(begins()).sees(threeWanted(UpgradeWorld::running)).passes(8);
    assertThat(Lapsed.of(story.state())).extracting(Step::id).containsExactly("3.2", "3.3");
    story.leafsBackTo("3.3");
    assertThat(screen(story)).contains("! 3.2 Scale down", "done, but no longer in effect");
    story.leafsBackTo("3.2");
    assertThat(screen(story)).contains("done, but no longer in effect: r repeats it");
    assertThat(Hints.of(story.state())).extracting(Hint::label).contains("r");
    story.presses('r');
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.OPEN);
    assertThat(story.state().dialog()).containsInstanceOf(Dialog.Confirm.class);
  }

  /** Its checks no longer hold, and nobody undid it: the run itself has gone on. */
  @Test
  void whatTheRunItselfChangedSinceHasNotLapsed() {
    Story story = Chapters.migrates(begins()).passes(8);
    assertThat(Lapsed.of(story.state())).isEmpty();
    assertThat(screen(story)).contains("✔ 3 Scale down");
  }
}
