package dev.lockkeeper.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.OneAnswer;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Pending;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Toast;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop with a real journal and a cluster that is not well. */
@Timeout(20)
class EventLoopTest {
  /** The moment at which the story stands still; every event happens in it. */
  private static final Story STORY = Chapters.asksToScaleDown().passes(1).presses(Key.Name.RIGHT);

  private static final Instant MOMENT = STORY.state().now();

  @TempDir private Path folder;
  private JournalFile journal;
  private final AtomicReference<State> shown = new AtomicReference<>();
  private final AtomicInteger frames = new AtomicInteger();

  @BeforeEach
  void openJournal() throws IOException {
    journal = JournalFile.open(folder.resolve("journal.jsonl"));
  }

  @AfterEach
  void closeJournal() throws IOException {
    journal.close();
  }

  private EventLoop loop(Supplier<Outcome> answer) {
    return loop(new OneAnswer(answer));
  }

  private EventLoop loop(OneAnswer doors) {
    Clock clock = Clock.fixed(MOMENT, ZoneOffset.UTC);
    return new EventLoop(
        STORY.state(),
        journal,
        Optional.of(doors.operations()),
        LineDisplay.alone(object -> {}),
        head -> {},
        clock);
  }

  /** Runs it until it takes keys: those from before its first frame are dropped. */
  private CompletableFuture<State> run(EventLoop loop) {
    CompletableFuture<State> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run(this::paint, () -> {});
                end.complete(loop.state());
              } catch (InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    await().pollInterval(Duration.ofMillis(5)).until(() -> frames.get() > 0);
    return end;
  }

  private void paint(State state) {
    shown.set(state);
    frames.incrementAndGet();
  }

  private static void press(EventLoop loop, Key.Name name) {
    loop.take(new Event.Pressed(Key.of(name), MOMENT));
  }

  private List<Entry.Kind> written() throws IOException {
    return JournalFile.read(journal.path()).stream().map(Entry::kind).toList();
  }

  @Test
  void anActIsWrittenAskedAndItsOutcomeWritten() throws IOException {
    try (EventLoop loop = loop(() -> Outcome.done("replicas 3 -> 0"))) {
      run(loop);
      press(loop, Key.Name.ENTER);
      await().untilAsserted(() -> assertThat(written()).hasSize(2));
      assertThat(written()).containsExactly(Entry.Kind.INTENDED, Entry.Kind.DONE);
    }
  }

  @Test
  void whoLostTheSeatAMomentAgoSendsNothing() throws IOException {
    CountDownLatch asked = new CountDownLatch(1);
    Supplier<Outcome> answer =
        () -> {
          asked.countDown();
          return Outcome.done("replicas 3 -> 0");
        };
    try (EventLoop loop =
        loop(new OneAnswer(answer, Optional.of("bob@laptop holds the operator's lease now")))) {
      run(loop);
      press(loop, Key.Name.ENTER);
      await().untilAsserted(() -> assertThat(written()).hasSize(2));
      assertThat(written()).containsExactly(Entry.Kind.INTENDED, Entry.Kind.REFUSED);
      assertThat(asked.getCount()).isEqualTo(1);
      await().until(() -> shown.get().pending().isEmpty());
      assertThat(shown.get().notice().orElseThrow().text())
          .contains("nothing was sent: bob@laptop holds the operator's lease now");
    }
  }

  @Test
  void aPortThatThrowsLeavesTheOutcomeUnknown() throws IOException {
    Supplier<Outcome> broken =
        () -> {
          throw new IllegalStateException("a bug");
        };
    try (EventLoop loop = loop(broken)) {
      run(loop);
      press(loop, Key.Name.ENTER);
      await().untilAsserted(() -> assertThat(written()).hasSize(2));
      assertThat(written()).containsExactly(Entry.Kind.INTENDED, Entry.Kind.UNKNOWN);
      await().until(() -> shown.get().pending().isEmpty());
    }
  }

  @Test
  void aJournalThatIsGoneLetsNothingBeAsked() throws IOException {
    CountDownLatch asked = new CountDownLatch(1);
    try (EventLoop loop =
        loop(
            () -> {
              asked.countDown();
              return Outcome.done("");
            })) {
      journal.close();
      run(loop);
      press(loop, Key.Name.ENTER);
      await()
          .untilAsserted(
              () ->
                  assertThat(shown.get().notice().map(Toast::text).orElse(""))
                      .contains("nothing is done"));
      assertThat(asked.getCount()).isEqualTo(1);
    }
  }

