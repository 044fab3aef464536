package dev.lockkeeper.kubernetes.api;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.snapshot.Observed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A fact that nobody watches and that is asked for again and again, on the thread of its owner. */
public final class Polled<T> {
  private final Supplier<CompletableFuture<Observed<T>>> question;
  private final Duration pace;
  private final Duration unknown;
  private final BiConsumer<Runnable, Duration> thread;
  private final Runnable changed;

  private Observed<T> last = Observed.notYet(SteadyClock.now());

  /**
   * @param question asks; it never fails, but the answer may be that nothing is known
   * @param pace how long after an answer it is asked for again
   * @param unknown the same when there was none to have
   * @param thread does something on the owner's thread after a while
   * @param changed told of each answer
   */
  public Polled(
      Supplier<CompletableFuture<Observed<T>>> question,
      Duration pace,
      Duration unknown,
      BiConsumer<Runnable, Duration> thread,
      Runnable changed) {
    this.question = question;
    this.pace = pace;
    this.unknown = unknown;
    this.thread = thread;
    this.changed = changed;
  }

  /** Begins to ask; to be called once. */
  public void begin() {
    question.get().thenAccept(seen -> thread.accept(() -> heard(seen), Duration.ZERO));
  }

  private void heard(Observed<T> seen) {
    last = seen;
    changed.run();
    thread.accept(this::begin, seen.value().isPresent() ? pace : unknown);
  }

  /** What was heard last. */
  public Observed<T> last() {
    return last;
  }
}
