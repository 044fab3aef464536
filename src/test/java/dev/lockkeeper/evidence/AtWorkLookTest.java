package dev.lockkeeper.evidence;

import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_WORKS;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATOR_HELD_UP;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATOR_WILL_END;
import static dev.lockkeeper.diagnosis.Finding.Kind.NOBODY_MIGRATES;
import static dev.lockkeeper.diagnosis.Finding.Kind.SILENT_MIGRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resources;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** What "it works" means: on real servers, beside all that only looks like it. */
class AtWorkLookTest {
  private static final String LOCK = "1037453835920848937";
  private static final String BEGIN =
      "BEGIN; SELECT pg_advisory_xact_lock(" + LOCK + "); TRUNCATE schema_migrations";
  private static final String POD = "coder-5d-a";

  @TempDir Path directory;

  private static Connection migrator(Look look) throws Exception {
    Connection migrator = look.coderd("127.0.0.1");
    Scene.run(migrator, BEGIN);
    look.cluster.status(
        Resources.PODS,
        POD,
        pod -> ((ObjectNode) pod.at("/status/conditions/0")).put("status", "False"));
    return migrator;
  }

  /** Held up for longer than a moment. */
  private static Finding urgent(Look look) {
    look.until(
        seen ->
            Diagnosis.of(seen, look.knowledge).stream()
                .filter(each -> each.kind() == MIGRATOR_HELD_UP)
                .anyMatch(each -> each.urgency() == Finding.Urgency.ACT));
    return look.found(MIGRATOR_HELD_UP);
  }

  @Test
  void aMigratorThatRunsAStatementWorks() throws Exception {
    try (Look look = Look.open(directory)) {
      look.database.later(migrator(look), "SELECT pg_sleep(9)");

      assertThat(look.found(MIGRATION_WORKS).headline()).contains("nothing blocks it");
      assertThat(look.finding(MIGRATOR_HELD_UP)).isEmpty();
      assertThat(look.finding(NOBODY_MIGRATES)).isEmpty();
    }
  }

  @Test
  void aCommitThatWaitsForAStandbyDoesNotWork() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection boss = look.database.session("boss");
      Connection migrator = migrator(look);
      Scene.run(migrator, "ALTER TABLE workspaces ADD COLUMN x int");
      try {
        Scene.run(boss, "ALTER SYSTEM SET synchronous_standby_names = 'gone'");
        Scene.run(boss, "SELECT pg_reload_conf()");
        // The checkpointer, which tells all others, needs a moment.
        Scene.ask(boss, "SELECT pg_sleep(1)");
        look.database.later(migrator, "COMMIT");

        Finding found = urgent(look);
        assertThat(found.headline()).contains("waits for a synchronous standby");
        assertThat(look.finding(MIGRATION_WORKS)).isEmpty();
      } finally {
        Scene.run(boss, "ALTER SYSTEM RESET synchronous_standby_names");
        Scene.run(boss, "SELECT pg_reload_conf()");
      }
      look.until(seen -> MigrationState.of(seen).migrator().isEmpty());
      assertThat(look.finding(MIGRATOR_HELD_UP)).isEmpty();
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsItsMigrationUp() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection migrator = migrator(look);
      migrator
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT");

      Finding found = urgent(look);
      assertThat(found.headline()).contains("it does not read");
      assertThat(look.finding(MIGRATION_WORKS)).isEmpty();
    }
  }

  @Test
  void whoTookTheLockForASessionAndDoesNothingDoesNotMigrate() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection psql = look.database.session("coder", "127.0.0.9", "psql");
      Scene.run(psql, "SELECT pg_advisory_lock(" + LOCK + ")");

      Finding found = look.found(NOBODY_MIGRATES);
      assertThat(found.headline()).contains("psql", "does not migrate");
      assertThat(look.finding(MIGRATION_WORKS)).isEmpty();
      assertThat(MigrationState.of(look.look()).headline()).contains("does not migrate");
    }
  }

  /** Where the image names no version it may be between two migrations; but not for so long. */
  @Test
  void whoKeepsTheLockAndSendsNothingIsNotSaidToWork() throws Exception {
    try (Look look = Look.open(directory)) {
      look.cluster.edit(
          Resources.DEPLOYMENTS,
          "coder",
          each ->
              ((ObjectNode) each.at("/spec/template/spec/containers/1"))
                  .put("image", "registry.local/coder:prod"));
      Connection psql = look.database.session("coder", "127.0.0.9", "psql");
      Scene.run(psql, "SELECT pg_advisory_lock(" + LOCK + ")");
      Scene.ask(look.database.session("boss"), "SELECT pg_sleep(31)");

      assertThat(look.found(SILENT_MIGRATOR).headline()).contains("has sent no statement for 3");
      assertThat(look.finding(MIGRATION_WORKS)).isEmpty();
    }
  }

  @Test
  void workOfAClientThatCannotBeToldMayBeInVain() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection elsewhere = look.coderd("127.0.0.99");
      Scene.run(elsewhere, BEGIN);
      look.coderd("127.0.0.1");
      look.database.later(elsewhere, "SELECT pg_sleep(9)");

      Finding found = look.found(MIGRATION_WORKS);
      assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
      assertThat(found.headline()).contains("not known").doesNotContain("do nothing");
      elsewhere.abort(Runnable::run);
    }
  }

  @Test
  void whoLocksTheTableWithoutTheLockOfMigrationsDoesNotMigrate() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection dba = look.database.session("coder", "127.0.0.9", "psql");
      Scene.run(dba, "BEGIN; LOCK TABLE schema_migrations");

      assertThat(look.found(NOBODY_MIGRATES).headline()).contains("keeps schema_migrations locked");
      assertThat(look.finding(MIGRATION_WORKS)).isEmpty();
      assertThat(MigrationState.of(look.look()).underWay()).isFalse();
    }
  }

  @Test
  void aPodThatIsDeletedWhileItMigratesIsToldWithTheMomentOfItsEnd() throws Exception {
    try (Look look = Look.open(directory)) {
      look.database.later(migrator(look), "SELECT pg_sleep(20)");
      look.found(MIGRATION_WORKS);
      look.cluster.store.delete(
          PracticeCluster.key(Resources.PODS, POD),
          new Deletion(OptionalInt.of(600), "", "", false));

      Finding found = look.found(MIGRATOR_WILL_END);
      assertThat(found.headline()).contains(POD, "is killed in 9m", "unless it commits before");
      assertThat(found.evidence().get(0).text()).contains("its deletionTimestamp is");
      assertThat(look.finding(MIGRATION_WORKS)).isEmpty();
    }
  }

  @Test
  void theClockRunsSinceTheBlockEnded() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection report = look.database.session("coder", "127.0.0.9", "report");
      Scene.run(report, "BEGIN; LOCK TABLE workspaces");
      Connection migrator = migrator(look);
      look.database.later(migrator, "ALTER TABLE workspaces ADD COLUMN x int; SELECT pg_sleep(20)");
      look.until(seen -> MigrationState.of(seen).kind() == MigrationState.Kind.BLOCKED);
      Scene.run(look.database.session("boss"), "SELECT pg_sleep(3)");
      Scene.run(report, "COMMIT");

      Finding found = look.found(MIGRATION_WORKS);
      assertThat(found.headline()).containsPattern("nothing blocks it for [01] s; it runs for ");
      assertThat(found.evidence())
          .anySatisfy(each -> assertThat(each.text()).startsWith("it waited for a lock until"));
    }
  }
}
