package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import org.junit.jupiter.api.Test;

/** The commands of a step and of a question can be taken away, and that answers nothing. */
class TakingAwayKeysTest {
  @Test
  void theCommandOfTheStepGoesToTheClipboardAndToAFile() {
    Story story = Chapters.asksToScaleDown().presses(Key.Name.ESCAPE);
    int written = story.journal().size();
    story.presses('y').presses('Y');
    assertThat(story.taken().get(0)).startsWith("kubectl").contains("--replicas=0");
    assertThat(story.taken().get(1))
        .startsWith("commands-" + story.state().cursor() + ": # step ")
        .contains("--replicas=0", "# takes it back:", "--replicas=3");
    assertThat(story.journal()).hasSize(written);
    assertThat(story.state().dialog()).isEmpty();
  }

  @Test
  void aStepWithoutACommandSaysSo() {
    Story story = Story.begins().presses('y');
    assertThat(story.taken()).isEmpty();
    assertThat(story.state().notice().orElseThrow().text()).contains("no command to take away");
  }

  @Test
  void aQuestionIsNotAnsweredByCopyingItsCommand() {
    Story story = Chapters.asksToScaleDown().passes(1).presses(Key.Name.RIGHT);
    assertThat(story.state().confirm().orElseThrow().go()).isTrue();
    story.presses('y');
    assertThat(story.taken()).singleElement().asString().contains("--replicas=0");
    assertThat(story.state().confirm().orElseThrow().go()).as("the focus is back").isFalse();
    assertThat(story.performed()).isEmpty();
  }

  @Test
  void whereAPhraseIsTypedLettersAreTypedAndCtrlYCopies() {
    Story story = Chapters.asksToMigrate();
    int before = story.taken().size();
    story.types("yY").presses(Key.ctrl('y'));
    assertThat(story.state().confirm().orElseThrow().typed()).isEqualTo("yY");
    assertThat(story.taken()).hasSize(before + 1);
  }
}
