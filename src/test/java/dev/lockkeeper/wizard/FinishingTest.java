package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import org.junit.jupiter.api.Test;

/** The last line of a journal. */
class FinishingTest {
  @Test
  void whatCouldNotBeWrittenAtTheEndIsWrittenLaterAndOnce() {
    Story story = Chapters.scaledBack().walksTo("6.3").enters().journalStalls();
    Entry said = Entry.attested(story.state().now(), "6.3", "helm-values", "v2.29.3");
    story.happens(new Event.Written(said));
    story.happens(new Event.Written(Entry.completed(story.state().now(), "6.3", "answered")));
    assertThat(story.state().finished()).isTrue();
    story.journalFails("No space left on device");
    assertThat(story.journal()).extracting(Entry::kind).doesNotContain(Entry.Kind.FINISHED);
    assertThat(story.state().progress().ended()).isFalse();

    story.passes(5);
    assertThat(story.journal())
        .extracting(Entry::kind)
        .containsOnlyOnce(Entry.Kind.FINISHED)
        .endsWith(Entry.Kind.FINISHED);
    assertThat(story.state().progress().ended()).isTrue();
  }

  @Test
  void aRunIsNotOverWhileSomethingIsOwed() {
    Story story =
        Chapters.scaledBack()
            .walksTo("6.3")
            .enters()
            .presses(Key.Name.ESCAPE)
            .presses('x')
            .answers("later");
    assertThat(story.state().finished()).isTrue();
    assertThat(story.state().progress().owes()).isTrue();
    assertThat(story.journal()).extracting(Entry::kind).doesNotContain(Entry.Kind.FINISHED);

    story.enters().enters();
    assertThat(story.state().dialog()).as("a reason is needed").isPresent();
    story.answers("the pipeline does it at six");
    assertThat(story.state().progress().owes()).isFalse();
    assertThat(story.journal()).extracting(Entry::kind).endsWith(Entry.Kind.FINISHED);
  }

  @Test
  void aFinishedRunThatIsLookedAtAgainIsNotFinishedTwice() {
    assertThat(Chapters.done().resumes().passes(3).journal())
        .extracting(Entry::kind)
        .containsOnlyOnce(Entry.Kind.FINISHED);
  }
}
