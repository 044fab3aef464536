package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Sessions that lock tables, rows and advisory keys by chance and get into each other's way. One
 * step follows the other only when whoever cannot go on stands in its queue.
 */
final class Crowd implements AutoCloseable {
  private static final int SESSIONS = 9;

  /** So many of a wild crowd build indexes. */
  private static final int BUILDERS = 2;

  /** A function that is read by a parallel worker, which then waits for b. */
  private static final String WILD =
      "CREATE INDEX a_id ON a (id);"
          + "CREATE FUNCTION peek() RETURNS bigint LANGUAGE plpgsql PARALLEL SAFE"
          + " AS 'BEGIN RETURN (SELECT count(*) FROM b); END'";

  private static final String[] MODES = {
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE"
  };
  private static final String[] ROWS = {"UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"};

  private final Scene scene;
  private final Random random;
  private final Connection observer;
  private final List<Connection> sessions = new ArrayList<>();
  private final Map<Integer, CompletableFuture<Void>> busy = new TreeMap<>();
  private final List<String> story = new ArrayList<>();
  private final boolean wild;
  private int prepared;

  private Crowd(TestServer server, Random random, boolean wild) throws Exception {
    this.wild = wild;
    this.scene = Scene.empty(server);
    this.random = random;
    this.observer = scene.session(server.superuser());
    Scene.run(
        observer,
        "CREATE TABLE a AS SELECT id, 0 AS n FROM generate_series(1, 3) AS id;"
            + "CREATE TABLE b (LIKE a)");
    if (wild) {
      Scene.run(observer, WILD);
    }
    for (int i = 0; i < SESSIONS; i++) {
      Connection session = scene.session(server.superuser());
      // The deadlock detector would reorder queues and end sessions.
      Scene.run(session, "SET deadlock_timeout = '1h'");
      if (wild) {
        Scene.run(session, parallel());
      }
      if (!autocommits(i)) {
        Scene.run(session, "BEGIN");
      }
      sessions.add(session);
    }
  }

  static Crowd gather(TestServer server, Random random) throws Exception {
    return new Crowd(server, random, false);
  }

  /**
   * One in which, besides, some build indexes concurrently outside of a transaction, some have
   * parallel workers that wait, and some take the migration lock.
   */
  static Crowd wild(TestServer server, Random random) throws Exception {
    return new Crowd(server, random, true);
  }

  /** The setting that lets a worker do what the leader would have done alone. */
  private String parallel() throws SQLException {
    int version = Integer.parseInt(Scene.ask(observer, "SHOW server_version_num"));
    return "SET %s = on; SET max_parallel_workers_per_gather = 2"
        .formatted(version >= 160000 ? "debug_parallel_query" : "force_parallel_mode");
  }

  private boolean autocommits(int index) {
    return wild && index < BUILDERS;
  }

  /** Whether this session commits each statement by itself. */
  boolean autocommits(Integer pid) throws SQLException {
    for (int i = 0; i < sessions.size(); i++) {
      if (Scene.pid(sessions.get(i)) == pid) {
        return autocommits(i);
      }
    }
    return false;
  }

  DatabaseAddress address() {
    return scene.address("monitor");
  }

  /** What happened until now. */
  String story() {
    return String.join("\n", story);
  }

  Connection observer() {
    return observer;
  }

  /** Ends this session, or rolls back this prepared transaction. */
  void end(int pid) throws SQLException {
    story.add("ended: " + pid);
    Scene.run(observer, "SELECT pg_terminate_backend(" + pid + ")");
    // A signal is not an end: on a busy machine the session holds its locks for a while.
    String there = "SELECT pid FROM pg_stat_activity WHERE pid = " + pid;
    Awaitility.await().until(() -> Scene.ask(observer, there).isEmpty());
  }

  void rollBack(String gid) throws SQLException {
    story.add("rolled back: " + gid);
    Scene.run(observer, "ROLLBACK PREPARED '" + gid + "'");
  }

  /** Who waits now. */
  List<Integer> waiting() throws SQLException {
    List<Integer> pids = new ArrayList<>();
    for (Connection session : sessions) {
      if (busy.containsKey(Scene.pid(session))) {
        pids.add(Scene.pid(session));
      }
    }
    return pids;
  }

  /**
   * One of those who do not wait does something.
   *
   * @return false when nothing more can be known: a session was turned down, and let go of all it
   *     had at once
   */
  boolean step() throws Exception {
    List<Connection> free = new ArrayList<>();
    for (Connection session : sessions) {
      if (!busy.containsKey(Scene.pid(session))) {
        free.add(session);
      }
    }
    return free.size() < 2 ? false : act(free.get(random.nextInt(free.size())));
  }

