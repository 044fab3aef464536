package dev.lockkeeper.coder;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How a version runs its migrations, and so what a failed or killed one leaves behind. */
public enum Regime {
  /** Up to v2.4. */
  A(
      false,
      Optional.of(Duration.ofSeconds(15)),
      true,
      "one migration after the other; one that fails stays behind as dirty",
      "Each migration is committed by itself, and its number is committed as dirty before it runs:"
          + " a failed or killed migration leaves dirty=true behind, and the migrations before it"
          + " stay. The lock belongs to the session and its key differs from database to"
          + " database."),
  /** v2.5 to v2.31. */
  B(
      true,
      Optional.of(Duration.ofSeconds(15)),
      false,
      "all pending migrations in one transaction; a replica that lost the race restarts after 15 s",
      "All pending migrations run in one transaction: all of them are committed or none. A failed"
          + " or killed migration leaves the old number and dirty=false. dirty=true is not a normal"
          + " trace here: it is older than v2.5 or was set by hand. Replicas that start in the same"
          + " instant give up after 15 s and restart, which is harmless."),
  /** From v2.32. */
  C(
      true,
      Optional.of(Duration.ofMinutes(2)),
      false,
      "all pending migrations in one transaction; a replica that lost the race waits up to 2 min",
      "All pending migrations run in one transaction: all of them are committed or none. A failed"
          + " or killed migration leaves the old number and dirty=false. dirty=true is not a normal"
          + " trace here. Replicas that start in the same instant wait up to 2 min for the lock."),
  /** Proposed and in no release that was seen. */
  D(
      false,
      Optional.empty(),
      true,
      "one migration after the other; a failure keeps the ones before it",
      "Each migration is committed by itself: a failure keeps the ones before it. dirty=true means"
          + " that a migration outside of a transaction (an index built concurrently) began and"
          + " did not end. The lock belongs to the session and has the usual key; statements that"
          + " wait for a table's lock are given up after a few seconds and tried again."),
  /** As C, with a bound to the wait for a table; proposed and in no release that was seen. */
  E(
      true,
      Optional.of(Duration.ofMinutes(2)),
      false,
      "all pending migrations in one transaction; one that waits 3 s for a table is tried up to 5"
          + " times",
      "All pending migrations run in one transaction: all of them are committed or none. Whoever"
          + " waits for a table's lock for longer than CODER_PG_MIGRATION_LOCK_TIMEOUT (3 s unless"
          + " it is set; 0 waits for ever) begins again, five times at most, and then the pod ends"
          + " with SQLSTATE 55P03. That is ordinary while somebody holds a table: nothing was kept"
          + " and nothing is dirty.");

  private static final Pattern RETRIED = Pattern.compile("\\bon all \\d{1,3} attempts\\b");
  private static final CoderVersion ONE_TRANSACTION = CoderVersion.of(2, 5, 0);
  private static final CoderVersion LONGER_WAIT = CoderVersion.of(2, 32, 0);
  private static final CoderVersion LAST_SEEN = CoderVersion.of(2, 36, 0);

  private final boolean oneTransaction;
  private final Optional<Duration> lockWait;
  private final boolean dirtyIsOrdinary;
  private final String summary;
  private final String explanation;

  Regime(
      boolean oneTransaction,
      Optional<Duration> lockWait,
      boolean dirtyIsOrdinary,
      String summary,
      String explanation) {
    this.oneTransaction = oneTransaction;
    this.lockWait = lockWait;
    this.dirtyIsOrdinary = dirtyIsOrdinary;
    this.summary = summary;
    this.explanation = explanation;
  }

  /**
   * The regime of a version. For versions newer than the last whose migrator was seen this is the
   * likeliest one; {@link #possible} names all that have to be reckoned with.
   */
  public static Regime of(CoderVersion version) {
    CoderVersion release = version.release();
    if (!release.atLeast(ONE_TRANSACTION)) {
      return A;
    }
    return release.atLeast(LONGER_WAIT) ? C : B;
  }

  /** Every regime that the version may have: more than one when its migrator was not seen. */
  public static Set<Regime> possible(CoderVersion version) {
    return version.sameLine(LAST_SEEN) || !version.atLeast(LAST_SEEN)
        ? EnumSet.of(of(version))
        : EnumSet.of(C, D, E);
  }

  /**
   * Those of these that a pod's own words leave over: one that gave up "on all 5 attempts" tries
   * again by itself, whatever its version.
   */
  public static Set<Regime> narrowed(Set<Regime> possible, String words) {
    return RETRIED.matcher(words).find() ? EnumSet.of(D, E) : Set.copyOf(possible);
  }

  /** Whether all pending migrations are committed together or not at all. */
  public boolean oneTransaction() {
    return oneTransaction;
  }

  /**
   * How long a replica that lost the race at the start waits for the migration lock before it exits
   * and restarts; empty where no fixed bound is known. Waiting at the earlier step, in which a
   * replica finds another one migrating, has no bound in any regime.
   */
  public Optional<Duration> lockWait() {
    return lockWait;
  }

  /** Whether dirty=true is a trace that a failed migration ordinarily leaves. */
  public boolean dirtyIsOrdinary() {
    return dirtyIsOrdinary;
  }

  /** The same in half a sentence. */
  public String summary() {
    return summary;
  }

  /** What the operator should know, in a few sentences. */
  public String explanation() {
    return explanation;
  }
}
