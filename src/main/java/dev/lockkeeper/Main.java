package dev.lockkeeper;

import dev.lockkeeper.cli.Lockkeeper;
import java.io.PrintWriter;
import java.util.logging.LogManager;

/** Entry point: makes the command line and hands it what it can start. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    // A library's log line would be painted across the screen.
    LogManager.getLogManager().reset();
    Start start = new Start(System.getenv(), System.out, System.err);
    System.exit(Lockkeeper.run(start, new PrintWriter(System.err, true), arguments));
  }
}
