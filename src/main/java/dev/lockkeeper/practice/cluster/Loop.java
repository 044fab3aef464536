package dev.lockkeeper.practice.cluster;

import dev.lockkeeper.practice.apiserver.Failure;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread on which the cluster acts. It sleeps unless something has to be done. */
final class Loop implements AutoCloseable {
  private final ScheduledThreadPoolExecutor thread;

  Loop() {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread made = new Thread(work, "practice-cluster");
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Something that will be done, unless it is called off. */
  record Timer(Future<?> future) {
    void cancel() {
      future.cancel(false);
    }
  }

  /** Does it soon. Nothing happens once the loop is closed. */
  void run(Runnable work) {
    try {
      thread.execute(() -> quietly(work));
    } catch (RejectedExecutionException closed) {
      // The cluster is being shut down.
    }
  }

  /** Does it later, on the loop's thread. Only to be called on that thread. */
  Timer after(Duration delay, Runnable work) {
    return new Timer(thread.schedule(() -> quietly(work), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** A refused write means that somebody else was faster: the next change sets it right. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (Failure | RejectedExecutionException overtaken) {
      return;
    } catch (RuntimeException bug) {
      Thread self = Thread.currentThread();
      self.getUncaughtExceptionHandler().uncaughtException(self, bug);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
