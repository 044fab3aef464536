package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.util.Map;
import java.util.Optional;

/**
 * Roll back a prepared transaction.
 *
 * @param database the database in which it was prepared
 * @param gid its identifier, raw
 * @param owner the role that prepared it
 * @param preparedAt when, as text with microseconds: another transaction may get the same
 *     identifier later
 * @param prediction what becomes of the migrator that waits for it
 */
public record PreparedRequest(
    DatabaseIdentity database,
    String gid,
    String owner,
    String preparedAt,
    Optional<Prediction> prediction)
    implements Request {
  /** One of which nothing is expected for anybody who waits. */
  public PreparedRequest(DatabaseIdentity database, String gid, String owner, String preparedAt) {
    this(database, gid, owner, preparedAt, Optional.empty());
  }

  @Override
  public String summary() {
    return "roll back the prepared transaction " + gid;
  }

  @Override
  public String verb() {
    return "Roll it back";
  }

  @Override
  public String command() {
    return "ROLLBACK PREPARED %s;".formatted(SqlText.literal(gid));
  }

  @Override
  public String undo() {
    return "";
  }

  @Override
  public RequestKind kind() {
    return RequestKind.ROLLBACK_PREPARED;
  }

  @Override
  public Map<String, String> identity() {
    return kind().at(database, Map.of("gid", gid, "owner", owner, "prepared-at", preparedAt));
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.database().rollBack(this);
  }
}
