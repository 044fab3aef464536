package dev.lockkeeper.postgres;

import static dev.lockkeeper.postgres.Acted.assertResult;
import static dev.lockkeeper.postgres.Acted.lives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.RepairRequest;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Acts while something goes wrong: the network, the server, the session itself. */
class ActFaultsTest {
  private static StoppableServer server;

  @BeforeAll
  static void start() throws Exception {
    server = StoppableServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** One request of each kind. */
  private static List<Function<PostgresOperations, Outcome>> everyAct(DatabaseIdentity where) {
    EndRequest end =
        new EndRequest(
            where,
            Manner.TERMINATE,
            Grounds.DATABASE,
            List.of(new EndRequest.Session(1, "2020-01-01 00:00:00+00", "coder", "x")));
    return List.of(
        to -> to.end(end),
        to -> to.rollBack(new PreparedRequest(where, "g", "coder", "2020-01-01 00:00:00+00")),
        to -> to.limit(new ConnectionLimitRequest(where, -1, 0)),
        to -> to.repair(new RepairRequest(where, "public", 362, 361)));
  }

  private static void assertAllRefused(
      PostgresOperations operations, DatabaseIdentity where, String why) {
    for (Function<PostgresOperations, Outcome> act : everyAct(where)) {
      Outcome outcome = act.apply(operations);
      assertResult(outcome, Result.REFUSED);
      assertThat(outcome.detail()).startsWith("nothing was sent: ").contains(why);
    }
  }

  @Test
  void nothingIsDoneThroughAPooler() throws Exception {
    try (Acted acted = Acted.upon(server.access());
        WireRelay relay = new WireRelay(server.access())) {
      relay.pool();
      PostgresOperations pooled = new PostgresOperations(relay.to(acted.scene().address("coder")));

      assertAllRefused(pooled, acted.identity(), "a connection pooler stands between");
    }
  }

  @Test
  void nothingIsDoneOnAnotherServerOrAnotherRunOfIt() throws Exception {
    try (Acted acted = Acted.upon(server.access())) {
      DatabaseIdentity here = acted.identity();

      assertAllRefused(
          acted.as("coder"), altered(here, "1", here.startedAt()), "this is another server");
      assertAllRefused(
          acted.as("coder"),
          altered(here, here.systemIdentifier(), "2020-01-01T00:00:00.000000Z"),
          "the server was restarted since");
    }
  }

  private static DatabaseIdentity altered(DatabaseIdentity of, String system, String started) {
    return new DatabaseIdentity(
        of.host(), of.port(), of.name(), of.user(), system, started, of.version(), false);
  }

  @Test
  void nothingIsDoneOnAStandbyOrAServerThatIsDown() throws Exception {
    try (StoppableServer own = StoppableServer.start();
        Acted acted = Acted.upon(own.access())) {
      DatabaseIdentity before = acted.identity();
      PostgresOperations coder = acted.as("coder");
      own.stop();
      assertAllRefused(coder, before, "Nothing accepts connections");
      own.becomeStandby();
      own.resume();
      assertAllRefused(coder, before, "is a standby now");
    }
  }

  @Test
  void twoHundredSessionsEndQuickly() throws Exception {
    try (Acted acted = Acted.upon(server.access())) {
      List<Integer> pids = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        pids.add(Scene.pid(acted.scene().session()));
      }
      EndRequest request = acted.request(Manner.TERMINATE, Grounds.DATABASE, pids);
      long start = System.nanoTime();

      Outcome outcome = acted.as("coder").end(request);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertResult(outcome, Result.DONE);
      assertThat(outcome.detail()).isEqualTo("200 sessions: 200 ended");
      assertThat(outcome.parts()).hasSize(200);
    }
  }

  @Test
  void aSessionThatCannotReactIsSaidToBeThereStill() throws Exception {
    try (Acted acted = Acted.upon(server.access())) {
      int pid = Scene.pid(acted.scene().session());
      EndRequest request = acted.request(Manner.TERMINATE, Grounds.DATABASE, List.of(pid));
      kill("-STOP", pid);
      try {
        Outcome outcome =
            new PostgresOperations(acted.scene().address("coder"), Duration.ofMillis(700))
                .end(request);

        assertResult(outcome, Result.DONE);
        assertThat(outcome.detail()).isEqualTo(pid + " coder: signalled, still there after 0.7 s");
      } finally {
        kill("-CONT", pid);
      }
      await().until(() -> !acted.there(pid));
    }
  }

  private static void kill(String signal, int pid) throws Exception {
    assertThat(new ProcessBuilder("kill", signal, String.valueOf(pid)).start().waitFor()).isZero();
  }

