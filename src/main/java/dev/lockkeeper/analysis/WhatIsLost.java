package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.SchemaTable;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of a session's work when its client is dead: if it is left alone, and if it is
 * ended. A server goes on with what its client has sent: a statement that is in no transaction of
 * the client's commits when it is done, whoever is there to hear of it.
 *
 * @param fate what becomes of its work if it is left alone
 * @param left the same in a sentence without its full stop, beginning with "it"
 * @param ended what ending it loses, in a sentence or two
 */
public record WhatIsLost(Fate fate, String left, String ended) {
  /** What a session does about its work when nobody speaks to it any more. */
  public enum Fate {
    /** It has no transaction open. */
    NOTHING_OPEN,
    /** Its COMMIT is written on this server, and only waits for a standby. */
    COMMITTED,
    /** Only its client could commit what is open. */
    ROLLS_BACK,
    /** Most likely as before; its client may have sent a COMMIT before it died. */
    LIKELY_ROLLS_BACK,
    /** Most likely it commits: its transaction began with its statement. */
    LIKELY_COMMITS,
    /** It cannot be told. */
    UNKNOWN
  }

  /** A transaction that is older than its statement by this much was begun by an earlier one. */
  private static final Duration EARLIER = Duration.ofMillis(50);

  private static final Pattern COMMITS =
      Pattern.compile(
          "\\b(commit|end|rollback|abort|prepare\\s+transaction)\\b\\s*(;|$|work|trans|and)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CONCURRENTLY =
      Pattern.compile("\\bindex\\b.*\\bconcurrently\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Of this session. */
  public static WhatIsLost of(Backend backend, Database database) {
    return switch (fate(backend, database)) {
      case NOTHING_OPEN ->
          new WhatIsLost(
              Fate.NOTHING_OPEN,
              "it has no transaction open: what it did is committed, and it keeps only its locks",
              "Nothing is lost: it has no transaction open.");
      case COMMITTED ->
          new WhatIsLost(
              Fate.COMMITTED,
              "its COMMIT is written on this server, and waits for a standby",
              "What it did stays on this server; a standby may not have it.");
      case ROLLS_BACK ->
          new WhatIsLost(
              Fate.ROLLS_BACK,
              "it cannot commit what it has open: only its client could",
              "Nothing is lost that could still be committed.");
      case LIKELY_ROLLS_BACK ->
          new WhatIsLost(
              Fate.LIKELY_ROLLS_BACK,
              "it most likely rolls back what it has open, unless its client had sent a COMMIT"
                  + " before it died, which cannot be seen",
              "What it has open is rolled back; most likely nothing of it could still be"
                  + " committed.");
      case LIKELY_COMMITS ->
          new WhatIsLost(
              Fate.LIKELY_COMMITS,
              "it most likely commits when its statement ends, though its client is dead"
                  + dirty(database),
              "The work of its statement is lost; left alone, it would most likely be committed."
                  + index(backend));
      case UNKNOWN ->
          new WhatIsLost(
              Fate.UNKNOWN,
              "it may commit when its statement ends: that cannot be seen",
              "What it has open is lost; whether it would still be committed cannot be seen.");
    };
  }

  private static Fate fate(Backend backend, Database database) {
    String state = backend.state().orElse("");
    if (backend.waitsForStandby()) {
      return Fate.COMMITTED;
    }
    if (state.equals("idle")) {
      return Fate.NOTHING_OPEN;
    }
    if (backend.idleInTransaction()) {
      return Fate.ROLLS_BACK;
    }
    Optional<Duration> earlier =
        backend.transactionAge().flatMap(age -> backend.stateAge().map(age::minus));
    if (!state.equals("active") || earlier.isEmpty()) {
      return Fate.UNKNOWN;
    }
    // Releases before v2.5 run each migration outside of any transaction of theirs.
    if (earlier.get().compareTo(EARLIER) < 0 || holdsOldLock(backend, database)) {
      return Fate.LIKELY_COMMITS;
    }
    return COMMITS.matcher(backend.query()).find() ? Fate.UNKNOWN : Fate.LIKELY_ROLLS_BACK;
  }

  private static boolean holdsOldLock(Backend backend, Database database) {
    return database.locks().stream()
        .filter(lock -> lock.granted() && lock.type().equals("advisory"))
        .filter(lock -> lock.pid().equals(Optional.of(backend.pid())))
        .anyMatch(lock -> database.locksOldMigration(lock.key()));
  }

  /** Releases before v2.5 have committed the mark before the migration begins. */
  private static String dirty(Database database) {
    SchemaTable schema = database.schema();
    return schema.version().filter(any -> schema.dirty()).isPresent()
        ? "; the schema stays at %d, marked dirty".formatted(schema.version().get())
        : "";
  }

  private static String index(Backend backend) {
    return CONCURRENTLY.matcher(backend.query()).find()
        ? " Ended, it leaves an invalid index behind."
        : "";
  }
}
