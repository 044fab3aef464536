package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.MigrationLock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The locks that matter, as one look at {@code pg_locks} showed them.
 *
 * @param rows the answer to {@link Question#LOCKS}, holders first
 */
record LockTable(List<Row> rows) {
  private static final String EXCLUSIVE = "AccessExclusiveLock";

  /** For how many waiting sessions it is asked whom they wait for. */
  private static final int ASKED = 50;

  /** Those who queue for the migration lock all wait for the same migrator. */
  private static final int ASKED_OF_QUEUE = 3;

  List<Lock> locks() {
    return rows.stream().map(LockTable::lock).collect(Collectors.toList());
  }

  private static Lock lock(Row row) {
    boolean granted = row.flag("granted");
    return new Lock(
        row.optionalNumber("pid"),
        row.text("type"),
        row.optional("relation"),
        row.text("key"),
        row.text("mode"),
        granted,
        granted ? Optional.empty() : row.optionalSeconds("waiting"));
  }

  MigrationLock migrationLock() {
    List<Row> own = rows.stream().filter(row -> row.flag("migration")).collect(Collectors.toList());
    return new MigrationLock(
        pids(own.stream().filter(row -> row.flag("granted"))).findFirst(),
        pids(own.stream().filter(row -> !row.flag("granted"))).collect(Collectors.toList()));
  }

  /** The waiting sessions to ask about. */
  List<Integer> waiting() {
    Predicate<Row> queueing = row -> row.flag("migration");
    Stream<Integer> others = pids(rows.stream().filter(queueing.negate()).filter(LockTable::waits));
    Stream<Integer> queue = pids(rows.stream().filter(queueing).filter(LockTable::waits));
    return Stream.concat(queue.distinct().limit(ASKED_OF_QUEUE), others)
        .distinct()
        .limit(ASKED)
        .collect(Collectors.toList());
  }

  private static boolean waits(Row row) {
    return !row.flag("granted");
  }

  private static Stream<Integer> pids(Stream<Row> rows) {
    return rows.map(row -> row.optionalNumber("pid")).flatMap(Optional::stream);
  }

  /**
   * Whether a reader of this table would have to wait. One who waits for an exclusive lock stops
   * readers as one who has it does, because they queue behind it.
   */
  boolean closed(String relationId) {
    return exclusive().anyMatch(row -> row.text("relation_id").equals(relationId));
  }

  /** The session that closes this table, unless it is a prepared transaction. */
  Optional<Integer> closedBy(String relationId) {
    return pids(exclusive().filter(row -> row.text("relation_id").equals(relationId))).findFirst();
  }

  /** The names of the tables that a reader would have to wait for. */
  Set<String> closedTables() {
    return exclusive().map(row -> row.text("relation")).collect(Collectors.toSet());
  }

  private Stream<Row> exclusive() {
    return rows.stream()
        .filter(row -> row.text("type").equals("relation") && row.text("mode").equals(EXCLUSIVE));
  }
}
