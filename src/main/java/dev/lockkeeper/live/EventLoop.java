package dev.lockkeeper.live;

import dev.lockkeeper.action.Operations;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.snapshot.Fact;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.SecondLook;
import dev.lockkeeper.wizard.Effect;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Next;
import dev.lockkeeper.wizard.Pending;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Update;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The one loop: one queue, one thread, one state. Sources, keys and finished effects put events
 * into the queue from their own threads; nothing here waits for a network or a disk.
 */
public final class EventLoop implements Effect.Runner, AutoCloseable {
  /** How long an act that was sent is waited for when the operator leaves: most answer at once. */
  private static final Duration LAST_ANSWER = Duration.ofSeconds(5);

  /** How long a plan may take to be taken back, and a dry run to end that was given up. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(1);

  /** Said should anything be asked where there is nobody to ask; the wizard does not get so far. */
  private static final String READ_ONLY = "nothing was sent: this session is read-only";

  private final ExecutorService acting = thread("acts");
  private final ExecutorService rehearsing = thread("rehearsals");

  /** Apart from the rehearsals: a helm takes its time, and a plan must be taken back at once. */
  private final ExecutorService showing = thread("second looks");

  private final ExecutorService keeping = thread("taking away");

  private final SecureRandom random = new SecureRandom();
  private final JournalWriter writing;
  private final Optional<Operations> operations;
  private final Beside beside;
  private final Loop<State> loop;

  /** Gives up what is being rehearsed; of the loop's own thread. */
  private Runnable withdrawal = () -> {};

  private boolean left;

  /**
   * @param operations the doors to act through; empty where nothing may be changed
   * @param beside what else is reached
   * @param anchor takes the journal's newest head, on the journal's thread
   */
  EventLoop(
      State state,
      JournalFile journal,
      Optional<Operations> operations,
      Beside beside,
      Consumer<Head> anchor,
      Clock clock) {
    this.writing = new JournalWriter(journal, anchor, this::take);
    this.operations = operations;
    this.beside = beside;
    this.loop = new Loop<>(state, this::follow, State::showsTheSameAs, clock);
  }

  /** Takes an event from any thread. */
  public void take(Event event) {
    loop.take(event);
  }

  /** Takes what a source has seen, from any thread. */
  void observed(Fact fact) {
    loop.observed(fact);
  }

  /**
   * Runs until the operator has left, or {@link #stop} was called.
   *
   * @param paint shows a state; called on this thread after every change that shows, and else once
   *     a second
   * @param turn called on this thread after whatever has happened
   * @return whether the operator has left
   */
  boolean run(Consumer<State> paint, Runnable turn) throws InterruptedException {
    seek(state().sought());
    loop.run(paint, turn);
    // An act that was sent is not left behind without its outcome, if that comes soon.
    loop.goOn(state -> state.pending().filter(Pending::expected).isPresent(), LAST_ANSWER);
    return left;
  }

  /** What acts have come to that is not certainly on disk; to be asked for when it is closed. */
  List<Entry> unwritten() {
    return writing.unwritten();
  }

  /** The state that was reached; to be asked for on the loop's own thread, or when it is over. */
  State state() {
    return loop.state();
  }

  private State follow(State state, Event event) {
    Next next = Update.apply(state, event);
    next.effects().forEach(effect -> effect.run(this));
    return next.state();
  }

  @Override
  public void append(Entry entry) {
    writing.append(entry);
  }

  @Override
  public void perform(String step, Request request) {
    Optional<Operations> doors =
        operations.map(
            all ->
                all.with(
                    beside
                        .keeping()
                        .apply(state().snapshot(), word -> take(new Event.Advanced(step, word)))));
    acting.execute(() -> take(new Event.Performed(step, request, outcome(request, doors))));
  }

  @Override
  public void rehearse(Request request) {
    withdraw();
    // The same may be asked again at once: what was given up must not answer in its place.
    AtomicBoolean wanted = new AtomicBoolean(true);
    Future<?> asked = rehearsing.submit(() -> rehearse(request, wanted));
    withdrawal =
        () -> {
          wanted.set(false);
          asked.cancel(true);
        };
  }

  private void rehearse(Request request, AtomicBoolean wanted) {
    Rehearsal heard = rehearsal(request);
    if (wanted.get()) {
      take(new Event.Rehearsed(request, heard));
    }
  }

  @Override
  public void withdraw() {
    withdrawal.run();
  }

  @Override
  public void askLook(Optional<Plan> plan) {
    Optional<SecondLook> look = plan.map(this::look);
    showing.execute(
        () -> {
          Outcome outcome =
              operations
                  .map(doors -> doors.cluster().publishSecondLook(look))
                  .orElse(Outcome.refused(READ_ONLY));
          look.ifPresent(asked -> take(new Event.LookAsked(asked, outcome)));
        });
  }

  private SecondLook look(Plan plan) {
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    return new SecondLook(
        plan.digest(),
        plan.request().summary(),
        plan.request().command(),
        HexFormat.of().formatHex(nonce));
  }

  private Rehearsal rehearsal(Request request) {
    try {
      return operations
          .map(request::rehearse)
          .orElse(new Rehearsal(Rehearsal.Verdict.REFUSED, List.of(READ_ONLY)));
    } catch (RuntimeException | Error e) {
      return new Rehearsal(Rehearsal.Verdict.NOT_ASKED, List.of("a fault of this program: " + e));
    }
  }

  /** A port never throws; should it all the same, nobody knows what was done. */
  private static Outcome outcome(Request request, Optional<Operations> open) {
    try {
      return open.map(doors -> outcome(request, doors)).orElse(Outcome.refused(READ_ONLY));
    } catch (RuntimeException | Error e) {
      return Outcome.unknown("a fault of this program: " + e);
    }
  }

  /** What is seen of the Lease is seconds old: it is read once more, unless it is to be taken. */
  private static Outcome outcome(Request request, Operations doors) {
    Optional<String> against =
        request.kind().needsTheLease() ? doors.cluster().unseated() : Optional.empty();
    return against
        .map(why -> Outcome.refused("nothing was sent: " + why))
        .orElseGet(() -> request.perform(doors));
  }

  @Override
  public void seek(Optional<ObjectName> object) {
    beside.seeking().accept(object);
  }

  @Override
  public void inspect(Optional<Inspection> wanted) {
    beside.inspecting().accept(wanted);
  }

  @Override
  public void copy(String text) {
    take(beside.taking().copy(text));
  }

  @Override
  public void keep(String name, String text) {
    keeping.execute(() -> take(beside.taking().keep(name, text)));
  }

  @Override
  public void quit() {
    left = true;
    loop.end();
  }

  @Override
  public void close() {
    rehearsing.shutdownNow();
    showing.shutdown();
    acting.shutdown();
    keeping.shutdown();
    writing.close();
    try {
      showing.awaitTermination(LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
      rehearsing.awaitTermination(LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has the state shown once more, from any thread. */
  void again() {
    loop.again();
  }

  /** Ends the loop from any thread: the terminal has gone. */
  void stop() {
    loop.end();
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
