package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.terminal.FullScreen;
import dev.lockkeeper.terminal.TerminalUnavailable;
import dev.lockkeeper.terminal.TerminalWindow;
import dev.lockkeeper.view.Display;
import java.time.Clock;
import java.util.Map;

/** On what a sitting is seen: the one place that knows which displays there are. */
public final class Displays {
  private Displays() {}

  /**
   * Finds out whether there is anything to be seen on, before anything is begun in vain.
   *
   * @throws Failure if there is not; it says what to do
   */
  public static void require(Map<String, String> environment) throws Failure {
    try {
      TerminalWindow.require(environment);
    } catch (TerminalUnavailable e) {
      throw new Failure(ExitCode.TERMINAL, e.getMessage());
    }
  }

  /**
   * The display of this process.
   *
   * @throws Failure if there is none; it says what to do
   */
  public static Display open(Map<String, String> environment, Clock clock) throws Failure {
    try {
      return FullScreen.open(environment, clock);
    } catch (TerminalUnavailable e) {
      throw new Failure(ExitCode.TERMINAL, e.getMessage());
    }
  }
}
