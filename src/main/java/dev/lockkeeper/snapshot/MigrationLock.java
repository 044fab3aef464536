package dev.lockkeeper.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Coder's migration lock: the advisory lock with the key 1037453835920848937, or, before v2.5, with
 * one that differs from database to database. Whoever holds it is the migrator; whoever waits for
 * it is a replica that will start as soon as the migrator is done, which is normal.
 *
 * @param holder the migrator's pid; a prepared transaction's place where one holds it, {@link
 *     Database#prepared(int)}
 * @param waiters the pids that queue for it
 */
public record MigrationLock(Optional<Integer> holder, List<Integer> waiters) {
  /** The key, as PostgreSQL takes it. */
  public static final long KEY = 1037453835920848937L;

  private static final long SALT = 1486364155;

  public MigrationLock {
    waiters = List.copyOf(waiters);
  }

  /**
   * The key of releases before v2.5, which left locking to golang-migrate. It differs from database
   * to database.
   *
   * @param database the database's name
   * @param schema the schema of {@code schema_migrations}
   * @return a number of 32 bits, as PostgreSQL takes it
   */
  public static long keyBefore25(String database, String schema) {
    CRC32 sum = new CRC32();
    sum.update(
        String.join("\0", schema, "schema_migrations", database).getBytes(StandardCharsets.UTF_8));
    return sum.getValue() * SALT & 0xffffffffL;
  }

  /**
   * The keys that golang-migrate makes where the table may be in any of these schemas: those of
   * releases before v2.5, and those of its own command-line tool, which takes the database's name
   * from the path of the URL, with its slash.
   */
  public static Set<Long> oldKeys(String database, Collection<String> schemas) {
    return schemas.stream()
        .flatMap(
            schema -> Stream.of(keyBefore25(database, schema), keyBefore25("/" + database, schema)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public static MigrationLock free() {
    return new MigrationLock(Optional.empty(), List.of());
  }
}
