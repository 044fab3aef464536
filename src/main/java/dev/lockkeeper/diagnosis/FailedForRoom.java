package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.CoderRole;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.snapshot.RoleFacts;
import java.util.Optional;

/** Disk, memory or the table of locks was full. */
final class FailedForRoom {
  private FailedForRoom() {}

  static Finding finding(FailedAttempt attempt) {
    String words = attempt.words();
    return Finding.proven(
        Kind.MIGRATION_LACKS_ROOM,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(locks(attempt).stream().toList()),
        Advice.findOut(
            isOfLocks(words) ? LOCKS : isOfDisk(attempt) ? DISK : isLimit(attempt) ? LIMIT : MEMORY,
            Finding.SUPPORT),
        "go back to another image for this, or look for wrong data: the server had no room.");
  }

  private static final String LOCKS =
      "Have max_locks_per_transaction raised, which takes a restart of PostgreSQL; then start"
          + " again.";
  private static final String DISK =
      "Have the disk of the database server made larger or freed (SQL does not show how much is"
          + " left); a table that is rewritten needs its own size once more. Then start again.";
  private static final String MEMORY =
      "Have the database server's memory looked at; then start again.";
  private static final String LIMIT =
      "Ask support with this message: a limit of PostgreSQL itself was met.";

  private static boolean isOfLocks(String words) {
    return words.contains("shared memory") || words.contains("max_locks_per_transaction");
  }

  private static boolean isOfDisk(FailedAttempt attempt) {
    return is(attempt, "53100")
        || attempt.words().contains("No space left")
        || attempt.words().matches(".*could not (extend|write) file.*");
  }

  private static boolean isLimit(FailedAttempt attempt) {
    return attempt.sql().state().filter(state -> state.startsWith("54")).isPresent();
  }

  private static boolean is(FailedAttempt attempt, String state) {
    return attempt.sql().state().filter(state::equals).isPresent();
  }

  private static Optional<Observation> locks(FailedAttempt attempt) {
    return CoderRole.facts(attempt.sight().snapshot())
        .filter(seen -> isOfLocks(attempt.words()))
        .map(RoleFacts::locks)
        .map(
            room ->
                attempt
                    .sight()
                    .inDatabase(
                        "max_locks_per_transaction = %d: room for about %,d locks; Coder's schema"
                                .formatted(room.perTransaction(), room.total())
                            + " has %,d tables and indexes".formatted(room.relations())));
  }
}
