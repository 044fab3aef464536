package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.util.Map;

/**
 * Change how many ordinary sessions the database takes: none, so that pools stay away, or as many
 * as before.
 *
 * @param database the database
 * @param from the limit that was seen; -1 is no limit
 * @param to the limit that is wanted
 */
public record ConnectionLimitRequest(DatabaseIdentity database, int from, int to)
    implements Request {
  /** The limit that keeps everybody out but superusers. */
  public static final int CLOSED = 0;

  @Override
  public String summary() {
    return to == CLOSED
        ? "let no client connect to database " + database.name()
        : "let clients connect to database %s again".formatted(database.name());
  }

  @Override
  public String verb() {
    return to == CLOSED ? "Set the limit to 0" : "Restore the limit";
  }

  @Override
  public String command() {
    return command(to);
  }

  @Override
  public String undo() {
    return command(from);
  }

  private String command(int limit) {
    return "ALTER DATABASE %s CONNECTION LIMIT %d;".formatted(SqlText.name(database.name()), limit);
  }

  @Override
  public RequestKind kind() {
    return RequestKind.CONNECTION_LIMIT;
  }

  @Override
  public Map<String, String> identity() {
    return kind().at(database, Map.of("from", Integer.toString(from), "to", Integer.toString(to)));
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.database().limit(this);
  }
}
