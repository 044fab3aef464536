package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database.CoderRoles;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes sessions, and transactions that have none, from rows. */
final class BackendRows {
  private BackendRows() {}

  static List<Backend> of(List<Row> rows) {
    return rows.stream().map(BackendRows::backend).collect(Collectors.toList());
  }

  private static Backend backend(Row row) {
    boolean hidden = row.optional("backend_start").isEmpty();
    return new Backend(
        new Backend.SessionId(row.number("pid"), row.text("backend_start")),
        new Backend.Client(
            row.text("role"),
            row.text("application"),
            row.optional("address"),
            row.optional("type"),
            row.flag("superuser")),
        row.optionalNumber("leader"),
        new Backend.Activity(
            row.optional("state"),
            row.optional("wait_event_type"),
            row.optional("wait_event"),
            row.flag("wrote"),
            row.optionalSeconds("transaction_age"),
            row.optionalSeconds("state_age"),
            hidden ? "" : row.text("query"),
            new Backend.Pulse(
                row.optionalSeconds("age"),
                row.optional("statement"),
                row.optionalSeconds("statement_age"))),
        hidden);
  }

  /**
   * Behind a pooler a session is lent to one client after the other, and our own name may stay on
   * it: there it says nothing.
   */
  static Backend unnamed(Backend backend) {
    return backend.application().equals(DriverProperties.APPLICATION)
        ? backend.called("")
        : backend;
  }

  /** The roles that go with this schema; with all of them where it is not known which counts. */
  static CoderRoles roles(List<Row> rows, Optional<String> schema) {
    List<Row> ours =
        rows.stream()
            .filter(row -> schema.filter(name -> !name.equals(row.text("schema"))).isEmpty())
            .toList();
    Set<String> names =
        ours.stream()
            .flatMap(row -> row.optional("application").stream())
            .collect(Collectors.toSet());
    return new CoderRoles(
        ours.stream().map(row -> row.text("role")).collect(Collectors.toSet()), names);
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
