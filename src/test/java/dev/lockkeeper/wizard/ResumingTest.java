package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A run that was cut off anywhere goes on where it was. */
class ResumingTest {
  @TestFactory
  Stream<DynamicTest> theCursorIsWhereTheWorkIs() {
    Map<String, Supplier<Story>> places =
        Map.of(
            "1.1", Story::begins,
            "1.2", () -> Story.begins().walksTo("1.2").enters().answers("22:00"),
            "2.1", () -> Chapters.prepared().enters().answers("snap-1"),
            "3.1", () -> Chapters.backedUp().enters(),
            "3.2", Chapters::scalesDown,
            "3.3", Chapters::drains,
            "4.1", Chapters::drained,
            "4.3", Chapters::asksToMigrate,
            "5.1", Chapters::migrates,
            "6.1", Chapters::scalesBack);
    return places.entrySet().stream()
        .map(
            place ->
                DynamicTest.dynamicTest(
                    place.getKey(),
                    () ->
                        assertThat(place.getValue().get().resumes().state().cursor())
                            .isEqualTo(place.getKey())));
  }

  /** What a journal tells is what was known when it was written, to the last entry. */
  @Test
  void everyBeginningOfAJournalIsARunThatCanGoOn() {
    List<Entry> whole = Chapters.done().journal();
    Progress walked = Progress.none(Story.START);
    for (int i = 0; i < whole.size(); i++) {
      walked = walked.with(whole.get(i));
      Progress read = Progress.of(whole.subList(0, i + 1), Story.START);
      assertThat(read).isEqualTo(walked);
    }
  }

  @Test
  void anIntentionWithoutAnOutcomeIsShownAndNotRepeated() {
    Story story = Chapters.scalesDown().resumes();
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.UNKNOWN);
    assertThat(story.state().progress().open()).isPresent();
    assertThat(story.state().progress().debts()).hasSize(1);
    assertThat(story.state().pending()).isEmpty();
    assertThat(story.passes(60).performed()).isEmpty();
  }

  @Test
  void whatBecameOfItIsTakenFromWhatIsSeen() {
    Story story = Chapters.scalesDown().sees(UpgradeWorld::draining).resumes().passes(1);
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.DONE);
    assertThat(story.state().progress().open()).isEmpty();
  }

  @Test
  void whatDidNotHappenIsAskedForOnlyAfterAnotherConfirmation() {
    Story story = Chapters.scalesDown().resumes().enters();
    assertThat(story.performed()).isEmpty();
    story.presses(Key.Name.RIGHT).enters();
    assertThat(story.performed()).hasSize(1);
    story.clusterAnswers(Outcome.refused("replicas is 0")).sees(UpgradeWorld::draining);
    assertThat(story.state().progress().debts())
        .as("the first one may have been done after all")
        .hasSize(1);
  }

  @Test
  void theQuietIsCountedAnew() {
    Story story = Chapters.drains().sees(UpgradeWorld::drained).passes(4).resumes().passes(4);
    assertThat(story.state().progress().status("3.3")).isEqualTo(StepStatus.OPEN);
  }

  @Test
  void aFinishedRunHasNothingLeftToDo() {
    Story story = Chapters.done().resumes();
    int entries = story.journal().size();
    story.enters().enters().presses('n').enters().presses('x').passes(30);
    assertThat(story.state().finished()).isTrue();
    assertThat(story.performed()).isEmpty();
    assertThat(story.journal()).hasSize(entries);
  }
}
