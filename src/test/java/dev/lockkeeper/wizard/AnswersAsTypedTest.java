package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.view.Screens;
import org.junit.jupiter.api.Test;

/** An answer is checked as it is typed, and offered when the question is put again. */
class AnswersAsTypedTest {
  private static String screen(Story story) {
    return Screens.render(story.state(), 80, 24).text();
  }

  private static Dialog.Ask asked(Story story) {
    return (Dialog.Ask) story.state().dialog().orElseThrow();
  }

  private static Story window() {
    return Story.begins().leafsTo("1.2").enters();
  }

  @Test
  void aTimeSaysWithItsZoneWhatItWillBeTakenFor() {
    assertThat(screen(window().types("23:30"))).containsPattern("→ .*23:30 in .*, .* from now");
  }

  @Test
  void whatIsWrongIsSaidBesideTheFieldBeforeEnter() {
    Story story = window().types("25:00");
    assertThat(screen(story)).contains("needed: a time: HH:MM");
    story.presses(Key.ctrl('u')).answers("23:00");
    assertThat(screen(story.types("22:30"))).contains("that would be on the next day");
  }

  @Test
  void whatIsTakenBackIsOfferedAndTypingReplacesIt() {
    Story story = window().answers("22:00").answers("23:30");
    story.presses('b').presses('r');
    assertThat(asked(story).line().text()).endsWith(" 22:00");
    assertThat(screen(story)).contains("your last answer: enter takes it, typing replaces it");
    story.waits(1).enters();
    assertThat(asked(story).line().text()).endsWith(" 23:30");
    story.types("23:45");
    assertThat(asked(story).line().text()).isEqualTo("23:45");
  }

  /** Who presses Enter once too often has not looked at what is offered. */
  @Test
  void whatIsOfferedIsTakenOnlyWhenItWasOnTheScreen() {
    Story story = window().answers("22:00").answers("23:30");
    story.presses('b').screenStalls().presses('r');
    int written = story.journal().size();
    story.enters().enters();
    assertThat(story.journal()).hasSize(written);
    story.screenCatchesUp().enters();
    assertThat(story.journal()).as("at once, it was not read").hasSize(written);
    story.waits(1).enters();
    assertThat(story.journal()).hasSize(written + 1);
  }

  @Test
  void whatProvesSomethingIsNeverOffered() {
    Story story = Chapters.asksToMigrate();
    assertThat(story.state().confirm().orElseThrow().typed()).isEmpty();
  }
}