  @Test
  void aConnectionThatBreaksInBetweenLeavesItOpenWhatWasDone() throws Exception {
    try (Acted acted = Acted.upon(server.access());
        WireRelay relay = new WireRelay(server.access())) {
      Connection first = acted.scene().session();
      Connection second = acted.scene().session();
      Connection third = acted.scene().session();
      EndRequest request = acted.end(Grounds.DATABASE, first, second, third);
      relay.breakAfter("Ends one session", 2);

      Outcome outcome =
          new PostgresOperations(relay.to(acted.scene().address("coder"))).end(request);

      assertResult(outcome, Result.UNKNOWN);
      assertThat(outcome.parts().get(0)).endsWith("signalled");
      assertThat(outcome.parts().get(1)).contains("sent, but not answered: the connection");
      assertThat(outcome.parts().get(2)).contains("not tried");
      assertThat(lives(first)).isFalse();
      assertThat(lives(second)).isFalse();
      assertThat(lives(third)).isTrue();
    }
  }

  @Test
  void whetherACommitWithoutAnAnswerWasMadeIsNotKnown() throws Exception {
    try (Acted acted = Acted.upon(server.access());
        WireRelay relay = new WireRelay(server.access())) {
      Scene.run(acted.admin(), "UPDATE schema_migrations SET dirty = true");
      relay.breakAfter("\0COMMIT\0", 1);

      Outcome outcome =
          new PostgresOperations(relay.to(acted.scene().address("coder")))
              .repair(new RepairRequest(acted.identity(), "public", 362, 361));

      assertResult(outcome, Result.UNKNOWN);
      assertThat(Scene.ask(acted.admin(), "SELECT version FROM schema_migrations"))
          .isEqualTo("361");
    }
  }

  @Test
  void whatBrokeBeforeTheCommitWasCertainlyNotDone() throws Exception {
    try (Acted acted = Acted.upon(server.access());
        WireRelay relay = new WireRelay(server.access())) {
      Scene.run(acted.admin(), "UPDATE schema_migrations SET dirty = true");
      relay.breakAfter("UPDATE", 1);

      Outcome outcome =
          new PostgresOperations(relay.to(acted.scene().address("coder")))
              .repair(new RepairRequest(acted.identity(), "public", 362, 361));

      assertResult(outcome, Result.REFUSED);
      assertThat(outcome.detail()).startsWith("nothing was changed: the connection");
      assertThat(Scene.ask(acted.admin(), "SELECT version FROM schema_migrations"))
          .isEqualTo("362");
    }
  }

  @Test
  void aRollbackWithoutAnAnswerIsNotKnownAndAClosedDoorNeither() throws Exception {
    try (Acted acted = Acted.upon(server.access());
        WireRelay prepared = new WireRelay(server.access());
        WireRelay door = new WireRelay(server.access())) {
      Scene.run(acted.scene().session(), "BEGIN; LOCK TABLE users; PREPARE TRANSACTION 'g'");
      PreparedTransaction seen = acted.scene().read().prepared().get(0);
      DatabaseIdentity here = acted.identity();
      prepared.breakAfter("ROLLBACK PREPARED 'g'", 1);
      door.breakAfter("\0COMMIT\0", 1);

      Outcome rolledBack =
          new PostgresOperations(prepared.to(acted.scene().address("coder")))
              .rollBack(new PreparedRequest(here, seen.gid(), seen.owner(), seen.preparedAt()));
      Outcome closed =
          new PostgresOperations(door.to(acted.scene().address("coder")))
              .limit(new ConnectionLimitRequest(here, -1, 0));

      assertResult(rolledBack, Result.UNKNOWN);
      assertResult(closed, Result.UNKNOWN);
      assertThat(Scene.ask(acted.admin(), "SELECT count(*) FROM pg_prepared_xacts")).isEqualTo("0");
    }
  }

  @Test
  void anotherWayInIsRememberedForTheWayBack() throws Exception {
    try (Acted acted = Acted.upon(server.access());
        Scene side = Scene.empty(server.access())) {
      acted.role("shut_in", "LOGIN PASSWORD '%s'");
      DatabaseIdentity here = acted.identity();
      String way = DatabaseConnection.probe(side.address("coder")).name();
      Scene.run(acted.admin(), "ALTER DATABASE %s OWNER TO shut_in".formatted(here.name()));
      others(acted, "REVOKE CONNECT ON DATABASE %s FROM PUBLIC", here.name(), way);
      try {
        PostgresOperations operations = acted.as("shut_in");

        Outcome closed = operations.limit(new ConnectionLimitRequest(here, -1, 0));
        Outcome opened = operations.limit(new ConnectionLimitRequest(here, 0, -1));

        assertResult(closed, Result.DONE);
        assertThat(closed.detail()).contains("through database " + way);
        assertResult(opened, Result.DONE);
      } finally {
        others(acted, "GRANT CONNECT ON DATABASE %s TO PUBLIC", here.name(), way);
      }
    }
  }

  private static void others(Acted acted, String change, String... but) throws Exception {
    String names =
        Scene.ask(
            acted.admin(),
            "SELECT string_agg(datname, ',') FROM pg_database WHERE datallowconn AND datname NOT IN ('%s', '%s')"
                .formatted((Object[]) but));
    for (String name : names.split(",")) {
      Scene.run(acted.admin(), change.formatted(name));
    }
  }
}
