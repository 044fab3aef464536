package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import java.util.List;
import java.util.stream.Collectors;

/** Makes sessions, and transactions that have none, from rows. */
final class Sessions {
  private Sessions() {}

  static List<Backend> of(List<Row> rows) {
    return rows.stream().map(Sessions::backend).collect(Collectors.toList());
  }

  private static Backend backend(Row row) {
    boolean hidden = row.optional("backend_start").isEmpty();
    return new Backend(
        row.number("pid"),
        row.text("backend_start"),
        row.text("role"),
        row.text("application"),
        row.optional("address"),
        row.optional("type"),
        row.optionalNumber("leader"),
        row.optional("state"),
        row.optional("wait_event_type"),
        row.optional("wait_event"),
        row.flag("wrote"),
        row.optionalSeconds("transaction_age"),
        row.optionalSeconds("state_age"),
        hidden ? "" : row.text("query"),
        hidden,
        row.flag("superuser"));
  }

  static List<PreparedTransaction> prepared(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new PreparedTransaction(
                    row.text("gid"),
                    row.text("owner"),
                    row.seconds("age"),
                    row.text("prepared_at")))
        .collect(Collectors.toList());
  }
}
