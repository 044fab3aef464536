package dev.lockkeeper.cli;

/** How the program ends; docs/COMMANDS.md lists them. */
public enum ExitCode {
  /** The operator left, or the run is finished; for a question: yes. */
  OK(0),
  /** The answer to a question is no. */
  NO(1),
  /** A question could not be answered. */
  UNKNOWN(2),
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
  /** The command line cannot be understood. */
  USAGE(64),
  /** A mistake of this program. */
  INTERNAL(70),
  /** The output could not be written, or not all of it. */
  OUTPUT(74),
  /** A file of the operator's own, such as the configuration, cannot be understood. */
  CONFIGURATION(78);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
