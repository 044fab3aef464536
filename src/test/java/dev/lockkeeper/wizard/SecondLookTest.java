package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.SecondLook;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import org.junit.jupiter.api.Test;

/** Where it is laid down, what cannot be taken back needs a second pair of eyes. */
class SecondLookTest {
  private static final String PHRASE = "prod-eu/coder";

  private static Story asked() {
    Policy two = new Policy(true, false, true);
    return Chapters.asksToMigrate(
        Story.begins(Setting.World.PRODUCTION, two, UpgradeWorld::running));
  }

  @Test
  void thePhraseAloneDoesNothing() {
    Story story = asked();
    int before = story.performed().size();
    story.answers(PHRASE);
    assertThat(story.performed()).hasSize(before);
    assertThat(story.state().dialog()).isPresent();
  }

  @Test
  void theCodeOfThisPlanDoesIt() {
    Story story = asked();
    int before = story.performed().size();
    story.answers(PHRASE + " " + story.look().orElseThrow().code());
    assertThat(story.performed()).hasSize(before + 1);
    assertThat(story.look()).as("the question is taken back").isEmpty();
  }

  /** The other one has to be found, and to read. */
  @Test
  void aSecondLookHasFiveMinutesAndNoMore() {
    Story story = asked();
    int before = story.performed().size();
    String code = story.look().orElseThrow().code();
    assertThat(story.passes(200).state().dialog()).as("well over a minute").isPresent();
    story.passes(20);
    assertThat(story.state().dialog()).isEmpty();
    assertThat(story.state().notice().orElseThrow().text()).contains("withdrawn after 300 s");
    assertThat(story.look()).as("the question is taken back").isEmpty();
    assertThat(story.answers(PHRASE + " " + code).performed()).hasSize(before);
  }

  @Test
  void theCodeOfAnotherQuestionIsRefused() {
    Story story = asked();
    SecondLook first = story.look().orElseThrow();
    int before = story.performed().size();
    story.presses(Key.Name.ESCAPE).enters().answers(PHRASE + " " + first.code());
    assertThat(story.performed()).hasSize(before);
    assertThat(story.look().orElseThrow().code()).isNotEqualTo(first.code());
  }

  @Test
  void whereNobodyCanBeAskedNothingIsDone() {
    Story story = asked();
    SecondLook look = story.look().orElseThrow();
    story.happens(new Event.LookAsked(look, Outcome.refused("the lease is not ours")));
    assertThat(story.state().dialog()).isEmpty();
    assertThat(story.state().notice().orElseThrow().text()).contains("the lease is not ours");
  }

  @Test
  void whatCanBeTakenBackNeedsNone() {
    Policy two = new Policy(true, false, true);
    Story story =
        Chapters.asksToScaleDown(
            Story.begins(Setting.World.PRODUCTION, two, UpgradeWorld::running));
    assertThat(story.look()).isEmpty();
  }
}