  private boolean act(Connection session) throws Exception {
    int pid = Scene.pid(session);
    String sql = autocommits(sessions.indexOf(session)) ? building() : next(session, pid);
    story.add(pid + ": " + sql);
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread = new Thread(() -> run(session, sql, done));
    thread.setDaemon(true);
    thread.start();
    busy.put(pid, done);
    while (!done.isDone() && !stands(pid)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    if (done.isDone()) {
      busy.remove(pid);
    } else if (wild) {
      // Who arrives within the same moment stands in no certain order, and less can be compared.
      TimeUnit.MILLISECONDS.sleep(21);
    }
    return !done.isCompletedExceptionally();
  }

  private String next(Connection session, int pid) throws SQLException {
    if (!blocksAnybody(pid) && random.nextInt(12) == 0) {
      return ending(session);
    }
    return switch (wild ? random.nextInt(12) : -1) {
      case 0 -> "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")";
      case 1 -> "SELECT peek() FROM a";
      default -> something();
    };
  }

  private String building() {
    String table = random.nextBoolean() ? "a" : "b";
    return switch (random.nextInt(4)) {
      case 0 -> "REINDEX INDEX CONCURRENTLY a_id";
      case 1 -> "REINDEX TABLE CONCURRENTLY " + table;
      default -> "CREATE INDEX CONCURRENTLY ON %s (id)".formatted(table);
    };
  }

  private static void run(Connection session, String sql, CompletableFuture<Void> done) {
    try {
      Scene.run(session, sql);
      done.complete(null);
    } catch (SQLException e) {
      done.completeExceptionally(e);
    }
  }

  /** Whether it has joined a queue and its moment of arrival is written down. */
  private boolean stands(int pid) throws SQLException {
    String wait =
        "SELECT count(*) FROM pg_locks AS l JOIN pg_stat_activity AS s ON s.pid = l.pid WHERE NOT"
            + " l.granted AND coalesce(s.leader_pid, s.pid) = %d AND coalesce(to_jsonb(l) ->>"
            + " 'waitstart', '%s') <> ''";
    boolean says = Integer.parseInt(Scene.ask(observer, "SHOW server_version_num")) >= 140000;
    return !Scene.ask(observer, wait.formatted(pid, says ? "" : "unknown")).equals("0");
  }

  /**
   * Several who are woken at once join their next queue at once, and then even the server's moments
   * of arrival are not in the order of the queue. So nobody is woken.
   */
  private boolean blocksAnybody(int pid) throws SQLException {
    String anybody =
        "SELECT count(*) FROM pg_locks AS l WHERE NOT l.granted AND %d = ANY"
            + " (pg_blocking_pids(l.pid))";
    return !Scene.ask(observer, anybody.formatted(pid)).equals("0");
  }

  private String something() {
    String table = random.nextBoolean() ? "a" : "b";
    int id = 1 + random.nextInt(3);
    return switch (random.nextInt(8)) {
      case 0, 1, 2 ->
          "LOCK TABLE %s IN %s MODE".formatted(table, MODES[random.nextInt(MODES.length)]);
      case 3 ->
          "SELECT FROM a WHERE id = %d FOR %s".formatted(id, ROWS[random.nextInt(ROWS.length)]);
      case 4 -> "UPDATE a SET n = n + 1 WHERE id = " + id;
      case 5 ->
          "SELECT pg_advisory_xact_lock%s(%d)".formatted(random.nextBoolean() ? "_shared" : "", id);
      case 6 ->
          "SELECT pg_advisory_lock%s(0, %d)".formatted(random.nextBoolean() ? "_shared" : "", id);
      default -> "SELECT n FROM " + table;
    };
  }

  private String ending(Connection session) {
    int tag = System.identityHashCode(session);
    return switch (random.nextInt(3)) {
      case 0 -> "COMMIT; BEGIN";
      case 1 -> "ROLLBACK; BEGIN";
      default ->
          prepared++ < 3
              ? "PREPARE TRANSACTION 'p%d_%d'; BEGIN".formatted(prepared, tag)
              : "COMMIT; BEGIN";
    };
  }

  /** Everybody is sent home, prepared transactions too. */
  @Override
  public void close() throws SQLException {
    Scene.run(
        observer,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid()");
    String gid = "SELECT min(gid) FROM pg_prepared_xacts WHERE database = current_database()";
    for (String left = Scene.ask(observer, gid); left != null; left = Scene.ask(observer, gid)) {
      Scene.run(observer, "ROLLBACK PREPARED '" + left + "'");
    }
    scene.close();
  }
}
