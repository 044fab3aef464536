package dev.lockkeeper.snapshot;

import java.util.List;

/**
 * What others do to the server, and have left behind.
 *
 * @param backups backups that run now, of whichever database: a base backup by the server's own
 *     word, any other by the name that its tool gives to its session
 * @param invalid indexes of Coder's tables that no query uses
 */
public record Upkeep(List<Backup> backups, List<InvalidIndex> invalid) {
  public Upkeep {
    backups = List.copyOf(backups);
    invalid = List.copyOf(invalid);
  }

  /**
   * A backup that runs.
   *
   * @param pid its session
   * @param tool what the session calls itself; empty for a base backup without a name
   * @param database the database that it is connected to; empty for a base backup
   */
  public record Backup(int pid, String tool, String database) {}

  /**
   * An index that is not valid: it is being built, or its building failed.
   *
   * @param name its name
   * @param table its table
   * @param building whether some index of this database is being built now
   */
  public record InvalidIndex(String name, String table, boolean building) {}
}
