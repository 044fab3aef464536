package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the server bears.
 *
 * @param growth what its work has produced so far
 * @param tables the largest tables, by estimate
 * @param slots how many connections it has left
 * @param upkeep backups that run, and what was left behind
 * @param cost how long this refresh kept it
 */
public record ServerLoad(
    Growth growth,
    Observed<List<TableSize>> tables,
    Observed<Slots> slots,
    Observed<Upkeep> upkeep,
    Duration cost) {
  /**
   * What the server has written so far; it grows while a migration works, and stands still while it
   * waits.
   *
   * @param walBytes the write-ahead log's position in bytes; 0 when it may not be read
   * @param databaseBytes the database's size on disk
   * @param trend how both grew in the last seconds; empty until there were two looks
   */
  public record Growth(long walBytes, long databaseBytes, Optional<Trend> trend) {
    /** A first look, from which nothing follows. */
    public Growth(long walBytes, long databaseBytes) {
      this(walBytes, databaseBytes, Optional.empty());
    }

    /** The same, with what was added since an earlier look. */
    public Growth since(Growth earlier, Duration over) {
      Trend added =
          new Trend(walBytes - earlier.walBytes, databaseBytes - earlier.databaseBytes, over);
      return new Growth(walBytes, databaseBytes, Optional.of(added));
    }
  }

  /**
   * What was added between two looks. Other databases of the server write to the same log, so it
   * speaks for work and proves none.
   *
   * @param walBytes bytes of write-ahead log
   * @param databaseBytes bytes on disk; negative when something was dropped
   * @param over the time between the looks
   */
  public record Trend(long walBytes, long databaseBytes, Duration over) {}

  /**
   * A table's size by the planner's estimate, which never waits for a lock.
   *
   * @param name the table's name without its schema
   * @param rows rows; -1 when the table was never analysed
   * @param bytes bytes of the heap
   */
  public record TableSize(String name, long rows, long bytes) {}

  /**
   * Connections of the whole server.
   *
   * @param limit how many it takes ({@code max_connections})
   * @param reserved how many of these ordinary roles do not get
   * @param used how many clients are connected to any of its databases
   * @param ownLimit how many this role may have; -1 without a limit
   * @param ownUsed how many it has
   * @param databaseLimit how many ordinary sessions this database takes; -1 without a limit
   */
  public record Slots(
      int limit, int reserved, int used, int ownLimit, int ownUsed, int databaseLimit) {
    /** How many an ordinary role can still open; never negative. */
    public int free() {
      int server = limit - reserved - used;
      int own = ownLimit < 0 ? server : Math.min(server, ownLimit - ownUsed);
      return Math.max(0, own);
    }
  }
}
