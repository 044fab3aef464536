package dev.lockkeeper.postgres;

import static dev.lockkeeper.postgres.Acted.assertResult;
import static dev.lockkeeper.postgres.Acted.lives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.action.EndRequest.Session;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.snapshot.Database;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.PGReplicationStream;

/** Whom nobody may end survives, even if a request names it. */
interface BystanderContract {
  TestServer server();

  @Test
  default void replicationGoesOn() throws Exception {
    try (Acted acted = Acted.upon(server());
        Replication replication = Replication.of(acted)) {
      Connection victim = acted.scene().session();

      assertOnlyTheLastDies(
          acted, List.of(replication.pid(), Scene.pid(victim)), "protected: it replicates");

      Scene.run(acted.admin(), "INSERT INTO workspaces VALUES (7, 'after')");
      PGReplicationStream stream = replication.stream();
      await().until(() -> stream.readPending() != null);
    }
  }

  @Test
  default void autovacuumGoesOn() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection writer = acted.scene().session();
      Scene.run(
          writer,
          "CREATE TABLE junk WITH (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor"
              + " = 0, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1) AS"
              + " SELECT i, repeat('x', 200) AS filler FROM generate_series(1, 20000) AS i;DELETE"
              + " FROM junk WHERE i % 2 = 0");
      // A session reports what it did when it ends, at the latest.
      writer.close();
      Database seen = acted.scene().readUntil("monitor", database -> vacuum(database).isPresent());
      Connection victim = acted.scene().session();

      assertOnlyTheLastDies(
          acted, List.of(vacuum(seen).get(), Scene.pid(victim)), "protected: autovacuum");
    }
  }

  private static java.util.Optional<Integer> vacuum(Database database) {
    return database.backends().stream()
        .filter(backend -> backend.client().type().filter("autovacuum worker"::equals).isPresent())
        .filter(backend -> backend.query().contains("junk"))
        .map(dev.lockkeeper.snapshot.Backend::pid)
        .findFirst();
  }

  @Test
  default void aParallelQueryGoesOn() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection leader = acted.scene().session();
      Scene.run(
          leader,
          "CREATE TABLE wide AS SELECT i, repeat('x', 1900) AS filler FROM generate_series(1, 400)"
              + " AS i;SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0;SET"
              + " parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; ANALYZE wide");
      acted.scene().later(leader, "SELECT count(*) FROM wide WHERE pg_sleep(1)::text = ''");
      String workers =
          "SELECT min(pid) FROM pg_stat_activity WHERE leader_pid = %d AND pid <> leader_pid"
              .formatted(Scene.pid(leader));
      await().until(() -> Scene.ask(acted.admin(), workers) != null);
      int worker = Integer.parseInt(Scene.ask(acted.admin(), workers));
      Connection victim = acted.scene().session();

      assertOnlyTheLastDies(
          acted, List.of(worker, Scene.pid(victim)), "protected: a parallel worker");

      // A worker that was ended would have taken the whole query along.
      assertThat(
              Scene.ask(
                  acted.admin(),
                  "SELECT state FROM pg_stat_activity WHERE pid = " + Scene.pid(leader)))
          .isEqualTo("active");
      assertThat(Scene.ask(acted.admin(), workers)).isEqualTo(String.valueOf(worker));
    }
  }

  @Test
  default void lockkeepersOwnSessionsGoOn() throws Exception {
    try (Acted acted = Acted.upon(server());
        DatabaseConnection watching = DatabaseConnection.open(acted.scene().address("coder"))) {
      int own =
          Integer.parseInt(
              Scene.ask(
                  acted.admin(),
                  "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND"
                      + " application_name = 'lockkeeper'"));
      Connection victim = acted.scene().session();

      assertOnlyTheLastDies(
          acted, List.of(own, Scene.pid(victim)), "protected: Lockkeeper's own session");

      assertThat(watching.server().text("role")).isEqualTo("coder");
    }
  }

  @Test
  default void aBackupGoesOnByWhateverItIsCalled() throws Exception {
    for (String tool : List.of("pg_dump", "pgBackRest [backup]", "barman_streaming", "WAL-G")) {
      try (Acted acted = Acted.upon(server())) {
        Connection backup = acted.named("coder", tool);
        Scene.run(backup, "BEGIN; LOCK TABLE workspaces IN ACCESS SHARE MODE");
        acted.scene().later(acted.scene().migrator(), "ALTER TABLE workspaces ADD COLUMN x int");
        acted.scene().readUntil(database -> !database.waits().isEmpty());

        Outcome outcome =
            acted.as(server().superuser()).end(acted.end(Grounds.BLOCKS_MIGRATION, backup));

        assertResult(outcome, Result.REFUSED);
        assertThat(outcome.detail()).as(tool).endsWith("protected: a backup");
        assertThat(lives(backup)).isTrue();
      }
    }
  }

  @Test
  default void aRealDumpIsWrittenToItsEnd() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      org.junit.jupiter.api.Assumptions.assumeTrue(
          Dump.reads(server()), "there is no pg_dump for this version");
      Scene.run(
          acted.scene().session(),
          "CREATE TABLE much AS SELECT i, md5(i::text) AS filler FROM generate_series(1, 200000) AS"
              + " i");
      Dump dump = Dump.begin(acted.scene().address("coder"));
      String of =
          "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name"
              + " = 'pg_dump' AND query LIKE 'COPY%much%'";
      await().until(() -> !Scene.ask(acted.admin(), of).isEmpty());
      int dumping = Integer.parseInt(Scene.ask(acted.admin(), of));
      Connection victim = acted.scene().session();

      assertOnlyTheLastDies(acted, List.of(dumping, Scene.pid(victim)), "protected: a backup");

      assertThat(dump.end()).contains("PostgreSQL database dump complete");
    }
  }

  @Test
  default void theProvidersRoleGoesOn() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      acted.role("rdsadmin", "LOGIN PASSWORD '%s'");
      Connection provider = acted.scene().session("rdsadmin");
      Connection victim = acted.scene().session();

      assertOnlyTheLastDies(
          acted,
          List.of(Scene.pid(provider), Scene.pid(victim)),
          "protected: the provider's role rdsadmin");
    }
  }

  /** As a role that may signal, and as a superuser, who could end all of them. */
  private void assertOnlyTheLastDies(Acted acted, List<Integer> pids, String why) throws Exception {
    EndRequest request = acted.request(Manner.TERMINATE, Grounds.DATABASE, pids);
    List<Session> kept = request.sessions().subList(0, pids.size() - 1);
    Outcome boss =
        acted
            .as(server().superuser())
            .end(new EndRequest(request.database(), Manner.TERMINATE, Grounds.DATABASE, kept));
    Outcome outcome = acted.as("signaller").end(request);

    assertResult(boss, Result.REFUSED);
    assertResult(outcome, Result.DONE);
    assertThat(boss.parts()).allMatch(part -> part.contains(why));
    assertThat(outcome.parts().get(0)).contains(why);
    assertThat(outcome.parts().get(pids.size() - 1)).endsWith("ended");
    for (Session each : kept) {
      assertThat(acted.seen(each.pid()).same(each)).as("pid %d lives", each.pid()).isTrue();
    }
  }
}
