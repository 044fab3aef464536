package dev.lockkeeper.evidence;

import static dev.lockkeeper.diagnosis.Finding.Kind.OLD_REPLICA_BLOCKS;
import static dev.lockkeeper.diagnosis.Finding.Kind.OTHER_SESSION_BLOCKS;
import static dev.lockkeeper.diagnosis.Finding.Kind.PREPARED_TRANSACTION_BLOCKS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Pod;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who seems to block a migration and does not, each with a twin that differs in one thing. */
class BlockersNearMissTest {
  private static final String ALTER = "ALTER TABLE api_keys ADD COLUMN x int";

  @TempDir Path directory;

  @Test
  @NearMiss(findings = PREPARED_TRANSACTION_BLOCKS, acts = "roll-back-prepared")
  void anOlderPreparedTransactionOnAnotherTableBlocksNothing() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      scene.prepared("innocent-old", "INSERT INTO users (id) VALUES (901)");
      scene.stranger("LOCK TABLE api_keys IN SHARE MODE");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(PREPARED_TRANSACTION_BLOCKS)).isEmpty();
      assertThat(scene.rolledBack()).isEmpty();
    }
    try (var scene = new InTheWayOfAMigrator(directory.resolve("twin"))) {
      scene.prepared("innocent-old", "INSERT INTO users (id) VALUES (901)");
      scene.prepared("guilty-new", "INSERT INTO api_keys VALUES (901, now())");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(PREPARED_TRANSACTION_BLOCKS)).hasSize(1);
      assertThat(scene.found(PREPARED_TRANSACTION_BLOCKS).get(0)).contains("guilty-new");
      assertThat(scene.rolledBack()).contains("guilty-new");
    }
  }

  @Test
  @NearMiss(findings = PREPARED_TRANSACTION_BLOCKS, acts = "roll-back-prepared")
  void aPreparedTransactionThatOnlyReadTheTableDoesNotStopAnIndex() throws Exception {
    for (boolean writes : new boolean[] {false, true}) {
      try (var scene = new InTheWayOfAMigrator(directory.resolve("writes-" + writes))) {
        scene.prepared(
            "order-17",
            writes ? "UPDATE api_keys SET expires_at = now() WHERE id = 1" : "TABLE api_keys");
        scene.stranger("INSERT INTO api_keys VALUES (901, now())");
        scene.migratorWaits("CREATE INDEX ON api_keys (expires_at)");
        assertThat(scene.found(PREPARED_TRANSACTION_BLOCKS)).hasSize(writes ? 1 : 0);
        assertThat(scene.rolledBack().isPresent()).isEqualTo(writes);
      }
    }
  }

  @Test
  @NearMiss(findings = PREPARED_TRANSACTION_BLOCKS, acts = "roll-back-prepared")
  void aPreparedTransactionThatStopsSomebodyElseStopsNoMigration() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      scene.prepared("order-17", "INSERT INTO api_keys VALUES (901, now())");
      Connection other = scene.stranger("SELECT 1");
      scene.waits(other, "LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE");
      assertThat(scene.found(PREPARED_TRANSACTION_BLOCKS)).isEmpty();
      assertThat(scene.rolledBack()).isEmpty();

      scene.migratorWaits("SELECT count(*) FROM api_keys");
      assertThat(scene.found(PREPARED_TRANSACTION_BLOCKS)).hasSize(1);
      assertThat(scene.rolledBack()).contains("order-17");
    }
  }

  @Test
  @NearMiss(findings = OLD_REPLICA_BLOCKS, acts = "end-blockers")
  void anOldReplicaThatHoldsAnotherTableBlocksNothing() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      Connection replica = scene.oldReplica("UPDATE users SET deleted = true WHERE id = 1");
      scene.stranger("TABLE api_keys");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(OLD_REPLICA_BLOCKS)).isEmpty();
      assertThat(scene.ended()).doesNotContain(Scene.pid(replica));
    }
    try (var scene = new InTheWayOfAMigrator(directory.resolve("twin"))) {
      Connection replica = scene.oldReplica("UPDATE api_keys SET expires_at = now() WHERE id = 1");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(OLD_REPLICA_BLOCKS)).hasSize(1);
      assertThat(scene.ended()).contains(Scene.pid(replica));
    }
  }

  @Test
  @NearMiss(findings = OLD_REPLICA_BLOCKS, acts = "end-blockers")
  void anOldReplicaThatWaitsForAnotherItselfIsNotTheOneToEnd() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      Connection stranger = scene.stranger("LOCK TABLE users IN SHARE MODE");
      Connection replica = scene.oldReplica("UPDATE api_keys SET expires_at = now() WHERE id = 1");
      scene.waits(replica, "UPDATE users SET deleted = true WHERE id = 1");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(OLD_REPLICA_BLOCKS)).isEmpty();
      assertThat(scene.ended()).containsExactly(Scene.pid(stranger));

      Scene.run(stranger, "ROLLBACK");
      scene.look.until(
          seen -> seen.freshDatabase().stream().anyMatch(each -> each.waits().size() == 1));
      assertThat(scene.found(OLD_REPLICA_BLOCKS)).hasSize(1);
      assertThat(scene.ended()).containsExactly(Scene.pid(replica));
    }
  }

  /** On a lost node nobody ends the process of a pod that is Terminating. */
  @Test
  @NearMiss(findings = OLD_REPLICA_BLOCKS)
  void waitingForATerminatingPodHelpsWhereItsNodeIsThere() throws Exception {
    for (String node : new String[] {"node-1", "node-2"}) {
      try (var scene = new InTheWayOfAMigrator(directory.resolve(node))) {
        scene.look.cluster.edit(
            Resources.PODS,
            "coder-4c-old",
            pod -> ((ObjectNode) pod.path("spec")).put("nodeName", node));
        scene.oldReplica("UPDATE api_keys SET expires_at = now() WHERE id = 1");
        scene.migratorWaits(ALTER);
        assertThat(advice(scene)).startsWith("End this one session");
        scene.look.cluster.store.delete(
            PracticeCluster.key(Resources.PODS, "coder-4c-old"),
            new Deletion(OptionalInt.of(600), "", "", false));
        scene.look.until(
            seen ->
                seen.freshCluster().stream()
                    .flatMap(all -> all.pods().stream())
                    .anyMatch(Pod::terminating));
        assertThat(advice(scene))
            .startsWith(node.equals("node-1") ? "Wait: the pod is Terminating" : "End this one");
      }
    }
  }

  private static String advice(InTheWayOfAMigrator scene) {
    return scene.look.found(OLD_REPLICA_BLOCKS).advice().text();
  }

  /** It has committed and waits for a standby, as the migration would after it. */
  @Test
  @NearMiss(findings = OLD_REPLICA_BLOCKS, acts = "end-blockers")
  void anOldReplicaWhoseCommitWaitsForAStandbyIsNotTheOneToEnd() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      Connection boss = scene.look.database.session("boss");
      Connection old = scene.oldReplica("UPDATE api_keys SET expires_at = now() WHERE id = 1");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(OLD_REPLICA_BLOCKS)).hasSize(1);
      assertThat(scene.look.offered("coder-recovery", "3.3")).isPresent();
      try {
        Scene.run(boss, "ALTER SYSTEM SET synchronous_standby_names = 'gone'");
        Scene.run(boss, "SELECT pg_reload_conf()");
        // The checkpointer, which tells all others, needs a moment.
        Scene.ask(boss, "SELECT pg_sleep(1)");
        scene.look.database.later(old, "COMMIT");
        Finding found = scene.look.found(OTHER_SESSION_BLOCKS);
        assertThat(found.headline()).contains("its COMMIT waits for a synchronous standby");
        assertThat(found.advice().text()).startsWith("Have the standby brought back");
        assertThat(scene.found(OLD_REPLICA_BLOCKS)).isEmpty();
        assertThat(scene.look.offered("coder-recovery", "3.3")).isEmpty();
      } finally {
        Scene.run(boss, "ALTER SYSTEM RESET synchronous_standby_names");
        Scene.run(boss, "SELECT pg_reload_conf()");
      }
    }
  }

  @Test
  @NearMiss(findings = OLD_REPLICA_BLOCKS)
  void aSessionFromWhereNoPodIsIsNoOldReplicas() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      scene.stranger("UPDATE api_keys SET expires_at = now() WHERE id = 1");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(OLD_REPLICA_BLOCKS)).isEmpty();
    }
    try (var scene = new InTheWayOfAMigrator(directory.resolve("twin"))) {
      scene.oldReplica("UPDATE api_keys SET expires_at = now() WHERE id = 1");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(OLD_REPLICA_BLOCKS)).hasSize(1);
    }
  }

  @Test
  @NearMiss(findings = OTHER_SESSION_BLOCKS, acts = "end-blockers")
  void aTableOfTheSameNameInAnotherSchemaIsAnotherTable() throws Exception {
    for (String schema : new String[] {"billing", "public"}) {
      try (var scene = new InTheWayOfAMigrator(directory.resolve(schema))) {
        Scene.run(
            scene.look.database.session(),
            "CREATE SCHEMA billing; CREATE TABLE billing.api_keys (id int)");
        Connection stranger = scene.stranger("LOCK TABLE " + schema + ".api_keys");
        scene.oldReplica("TABLE workspaces");
        scene.migratorWaits(
            schema.equals("public") ? ALTER : "ALTER TABLE workspaces ADD COLUMN x int");
        boolean blocks = schema.equals("public");
        assertThat(scene.found(OTHER_SESSION_BLOCKS)).hasSize(blocks ? 1 : 0);
        assertThat(scene.ended().contains(Scene.pid(stranger))).isEqualTo(blocks);
      }
    }
  }

  @Test
  @NearMiss(findings = OTHER_SESSION_BLOCKS, acts = "end-blockers")
  void whoQueuesBehindTheMigratorDoesNotBlockIt() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      scene.oldReplica("TABLE api_keys");
      scene.migratorWaits(ALTER);
      Connection stranger = scene.stranger("SELECT 1");
      scene.waits(stranger, "LOCK TABLE api_keys IN ACCESS SHARE MODE");
      assertThat(scene.found(OTHER_SESSION_BLOCKS)).isEmpty();
      assertThat(scene.ended()).doesNotContain(Scene.pid(stranger));
    }
    try (var scene = new InTheWayOfAMigrator(directory.resolve("twin"))) {
      Connection stranger = scene.stranger("LOCK TABLE api_keys IN ACCESS SHARE MODE");
      scene.migratorWaits(ALTER);
      assertThat(scene.found(OTHER_SESSION_BLOCKS)).hasSize(1);
      assertThat(scene.ended()).containsExactly(Scene.pid(stranger));
    }
  }

  @Test
  @NearMiss(findings = OTHER_SESSION_BLOCKS, acts = "end-blockers")
  void aRowThatIsOnlyReferredToMayBeChanged() throws Exception {
    for (String strength : new String[] {"KEY SHARE", "SHARE"}) {
      try (var scene = new InTheWayOfAMigrator(directory.resolve(strength))) {
        Connection stranger = scene.stranger("SELECT FROM api_keys WHERE id = 1 FOR " + strength);
        scene.oldReplica("UPDATE api_keys SET expires_at = now() WHERE id = 2");
        boolean blocks = strength.equals("SHARE");
        scene.migratorWaits(
            "UPDATE api_keys SET expires_at = now() WHERE id IN (%s)"
                .formatted(blocks ? "1" : "1, 2"));
        assertThat(scene.found(OTHER_SESSION_BLOCKS)).hasSize(blocks ? 1 : 0);
        assertThat(scene.ended().contains(Scene.pid(stranger))).isEqualTo(blocks);
      }
    }
  }
}
