package dev.lockkeeper.cli;

import java.util.Optional;

/** What the command line can start. */
public interface Launcher {
  /**
   * Walks a runbook.
   *
   * @param runbook the name of a bundled one, or the path of a file
   * @param version the version to go to; empty for the one that is installed
   */
  ExitCode walk(Target target, String runbook, Optional<String> version) throws Failure;

  /** Answers about runbooks; neither cluster nor database is asked. */
  ExitCode runbooks(RunbookQuestion asked, OutputFormat format) throws Failure;

  /**
   * Goes on with an interrupted run.
   *
   * @param run its name; empty for the only one that is not finished
   * @param context of which context alone, if one is named
   * @param databaseUrl the database's URL, which no journal keeps; empty to find it again
   */
  ExitCode resume(Optional<String> run, Optional<String> context, Optional<String> databaseUrl)
      throws Failure;

  /** Walks a scenario in a world of its own, or keeps such a world up for other programs. */
  ExitCode practice(Practice practice) throws Failure;

  /** Shows the live panels until the operator leaves; nothing can be changed from there. */
  ExitCode watch(Target target) throws Failure;

  /** Asks all that can be asked before an upgrade, prints the answers, and changes nothing. */
  ExitCode check(Target target, Preflight asked, OutputFormat format) throws Failure;

  /**
   * Answers from what is known of Coder's releases; nothing is read but the program's own files.
   */
  ExitCode releases(Releases asked, OutputFormat format) throws Failure;

  /**
   * Lists the runs of which there are journals.
   *
   * @param context of which context alone, if one is named
   */
  ExitCode journals(Optional<String> context, OutputFormat format) throws Failure;

  /**
   * Prints a journal.
   *
   * @param run the run's name or a file; empty for the newest run
   */
  ExitCode journal(Optional<String> run, JournalFormat format) throws Failure;

  /**
   * Finds out whether a journal is as it was written.
   *
   * @param run the run's name or a file; empty for the newest run
   * @param head the hash of its head, as it was noted elsewhere
   * @param lease whether the operator's Lease is asked for a file too, which may be anybody's; for
   *     a run of this machine it always is
   */
  ExitCode verify(Optional<String> run, Optional<String> head, boolean lease, OutputFormat format)
      throws Failure;

  /** Loads what a session needs, for the launcher's archive of classes. */
  ExitCode warmUp(boolean walk) throws Failure;

  /**
   * A practice world.
   *
   * @param scenario its scenario
   * @param pace how many times faster than life its clocks run
   * @param serve whether to keep it up and print how to reach it, instead of walking it
   * @param list whether to print which scenarios there are, and nothing else
   */
  record Practice(String scenario, double pace, boolean serve, boolean list) {}

  /**
   * A question about runbooks.
   *
   * @param about what is asked
   * @param runbook the name of a bundled one, or the path of a file; empty for all bundled ones
   */
  record RunbookQuestion(About about, Optional<String> runbook) {
    /** What is asked of runbooks. */
    public enum About {
      /** Which ones there are. */
      LIST,
      /** How it is written. */
      TEXT,
      /** Whether it can be understood. */
      LINT
    }
  }

  /**
   * A question about releases; without any of these it is about all of them.
   *
   * @param schema which releases leave a database at this number?
   * @param release what is known of this release?
   * @param from what lies between this release
   * @param to and this one? Both or none
   */
  record Releases(
      Optional<Long> schema,
      Optional<String> release,
      Optional<String> from,
      Optional<String> to) {}

  /**
   * What the operator adds to a preflight.
   *
   * @param version the version to upgrade to
   * @param backupId the backup's name
   * @param backupTime when it was finished, as it was typed
   */
  record Preflight(
      Optional<String> version, Optional<String> backupId, Optional<String> backupTime) {}
}
