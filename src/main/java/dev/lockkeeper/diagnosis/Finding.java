package dev.lockkeeper.diagnosis;

import java.util.List;

/**
 * Something that is seen and that an operator should know the meaning of.
 *
 * @param kind what it is
 * @param urgency how soon it wants an answer
 * @param headline one line, with the names and numbers in it
 * @param evidence what it was concluded from, a line each
 * @param doThis what helps
 * @param notThis what would make it worse, to be read after the words "do not"; empty when nothing
 *     comes to mind
 * @param answeredBy the step that answers it, as {@code runbook id}, or {@code support}, or empty
 */
public record Finding(
    Kind kind,
    Urgency urgency,
    String headline,
    List<String> evidence,
    String doThis,
    String notThis,
    String answeredBy) {
  /** Where to turn when nothing here helps. */
  public static final String SUPPORT = "support";

  private static final int LONGEST = 400;
  private static final int MOST = 12;

  /** How soon it wants an answer; the order is the one in which they are shown. */
  public enum Urgency {
    /** It stays as it is, or grows worse, until somebody acts. */
    ACT,
    /** All goes as it should: the right thing is to do nothing. */
    WAIT,
    /** It can go wrong from here. */
    BEWARE,
    /** It is good to know. */
    KNOW
  }

  /** What can be found; of equal urgency, what comes first here is shown first. */
  public enum Kind {
    V1_DATABASE,
    V1_CHART,
    WRONG_DATABASE,
    MISSING_MIGRATIONS,
    PROBE_KILLS_MIGRATOR,
    ORPHAN_BACKEND,
    OLD_REPLICA_BLOCKS,
    OTHER_SESSION_BLOCKS,
    PREPARED_TRANSACTION_BLOCKS,
    MIGRATION_FAILED,
    IMAGE_OLDER_THAN_SCHEMA,
    DIRTY,
    NO_SCHEMA,
    OUT_OF_MEMORY,
    IMAGE_PULL_FAILS,
    DATABASE_OUT_OF_REACH,
    LONG_MIGRATION,
    SILENT_MIGRATOR,
    MIGRATION_WORKS,
    SCALED_BACK,
    MIXED_VERSIONS,
    UNPINNED_IMAGE,
    TWO_SCHEMAS,
    UNKNOWN_SCHEMA,
    KNOWN_TROUBLE,
    QUEUED_MIGRATOR,
    BLIND,
    CLOCK_SKEW
  }

  /** What came from outside is cut to a bearable length; it stays raw. */
  public Finding {
    headline = cut(headline);
    evidence = evidence.stream().limit(MOST).map(Finding::cut).toList();
  }

  /** The same with another advice. */
  Finding withAdvice(String advice) {
    return new Finding(kind, urgency, headline, evidence, advice, notThis, answeredBy);
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
