package dev.lockkeeper.practice.apiserver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The changes of the store from some version on, for one reader. */
public final class Feed implements AutoCloseable {
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final Consumer<Feed> whenClosed;

  Feed(Consumer<Feed> whenClosed) {
    this.whenClosed = whenClosed;
  }

  void add(Change change) {
    changes.add(change);
  }

  /** Waits for the next change; empty when none came in time. */
  public Optional<Change> next(Duration atMost) throws InterruptedException {
    return Optional.ofNullable(changes.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Waits for the next change, however long it takes. */
  public Change next() throws InterruptedException {
    return changes.take();
  }

  @Override
  public void close() {
    whenClosed.accept(this);
  }
}
