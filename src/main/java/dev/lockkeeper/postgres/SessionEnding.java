package dev.lockkeeper.postgres;

import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Session;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.postgres.SessionResult.Kind;
import dev.lockkeeper.snapshot.MigrationLock;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Ends sessions or cancels their statements: first a statement for each, without waiting, then one
 * look at all of them until they are gone. An error ends a statement, and with one statement for
 * all of them some would have died before the error and others not.
 */
final class SessionEnding {
  private final ActingConnection connection;
  private final EndRequest request;
  private final Duration patience;

  /** Since when the statement ran that was cancelled. */
  private final Map<Integer, String> statements = new HashMap<>();

  private boolean lost;

  /**
   * @param patience how long to look whether they are gone
   */
  SessionEnding(ActingConnection connection, EndRequest request, Duration patience) {
    this.connection = connection;
    this.request = request;
    this.patience = patience;
  }

  Outcome perform() {
    List<SessionResult> fates = signalAll();
    return outcome(lost ? fates : watched(fates));
  }

  private List<SessionResult> signalAll() {
    List<SessionResult> fates = new ArrayList<>();
    try (PreparedStatement statement = connection.prepare(ActStatement.END_SESSION.sql())) {
      String oldKeys = oldKeys();
      for (Session session : request.sessions()) {
        fates.add(lost ? untried(session) : signal(statement, session, oldKeys));
      }
    } catch (SQLException e) {
      // It was not to be had, or not to be closed: then the connection is of no use any more.
      lost = true;
      request.sessions().stream()
          .skip(fates.size())
          .forEach(session -> fates.add(untried(session)));
    }
    return fates;
  }

  private static SessionResult untried(Session session) {
    return new SessionResult(session, Kind.UNTRIED, "not tried: the connection was lost before");
  }

  /** The migration locks of releases before v2.5: their keys hang on the table's schema. */
  private String oldKeys() throws SQLException {
    Set<String> schemas = new TreeSet<>(Set.of("public"));
    connection
        .rows(ActStatement.MIGRATION_SCHEMAS.sql())
        .forEach(row -> schemas.add(row.text("schema")));
    return MigrationLock.oldKeys(request.database().name(), schemas).stream()
        .map(String::valueOf)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private SessionResult signal(PreparedStatement statement, Session session, String oldKeys) {
    try {
      List<Row> answer =
          ActingConnection.rows(
              statement,
              session.pid(),
              session.backendStart(),
              request.manner().name(),
              request.grounds().name(),
              request.database().name(),
              session.statement().orElse(null),
              oldKeys);
      return answer.isEmpty() ? gone(session) : told(session, answer.get(0));
    } catch (SQLException e) {
      return failed(session, e);
    }
  }

  private static SessionResult gone(Session session) {
    return new SessionResult(session, Kind.GONE, "gone already");
  }

  private SessionResult told(Session session, Row row) {
    if (row.optional("kept").isPresent()) {
      return new SessionResult(session, Kind.LEFT, row.text("kept"));
    }
    statements.put(session.pid(), row.text("query_start"));
    return row.flag("signalled")
        ? new SessionResult(session, Kind.SIGNALLED, "signalled")
        : gone(session);
  }

  private SessionResult failed(Session session, SQLException failure) {
    if (StatementOutcome.provesNothingDone(failure)) {
      String why =
          Failures.state(failure).equals(Failures.NO_RIGHT)
              ? "role %s may not %s it (42501)"
                  .formatted(connection.address().user(), request.manner().word())
              : Failures.asking(failure, connection.address());
      return new SessionResult(session, Kind.REFUSED, "refused: " + why);
    }
    lost = Failures.breaksConnection(failure);
    return new SessionResult(
        session,
        Kind.UNSURE,
        "sent, but not answered: " + Failures.asking(failure, connection.address()));
  }

  private List<SessionResult> watched(List<SessionResult> fates) {
    List<SessionResult> open = fates.stream().filter(SessionResult::open).toList();
    if (open.isEmpty()) {
      return fates;
    }
    try {
      List<SessionResult> seen =
          new Departure(connection, request.manner(), patience).await(open, statements);
      return fates.stream()
          .map(fate -> open.contains(fate) ? seen.get(open.indexOf(fate)) : fate)
          .toList();
    } catch (SQLException e) {
      lost = true;
      return fates;
    }
  }

  private Outcome outcome(List<SessionResult> fates) {
    String summary = fates.size() == 1 ? fates.get(0).line() : counted(fates);
    List<String> parts = fates.stream().map(SessionResult::line).toList();
    if (lost || fates.stream().anyMatch(fate -> fate.kind() == Kind.UNSURE)) {
      return Outcome.unknown(lost ? "the connection was lost: " + summary : summary).with(parts);
    }
    boolean done =
        fates.stream().anyMatch(SessionResult::signalled)
            || fates.stream().allMatch(fate -> fate.kind() == Kind.GONE);
    return (done ? Outcome.done(summary) : Outcome.refused(summary)).with(parts);
  }

  private String counted(List<SessionResult> fates) {
    return "%d sessions: ".formatted(fates.size())
        + Arrays.stream(Kind.values())
            .filter(kind -> count(fates, kind) > 0)
            .map(kind -> count(fates, kind) + " " + word(kind))
            .collect(Collectors.joining(", "));
  }

  private String word(Kind kind) {
    boolean ended = kind == Kind.ENDED;
    return ended
        ? request.manner() == EndRequest.Manner.CANCEL ? "cancelled" : "ended"
        : kind.counted();
  }

  private static long count(List<SessionResult> fates, Kind kind) {
    return fates.stream().filter(fate -> fate.kind() == kind).count();
  }
}
