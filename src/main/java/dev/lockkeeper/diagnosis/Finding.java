package dev.lockkeeper.diagnosis;

import java.util.List;

/**
 * Something that is seen and that an operator should know the meaning of. What is not proven cannot
 * advise an act: {@link #likely} and {@link #untold} take no {@link Advice.Act}.
 *
 * @param kind what it is
 * @param urgency how soon it wants an answer
 * @param certainty how surely it follows from the evidence
 * @param headline one line, with the names and numbers in it
 * @param evidence what it was concluded from, most telling first
 * @param alike what else would look the same, a line each, to be read after the words "could also
 *     be"; empty when nothing would
 * @param advice what helps
 * @param notThis what would make it worse, to be read after the words "do not"; empty when nothing
 *     comes to mind
 */
public record Finding(
    Kind kind,
    Urgency urgency,
    Certainty certainty,
    String headline,
    List<Observation> evidence,
    List<String> alike,
    Advice advice,
    String notThis) {
  /** Where to turn when nothing here helps. */
  public static final String SUPPORT = "support";

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
    NOBODY_MIGRATES,
    MIGRATOR_WILL_END,
    MIGRATOR_HELD_UP,
    MIGRATION_FAILED,
    SETTING_ENDS_MIGRATION,
    MIGRATION_LACKS_ROOM,
    MIGRATION_LACKS_RIGHTS,
    READ_ONLY_DATABASE,
    MIGRATION_INTERRUPTED,
    IMAGE_OLDER_THAN_SCHEMA,
    DIRTY,
    NO_SCHEMA,
    OUT_OF_MEMORY,
    PODS_NOT_MADE,
    POD_NOT_SCHEDULED,
    POD_NOT_CONFIGURED,
    IMAGE_PULL_FAILS,
    DATABASE_OUT_OF_REACH,
    ROLLOUT_PAUSED,
    POD_CRASHES,
    POD_DOES_NOT_RUN,
    FAILED_BEFORE,
    POD_STAYS,
    POD_EVICTED,
    ROLLOUT_STANDS_STILL,
    LONG_MIGRATION,
    SILENT_MIGRATOR,
    MIGRATOR_UNSEEN,
    MIGRATION_WORKS,
    SCALED_BACK,
    MIXED_VERSIONS,
    UNPINNED_IMAGE,
    TWO_SCHEMAS,
    UNKNOWN_SCHEMA,
    KNOWN_TROUBLE,
    QUEUED_MIGRATOR,
    INVALID_INDEX,
    BLIND,
    CLOCK_SKEW
  }

  /**
   * What came from outside is cut to a bearable length; it stays raw.
   *
   * @throws IllegalArgumentException when an act is advised on what is not proven
   */
  public Finding {
    if (advice instanceof Advice.Act && certainty != Certainty.PROVEN) {
      throw new IllegalArgumentException(kind + " advises an act and is not proven");
    }
    headline = Observation.cut(headline);
    evidence = evidence.stream().limit(MOST).toList();
    alike = List.copyOf(alike);
  }

  /** What was seen leaves no other explanation. */
  static Finding proven(
      Kind kind,
      Urgency urgency,
      String headline,
      List<Observation> evidence,
      Advice advice,
      String notThis) {
    return new Finding(
        kind, urgency, Certainty.PROVEN, headline, evidence, List.of(), advice, notThis);
  }

  /** What was seen speaks for it; {@code alike} could look the same. */
  static Finding likely(
      Kind kind,
      Urgency urgency,
      String headline,
      List<Observation> evidence,
      List<String> alike,
      Advice.FindOut advice,
      String notThis) {
    return new Finding(kind, urgency, Certainty.LIKELY, headline, evidence, alike, advice, notThis);
  }

  /** What would tell was not seen; it may be any of {@code alike}. */
  static Finding untold(
      Kind kind,
      Urgency urgency,
      String headline,
      List<Observation> evidence,
      List<String> alike,
      Advice.FindOut advice,
      String notThis) {
    return new Finding(
        kind, urgency, Certainty.UNKNOWN, headline, evidence, alike, advice, notThis);
  }
}
