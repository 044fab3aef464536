package dev.lockkeeper.live;

import dev.lockkeeper.snapshot.Fact;
import dev.lockkeeper.wizard.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One queue, one thread, one state: events come in from any thread, and each makes the next state
 * of the present one.
 *
 * @param <S> the state
 */
final class Loop<S> {
  /** Ages and clocks are shown in seconds, so they need not be shown anew more often. */
  private static final Duration AGE = Duration.ofSeconds(1);

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BiFunction<S, Event, S> follow;
  private final BiPredicate<S, S> alike;
  private final Clock clock;
  private S state;
  private S shown;
  private Instant shownAt = Instant.MIN;
  private boolean onScreen;
  private volatile boolean again;
  private volatile boolean over;

  /**
   * @param follow makes the next state
   * @param alike whether two states show the same but for ages
   */
  Loop(S state, BiFunction<S, Event, S> follow, BiPredicate<S, S> alike, Clock clock) {
    this.state = state;
    this.shown = state;
    this.follow = follow;
    this.alike = alike;
    this.clock = clock;
  }

  /** The same, whose first state is on the screen already: what is typed is meant for it. */
  Loop<S> onScreen() {
    onScreen = true;
    return this;
  }

  /** The state that was reached; to be asked for on the thread that runs, or when it is over. */
  S state() {
    return state;
  }

  /** Takes an event from any thread. */
  void take(Event event) {
    events.add(event);
  }

  /**
   * Takes what a source has seen, from any thread. All that sources see comes in here and nowhere
   * else, and becomes known when its turn has come; a recorder would stand here.
   */
  void observed(Fact fact) {
    take(new Event.Seen(fact));
  }

  /** Has the state shown once more, from any thread: the room for it has changed. */
  void again() {
    again = true;
    take(new Event.Ticked(clock.instant()));
  }

  /** Ends {@link #run} from any thread, after what it is about. */
  void end() {
    over = true;
    take(new Event.Ticked(clock.instant()));
  }

  /**
   * Runs until it is ended.
   *
   * @param paint shows a state; called on this thread after every change that shows, and else once
   *     a second, for the ages
   * @param turn called on this thread after whatever has happened
   */
  void run(Consumer<S> paint, Runnable turn) throws InterruptedException {
    dropTypedBefore(clock.instant());
    for (Event seen = events.poll(); seen != null; seen = events.poll()) {
      apply(seen);
    }
    dropTypedBefore(show(paint));
    while (!over) {
      Event event = events.poll(untilAgesShow().toMillis(), TimeUnit.MILLISECONDS);
      apply(new Event.Ticked(clock.instant()));
      while (event != null && !over) {
        apply(event);
        event = events.poll();
      }
      turn.run();
      if (!over && isWorthAFrame()) {
        show(paint);
      }
    }
  }

  private boolean isWorthAFrame() {
    return again || untilAgesShow().isZero() || !alike.test(shown, state);
  }

  /** How long the ages on the screen are right; zero when they are to be shown anew. */
  private Duration untilAgesShow() {
    Duration old = Duration.between(shownAt, clock.instant());
    return old.compareTo(AGE) < 0 ? AGE.minus(old) : Duration.ZERO;
  }

  /** Goes on without painting as long as the state is so, at most for this long. */
  void goOn(Predicate<S> waiting, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (waiting.test(state) && System.nanoTime() < deadline) {
      Event event = events.poll(AGE.toMillis(), TimeUnit.MILLISECONDS);
      if (event != null) {
        apply(event);
      }
    }
  }

  /**
   * What was typed before the first frame was on the screen was not meant for it; what was typed a
   * moment later, before this thread came round to the keys, was.
   */
  private void dropTypedBefore(Instant shown) {
    if (!onScreen) {
      events.removeIf(event -> event.typedBefore(shown));
    }
  }

  /** Returns when the frame was out, which is noted before anything else is done. */
  private Instant show(Consumer<S> paint) {
    again = false;
    paint.accept(state);
    shownAt = clock.instant();
    apply(new Event.Painted(shownAt));
    shown = state;
    return shownAt;
  }

  private void apply(Event event) {
    state = follow.apply(state, event);
  }
}
