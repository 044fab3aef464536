package dev.lockkeeper.cli;

/** How the program ends; docs/COMMANDS.md lists them. */
public enum ExitCode {
  /** The operator left, or the run is finished. */
  OK(0),
  /** The command line cannot be understood. */
  USAGE(2),
  /** The cluster cannot be reached or used as it was named. */
  CLUSTER(3),
  /** The database cannot be reached or used as it was named. */
  DATABASE(4),
  /** There is no terminal for a full screen, or it has gone. */
  TERMINAL(5),
  /** The journal cannot be written or read. */
  JOURNAL(6),
  /** The practice world cannot be started. */
  PRACTICE(7),
  /** A mistake of this program. */
  INTERNAL(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
