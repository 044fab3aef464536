package dev.lockkeeper.postgres;

import static dev.lockkeeper.postgres.Acted.assertResult;
import static dev.lockkeeper.postgres.Acted.lives;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.RepairRequest;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.SchemaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** What the roles of docs/lockkeeper-role.sql may and may not do. */
interface RoleContract {
  TestServer server();

  private static Acted granted(TestServer server) throws Exception {
    Acted acted = Acted.upon(server);
    Scene.run(acted.admin(), Files.readString(Path.of("docs", "lockkeeper-role.sql")));
    acted.role("eve_reads", "LOGIN PASSWORD '%s' IN ROLE lockkeeper_reader");
    acted.role("adam_acts", "LOGIN PASSWORD '%s' IN ROLE lockkeeper_actor");
    return acted;
  }

  @Test
  default void theReaderReadsEverything() throws Exception {
    try (Acted acted = granted(server());
        DatabaseConnection connection =
            DatabaseConnection.open(acted.scene().address("eve_reads"))) {
      acted.scene().oldReplica();
      Database seen =
          Scene.read(
              new DatabaseReader(
                  connection, new SlowFacts(acted.scene().address("eve_reads"), Pace.normal())));

      assertThat(seen.rights().seesAll()).isTrue();
      assertThat(seen.rights().maySignal()).isFalse();
      assertThat(seen.hidden()).isZero();
      assertThat(seen.identity().systemIdentifier()).isNotEmpty();
      assertThat(seen.schema()).isEqualTo(SchemaTable.read("public", 362, false));
      assertThat(seen.load().growth().walBytes()).isPositive();
      assertThat(seen.replicas().reason()).isEmpty();
      assertThat(seen.usage().builds().reason()).isEmpty();
      assertThat(seen.coder().apiKeys().reason()).isEmpty();
      assertThat(seen.load().tables().value().orElseThrow()).isNotEmpty();
      assertThat(seen.load().slots().reason()).isEmpty();
      assertThat(connection.ask(ReadSettings.tablesOf("public"), Question.API_KEYS_ESTIMATE.sql()))
          .hasSize(1);
      assertThat(connection.ask(ReadSettings.catalog(), Question.WAITS.sql().replace(":pids", "1")))
          .hasSize(1);
    }
  }

  @Test
  default void theReaderEndsNobodyAndTheActorEverybodyButSuperusers() throws Exception {
    try (Acted acted = granted(server())) {
      Connection coderd = acted.scene().session();
      Connection other = acted.scene().session("watcher");
      Connection boss = acted.scene().session(server().superuser());
      EndRequest request = acted.end(Grounds.DATABASE, coderd, other, boss);

      Outcome reader = acted.as("eve_reads").end(request);
      Outcome actor = acted.as("adam_acts").end(request);

      assertResult(reader, Result.REFUSED);
      assertThat(reader.detail()).isEqualTo("3 sessions: 1 left alone, 2 refused");
      assertResult(actor, Result.DONE);
      assertThat(actor.detail()).isEqualTo("3 sessions: 2 ended, 1 left alone");
      assertThat(lives(boss)).isTrue();
    }
  }

  @Test
  default void whatTakesAnOwnerSaysSo() throws Exception {
    try (Acted acted = granted(server())) {
      Scene.run(acted.admin(), "UPDATE schema_migrations SET dirty = true");
      Scene.run(acted.scene().session(), "BEGIN; LOCK TABLE users; PREPARE TRANSACTION 'owned'");
      try {
        PostgresOperations actor = acted.as("adam_acts");
        PreparedTransaction seen = acted.scene().read("adam_acts").prepared().get(0);

        Outcome prepared =
            actor.rollBack(
                new PreparedRequest(acted.identity(), seen.gid(), seen.owner(), seen.preparedAt()));
        Outcome limit = actor.limit(new ConnectionLimitRequest(acted.identity(), -1, 0));
        RepairRequest repair = new RepairRequest(acted.identity(), "public", 362, 361);
        Outcome without = actor.repair(repair);
        Scene.run(acted.admin(), "GRANT UPDATE ON schema_migrations TO adam_acts");
        Outcome with = actor.repair(repair);

        assertResult(prepared, Result.REFUSED);
        assertThat(prepared.detail()).contains("only its owner or a superuser may (42501)");
        assertResult(limit, Result.REFUSED);
        assertThat(limit.detail()).contains("only the owner of the database or a superuser may");
        assertResult(without, Result.REFUSED);
        assertThat(without.detail()).contains("a role with UPDATE on it may (42501)");
        assertResult(with, Result.DONE);
      } finally {
        Scene.run(acted.scene().session(), "ROLLBACK PREPARED 'owned'");
      }
    }
  }
}
