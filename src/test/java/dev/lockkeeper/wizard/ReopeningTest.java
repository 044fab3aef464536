package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Recoveries;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import org.junit.jupiter.api.Test;

/** What was decided or done is taken up again when it has come to nothing, and not before. */
class ReopeningTest {
  private static Story started() {
    return Recoveries.shipped()
        .asksToStart()
        .answers("prod-eu/coder")
        .clusterAnswers(Outcome.done("replicas 0 → 1"))
        .sees(UpgradeWorld::migrating)
        .walksTo("7.1");
  }

  private static StepStatus status(Story story, String step) {
    return story.state().progress().status(step);
  }

  private static boolean footerSays(Story story, String label) {
    return Hints.of(story.state()).stream().anyMatch(hint -> hint.label().equals(label));
  }

  @Test
  void aDecisionStandsWhileWhatRestsOnItWorks() {
    Story story = started().leafsBackTo("5.4");
    assertThat(footerSays(story, "r")).isFalse();
    story.presses('r');
    assertThat(story.state().notice().orElseThrow().text())
        .contains("too late: 6.1 rests on it", "nothing says that it failed");
    assertThat(story.state().snapshot().run().chosen("image")).isPresent();
  }

  @Test
  void aDecisionIsTakenBackWhenWhatRestsOnItHasFailed() {
    Story story = started().sees(Troubles::failed).leafsBackTo("5.4");
    assertThat(footerSays(story, "r")).isTrue();
    int before = story.performed().size();
    story.presses('r');
    assertThat(story.state().snapshot().run().chosen("image")).isEmpty();
    assertThat(story.state().dialog()).containsInstanceOf(Dialog.Choose.class);
    assertThat(status(story, "6.1")).as("the pod is started anew").isEqualTo(StepStatus.OPEN);
    assertThat(status(story, "4.1")).as("what was before it stays").isEqualTo(StepStatus.DONE);
    assertThat(story.performed()).as("nothing is done by this").hasSize(before);
  }

  @Test
  void aDecisionIsNotTakenBackOverAMigrationThatIsThrough() {
    Story story = started().sees(now -> UpgradeWorld.upgraded(now, 1)).passes(1);
    story.leafsBackTo("5.4").presses('r');
    assertThat(story.state().snapshot().run().chosen("image")).isPresent();
  }

  @Test
  void whatIsBlockedAgainAfterAnEndIsDueAgainAndTheScreenSaysSo() {
    Story story = Recoveries.shipped().ended().walksTo("3.5");
    assertThat(Ahead.of(story.state()).sentence()).isEqualTo("enter: choose one of 4");
    story.sees(UpgradeWorld::blocked);
    assertThat(Ahead.of(story.state()).sentence())
        .startsWith("3.3 End what blocks is due again: b goes back, r takes it up");
    story.leafsBackTo("3.3");
    assertThat(footerSays(story, "r")).isTrue();
    story.presses('r');
    assertThat(status(story, "3.3")).isEqualTo(StepStatus.OPEN);
    assertThat(story.state().dialog()).containsInstanceOf(Dialog.Confirm.class);
  }

  /**
   * It was scaled on, and what was asked for first is not so any more: nobody undoes it unasked.
   */
  @Test
  void whatWasScaledFurtherIsNotSaidToBeDueAgain() {
    Story story = Chapters.migrates().walksTo("5.1");
    assertThat(Reopening.dueAgain(story.state())).isEmpty();
  }
}
