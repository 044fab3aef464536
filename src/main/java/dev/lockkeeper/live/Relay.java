package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.snapshot.Observed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Keeps the last observation until somebody wants them all. */
final class Relay<T> implements Consumer<Observed<T>> {
  /** How long the first look may take. */
  static final Duration FIRST_LOOK = Duration.ofSeconds(20);

  /** A refusal is quick; what took longer may be a machine under load, and is waited for. */
  static final Duration QUICK = Duration.ofSeconds(2);

  private final String what;
  private final ExitCode trouble;
  private final CompletableFuture<Observed<T>> first = new CompletableFuture<>();
  private volatile long begun = System.nanoTime();
  private Observed<T> last;
  private Consumer<Observed<T>> next = seen -> {};

  Relay(String what, ExitCode trouble) {
    this.what = what;
    this.trouble = trouble;
  }

  /** From now on an answer can come. */
  void begin() {
    begun = System.nanoTime();
  }

  @Override
  public synchronized void accept(Observed<T> seen) {
    last = seen;
    boolean quick = System.nanoTime() - begun < QUICK.toNanos();
    if (seen.isKnown() || quick && !seen.isPending()) {
      first.complete(seen);
    }
    next.accept(seen);
  }

  synchronized void to(Consumer<Observed<T>> sink) {
    next = sink;
    if (last != null) {
      sink.accept(last);
    }
  }

  synchronized Optional<Observed<T>> last() {
    return Optional.ofNullable(last);
  }

  Observed<T> first() throws Failure {
    try {
      return first.get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      Optional<Observed<T>> tried = last().filter(seen -> !seen.isPending());
      if (tried.isPresent()) {
        return tried.get();
      }
      throw new Failure(
          trouble,
          "the %s could not be read for %d s: check the context and the network"
              .formatted(what, FIRST_LOOK.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(trouble, "interrupted");
    }
  }
}
