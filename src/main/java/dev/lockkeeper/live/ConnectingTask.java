package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** One thing on the way to cluster and database, which may fail as the wizard does. */
final class ConnectingTask<T> extends FutureTask<T> {
  ConnectingTask(Callable<T> doing) {
    super(doing);
  }

  /**
   * What came of it; waits for it.
   *
   * @throws Failure if it failed, or this thread is to end
   */
  T outcome() throws Failure {
    try {
      return get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error scarce) {
        throw scarce;
      }
      throw new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new Failure(ExitCode.UNKNOWN, "given up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.UNKNOWN, "interrupted");
    }
  }

  /** Hands over what came of it, unless it never came to be; waits for it. */
  void ifThere(Consumer<T> use) {
    try {
      use.accept(outcome());
    } catch (Failure | RuntimeException nothing) {
      // It never came to be.
    }
  }
}
