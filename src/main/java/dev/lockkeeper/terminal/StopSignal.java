package dev.lockkeeper.terminal;

import dev.lockkeeper.trust.Trusted;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * Stops this process as Ctrl-Z stops any other program. Whether a shell has it as a job, and lets
 * it go on again, only the system knows: it stops nothing that nobody could let go on.
 */
final class StopSignal {
  /** So soon after it went on, a process that was stopped is told so. */
  private static final long TOLD_MILLIS = 200;

  private static final Path SHELL = Path.of("/bin/sh");

  private volatile CountDownLatch continued = new CountDownLatch(0);

  /** To be called when the process goes on. */
  void continued() {
    continued.countDown();
  }

  /**
   * Comes back when the process goes on.
   *
   * @return whether it was stopped at all
   */
  boolean stop(Terminal terminal) throws InterruptedException {
    continued = new CountDownLatch(1);
    SignalHandler usual = terminal.handle(Signal.TSTP, SignalHandler.SIG_DFL);
    try {
      return sent() && continued.await(TOLD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException none) {
      return false;
    } finally {
      terminal.handle(Signal.TSTP, usual);
    }
  }

  /** The JVM sends itself no signal that it leaves to the system; the shell has a word for it. */
  private static boolean sent() throws IOException, InterruptedException {
    Trusted.program(SHELL);
    String self = String.valueOf(ProcessHandle.current().pid());
    return new ProcessBuilder(SHELL.toString(), "-c", "kill -TSTP \"$1\"", "sh", self)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
