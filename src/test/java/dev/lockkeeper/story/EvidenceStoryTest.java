package dev.lockkeeper.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import org.junit.jupiter.api.Test;

/** The evidence is kept by one confirmation, and binds nobody to anything. */
class EvidenceStoryTest {
  private static final Outcome KEPT =
      Outcome.done("9 files, 41 KiB, in /runs/one/evidence; nothing is missing");

  private static Story decided() {
    return Recoveries.shipped()
        .decides(UpgradeWorld::blocked)
        .presses(Key.Name.DOWN)
        .presses(Key.Name.DOWN)
        .enters()
        .walksTo("2.1");
  }

  private static String screen(Story story) {
    return Screens.render(story.state(), 120, 60).text();
  }

  private static StepStatus status(Story story) {
    return story.state().progress().status("2.1");
  }

  @Test
  void oneConfirmationKeepsItAndNothingIsTyped() {
    Story story = decided();
    assertThat(screen(story)).contains("by hand instead: Y writes the commands to a file");
    story.enters().enters();
    assertThat(story.state().pending().orElseThrow().request().kind())
        .isEqualTo(RequestKind.EVIDENCE);
    story.happens(new Event.Advanced("2.1", "reading pod coder-1, 12 KiB so far"));
    assertThat(screen(story)).contains("reading pod coder-1, 12 KiB so far");
    story.clusterAnswers(KEPT).passes(1);
    assertThat(status(story)).isEqualTo(StepStatus.DONE);
    assertThat(story.state().snapshot().run().recalled(RunFacts.EVIDENCE).orElseThrow())
        .contains("/runs/one/evidence");
  }

  @Test
  void whatWasNotKeptLeavesTheStepOpen() {
    Story story = decided().enters().enters();
    story.clusterAnswers(Outcome.refused("nothing is kept: the disk is full"));
    assertThat(status(story)).isEqualTo(StepStatus.OPEN);
    assertThat(screen(story)).contains("the disk is full");
  }

  @Test
  void theDecisionCanStillBeTakenBack() {
    Story story = decided().enters().enters().clusterAnswers(KEPT).leafsBackTo("1.2");
    story.presses('r');
    assertThat(story.state().snapshot().run().chosen("way")).isEmpty();
  }

  @Test
  void theWayByHandIsTakenAwayWithTheCommand() {
    Story story = decided().presses('Y');
    assertThat(story.taken().get(0)).contains("# by hand instead:", "get events", "logs");
  }
}
