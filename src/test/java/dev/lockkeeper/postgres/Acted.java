package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.action.EndRequest.Session;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A database upon which a role acts, and what an operator saw of it before.
 *
 * @param scene the database and its sessions
 * @param server where it is
 * @param admin a superuser's session, for looks
 */
record Acted(Scene scene, TestServer server, Connection admin) implements AutoCloseable {
  static Acted upon(TestServer server) throws Exception {
    Scene scene = Scene.coder(server);
    Acted acted = new Acted(scene, server, scene.session(server.superuser()));
    acted.role("signaller", "LOGIN PASSWORD '%s' IN ROLE pg_monitor, pg_signal_backend");
    acted.role("keeper", "LOGIN PASSWORD '%s' IN ROLE pg_monitor, coder");
    return acted;
  }

  /** Roles belong to the server and stay for the next scene. */
  void role(String name, String rights) throws SQLException {
    Scene.run(
        admin,
        "DO $$ BEGIN CREATE ROLE %s %s; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            .formatted(name, rights.formatted(Scene.PASSWORD)));
  }

  PostgresOperations as(String role) {
    return new PostgresOperations(scene.address(role), Duration.ofSeconds(5));
  }

  DatabaseIdentity identity() throws Exception {
    return DatabaseConnection.probe(scene.address("monitor"));
  }

  /** The session as the wizard saw it. */
  Session seen(int pid) throws SQLException {
    String of = " FROM pg_stat_activity WHERE pid = " + pid;
    Scene.run(admin, "SET timezone = 'UTC'");
    return new Session(
        pid,
        Scene.ask(admin, "SELECT backend_start::text" + of),
        Scene.ask(admin, "SELECT coalesce(usename, '')" + of),
        "somebody");
  }

  EndRequest end(Grounds grounds, Connection... sessions) throws Exception {
    return request(Manner.TERMINATE, grounds, pids(sessions));
  }

  EndRequest cancel(Grounds grounds, Connection... sessions) throws Exception {
    return request(Manner.CANCEL, grounds, pids(sessions));
  }

  EndRequest request(Manner manner, Grounds grounds, List<Integer> pids) throws Exception {
    List<Session> seen = new ArrayList<>();
    for (int pid : pids) {
      seen.add(seen(pid));
    }
    return new EndRequest(identity(), manner, grounds, seen);
  }

  private static List<Integer> pids(Connection... sessions) throws SQLException {
    List<Integer> pids = new ArrayList<>();
    for (Connection session : sessions) {
      pids.add(Scene.pid(session));
    }
    return pids;
  }

  /** Another session of this role under this application name. */
  Connection named(String role, String application) throws Exception {
    Connection session = scene.session(role);
    Scene.run(session, "SET application_name = '" + application + "'");
    return session;
  }

  boolean there(int pid) throws SQLException {
    return !Scene.ask(admin, "SELECT pid FROM pg_stat_activity WHERE pid = " + pid).isEmpty();
  }

  static boolean lives(Connection session) {
    try {
      return Scene.ask(session, "SELECT 'here'").equals("here");
    } catch (SQLException gone) {
      return false;
    }
  }

  static void assertResult(Outcome outcome, Outcome.Result result) {
    assertThat(outcome.result()).as("%s", outcome).isEqualTo(result);
    assertThat(outcome.toString()).doesNotContain(Scene.PASSWORD);
  }

  @Override
  public void close() throws SQLException {
    scene.close();
  }
}