  @Test
  void aKeyIsAnsweredWhileTheClusterIsSilent() {
    CountDownLatch answers = new CountDownLatch(1);
    Supplier<Outcome> silent =
        () -> {
          waitFor(answers);
          return Outcome.done("");
        };
    try (EventLoop loop = loop(silent)) {
      run(loop);
      press(loop, Key.Name.ENTER);
      await().until(() -> shown.get().pending().filter(Pending::sent).isPresent());
      loop.take(new Event.Pressed(Key.of('l'), MOMENT));
      await().until(() -> shown.get().panel().isPresent());
      assertThat(shown.get().pending()).as("there is still no answer").isPresent();
      answers.countDown();
      await().until(() -> shown.get().pending().isEmpty());
    }
  }

  @Test
  void whoLeavesWhileTheClusterIsAskedWaitsForItsAnswer() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    try (EventLoop loop =
        loop(
            () -> {
              waitFor(answers);
              return Outcome.done("replicas 3 -> 0");
            })) {
      CompletableFuture<State> end = run(loop);
      press(loop, Key.Name.ENTER);
      await().until(() -> shown.get().pending().isPresent());
      await().untilAsserted(() -> assertThat(written()).contains(Entry.Kind.INTENDED));
      loop.take(new Event.Pressed(Key.of('q'), MOMENT));
      press(loop, Key.Name.RIGHT);
      press(loop, Key.Name.ENTER);
      await().untilAsserted(() -> assertThat(written()).contains(Entry.Kind.LEFT));
      assertThat(end).isNotDone();
      answers.countDown();
      end.get();
      assertThat(written()).containsExactly(Entry.Kind.INTENDED, Entry.Kind.LEFT, Entry.Kind.DONE);
    }
  }

  @Test
  void whenTheTerminalGoesTheLoopEnds() throws Exception {
    try (EventLoop loop = loop(() -> Outcome.done(""))) {
      CompletableFuture<State> end = run(loop);
      loop.stop();
      assertThat(end.get().dialog()).isPresent();
    }
  }

  @Test
  void aPlanIsTakenBackWhileADryRunTakesItsTime() throws Exception {
    CountDownLatch takenBack = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Supplier<Outcome> shows =
        () -> {
          takenBack.countDown();
          return Outcome.done("");
        };
    try (EventLoop loop = loop(new OneAnswer(shows, Optional.empty(), () -> judged(never)))) {
      loop.rehearse(asked());
      loop.askLook(Optional.empty());
      assertThat(takenBack.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aDryRunThatNobodyWaitsForEndsAndSaysNothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Supplier<Rehearsal> slow =
        () -> {
          begun.countDown();
          Rehearsal judged = judged(never);
          ended.countDown();
          return judged;
        };
    try (EventLoop loop = loop(new OneAnswer(() -> Outcome.done(""), Optional.empty(), slow))) {
      loop.rehearse(asked());
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      loop.withdraw();
      assertThat(ended.await(10, TimeUnit.SECONDS)).as("it is interrupted").isTrue();
      run(loop);
      int seen = frames.get();
      loop.take(new Event.Pressed(Key.of('h'), MOMENT));
      await().until(() -> frames.get() > seen);
      assertThat(question(shown.get()).rehearsal().orElseThrow().verdict())
          .as("as it was before")
          .isEqualTo(Rehearsal.Verdict.ACCEPTED);
    }
  }

  @Test
  void aDryRunMakesRoomForTheNextOne() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(2);
    Supplier<Rehearsal> slow =
        () -> {
          second.countDown();
          begun.incrementAndGet();
          return judged(never);
        };
    try (EventLoop loop = loop(new OneAnswer(() -> Outcome.done(""), Optional.empty(), slow))) {
      loop.rehearse(asked());
      await().until(() -> begun.get() == 1);
      loop.rehearse(asked());
      assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Dialog.Confirm question(State state) {
    return (Dialog.Confirm) state.dialog().orElseThrow();
  }

  private static Request asked() {
    return question(STORY.state()).plan().request();
  }

  /** What is said once the latch is open, or somebody interrupts. */
  private static Rehearsal judged(CountDownLatch latch) {
    waitFor(latch);
    return new Rehearsal(Rehearsal.Verdict.NOT_ASKED, List.of("interrupted"));
  }

  @Test
  void whatIsObservedIsShown() {
    try (EventLoop loop = loop(() -> Outcome.done(""))) {
      run(loop);
      loop.take(Event.Seen.cluster(Observed.known(UpgradeWorld.drained(MOMENT).cluster(), MOMENT)));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  shown.get() != null
                      && shown.get().snapshot().freshCluster().get().pods().isEmpty());
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
