package dev.lockkeeper.postgres;

import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.action.EndRequest.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks until signalled sessions are really gone, or their statements ended, or for some seconds.
 * That PostgreSQL sent a signal does not mean that anybody heard it.
 */
final class Departure {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private final ActingConnection connection;
  private final Manner manner;
  private final Duration patience;

  Departure(ActingConnection connection, Manner manner, Duration patience) {
    this.connection = connection;
    this.manner = manner;
    this.patience = patience;
  }

  /**
   * Waits for them all together.
   *
   * @param fates those that were signalled, or may have been
   * @param statements since when the statement ran that was cancelled, by process id
   * @return what became of each, in the same order
   * @throws SQLException if the connection broke
   */
  List<SessionResult> await(List<SessionResult> fates, Map<Integer, String> statements)
      throws SQLException {
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    while (true) {
      Map<Integer, Row> there = look(fates);
      Duration waited = atMost(Duration.ofNanos(System.nanoTime() - start));
      List<SessionResult> now = new ArrayList<>();
      for (SessionResult fate : fates) {
        now.add(
            judge(fate, Optional.ofNullable(there.get(fate.session().pid())), statements, waited));
      }
      boolean settled = now.stream().noneMatch(SessionResult::open);
      if (settled || waited.equals(patience) || !slept(pause)) {
        return now;
      }
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private Map<Integer, Row> look(List<SessionResult> fates) throws SQLException {
    List<Integer> pids = fates.stream().map(SessionResult::session).map(Session::pid).toList();
    List<String> starts =
        fates.stream().map(SessionResult::session).map(Session::backendStart).toList();
    Map<Integer, Row> there = new HashMap<>();
    connection
        .rows(
            ActStatement.STILL_THERE.sql(),
            connection.array("int4", pids),
            connection.array("timestamptz", starts))
        .forEach(row -> there.put(row.number("pid"), row));
    return there;
  }

  private SessionResult judge(
      SessionResult fate, Optional<Row> there, Map<Integer, String> statements, Duration waited) {
    if (there.isEmpty()) {
      return fate.now(SessionResult.Kind.ENDED, "ended");
    }
    if (manner == Manner.CANCEL
        && !goesOn(there.get(), statements.getOrDefault(fate.session().pid(), ""))) {
      return fate.now(SessionResult.Kind.ENDED, after(there.get().text("state")));
    }
    String doing = manner == Manner.CANCEL ? "still at its statement" : "still there";
    return fate.kind() == SessionResult.Kind.UNSURE
        ? fate.now(SessionResult.Kind.UNSURE, "sent, but not answered in time; " + doing)
        : fate.now(
            SessionResult.Kind.SIGNALLED,
            "signalled, %s after %s".formatted(doing, seconds(waited)));
  }

  private Duration atMost(Duration elapsed) {
    return elapsed.compareTo(patience) < 0 ? elapsed : patience;
  }

  private static boolean goesOn(Row row, String statement) {
    return !row.text("state").startsWith("idle") && row.text("query_start").equals(statement);
  }

  private static String after(String state) {
    return state.equals("idle in transaction")
        ? "its statement ended; its transaction is still open and keeps its locks"
        : "its statement ended";
  }

  private static String seconds(Duration length) {
    long tenths = length.toMillis() / 100;
    return (tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0)) + " s";
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
