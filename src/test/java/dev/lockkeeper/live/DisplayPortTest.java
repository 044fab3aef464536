package dev.lockkeeper.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.OneAnswer;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same loop, journal and rules before a display that knows neither keys nor frames. */
@Timeout(20)
class DisplayPortTest {
  @TempDir private Path folder;
  private final LineDisplay display = new LineDisplay();
  private final AtomicInteger asked = new AtomicInteger();
  private JournalFile journal;

  @BeforeEach
  void openJournal() throws IOException {
    journal = JournalFile.open(folder.resolve("journal.jsonl"));
  }

  @AfterEach
  void closeJournal() throws IOException {
    journal.close();
  }

  private Outcome done() {
    asked.incrementAndGet();
    return Outcome.done("it was done");
  }

  /** The loop stands still in one moment, so that no fact grows old on a busy machine. */
  private EventLoop runs(Story story) {
    EventLoop loop =
        new EventLoop(
            story.state(),
            journal,
            Optional.of(new OneAnswer(this::done).operations()),
            LineDisplay.alone(object -> {}),
            head -> {},
            Clock.fixed(story.state().now(), ZoneOffset.UTC));
    display.listen(loop::take, loop::again, loop::stop);
    Thread thread = new Thread(() -> run(loop), "lines");
    thread.setDaemon(true);
    thread.start();
    await().until(display::isListening);
    return loop;
  }

  private void run(EventLoop loop) {
    try {
      loop.run(display::show, () -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Entry.Kind> written() throws IOException {
    return JournalFile.read(journal.path()).stream().map(Entry::kind).toList();
  }

  @Test
  void anActIsPutAsLinesConfirmedByALineAndItsOutcomeTold() throws IOException {
    Story story = Chapters.choseZero().passes(1);
    Instant now = story.state().now();
    try (EventLoop loop = runs(story)) {
      display.types("", now);
      await().until(display::asksToConfirm);
      assertThat(display.lines)
          .contains("▲ DISRUPTIVE · 3.2 Scale down")
          .anySatisfy(line -> assertThat(line).startsWith("Scale deployment/coder from 3 to 0."))
          .last()
          .isEqualTo("yes: Scale to 0, no: Cancel?");
      assertThat(asked).as("nothing is asked of anybody before that").hasValue(0);
      display.types("yes", now);
      await().untilAsserted(() -> assertThat(display.lines).last().isEqualTo("done: it was done"));
      assertThat(written()).containsExactly(Entry.Kind.INTENDED, Entry.Kind.DONE);
      assertThat(asked).hasValue(1);
      loop.stop();
    }
  }

  @Test
  void aLineFromBeforeTheQuestionWasPutIsNoAnswerAndThePhraseIsTypedWhole() throws IOException {
    Story story = Chapters.renamed().passes(1);
    Instant now = story.state().now();
    try (EventLoop loop = runs(story)) {
      display.types("", now);
      await().until(display::asksToConfirm);
      assertThat(display.lines).last().isEqualTo("to go on, type: prod-eu/coder");
      display.types("prod-eu/coder", now.minusMillis(1));
      display.types("yes", now);
      display.types("prod-eu", now);
      display.types("prod-eu/coder", now);
      await().untilAsserted(() -> assertThat(written()).hasSize(2));
      assertThat(asked).hasValue(1);
      loop.stop();
    }
  }

  @Test
  void whatIsNotWantedIsCancelledByALine() {
    Story story = Chapters.choseZero().passes(1);
    Instant now = story.state().now();
    try (EventLoop loop = runs(story)) {
      display.types("", now);
      await().until(display::asksToConfirm);
      display.types("no", now);
      await().until(() -> display.shown().dialog().isEmpty());
      assertThat(display.lines).last().isEqualTo("cancelled; nothing was done");
      assertThat(asked).hasValue(0);
      loop.stop();
    }
  }
}
