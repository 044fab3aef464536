package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndSessions;
import dev.lockkeeper.action.LimitConnections;
import dev.lockkeeper.action.RepairDirty;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resources;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks like a closed door, an empty house or a dirty schema, and what is one. */
class DoorNearMissTest {
  private static final String REPORT = "report";

  @TempDir Path directory;
  private Look look;

  @BeforeEach
  void open() throws Exception {
    look = Look.open(directory);
  }

  @AfterEach
  void close() throws Exception {
    look.close();
  }

  @Test
  @NearMiss(acts = {"fence", "end-all-sessions"})
  void aPodThatIsGoingComesBackThroughAnOpenDoor() throws Exception {
    look.database.session("coder", "127.0.0.77", REPORT);
    wants(0);
    look.cluster.store.delete(
        PracticeCluster.key(Resources.PODS, "coder-5d-a"), Deletion.ordinary());
    assertThat(look.offered("coder-recovery", "4.5")).isEmpty();
    assertThat(look.offered("coder-recovery", "4.8")).isEmpty();
    new Pods(look.cluster).forget("coder-5d-a");
    assertThat(look.offered("coder-recovery", "4.5")).isPresent();
    assertThat(look.offered("coder-recovery", "4.8")).isPresent();
  }

  @Test
  @NearMiss(acts = {"fence", "end-all-sessions"})
  void aDeploymentThatWantsAPodHasNoneForAMomentOnly() throws Exception {
    look.database.session("coder", "127.0.0.77", REPORT);
    new Pods(look.cluster).forget("coder-5d-a");
    assertThat(look.offered("coder-recovery", "4.5")).isEmpty();
    assertThat(look.offered("coder-recovery", "4.8")).isEmpty();
    wants(0);
    assertThat(look.offered("coder-recovery", "4.5")).isPresent();
    assertThat(look.offered("coder-recovery", "4.8")).isPresent();
  }

  @Test
  @NearMiss(acts = "fence")
  void aDoorThatIsClosedIsNotClosedAgain() throws Exception {
    limit(0);
    assertThat(look.proposal(new LimitConnections(true)).plan()).isEmpty();
    limit(1);
    assertThat(look.proposal(new LimitConnections(true)).plan()).isPresent();
  }

  @Test
  @NearMiss(acts = "unfence")
  void aDoorWithoutALimitIsOpen() throws Exception {
    limit(-1);
    assertThat(look.proposal(new LimitConnections(false)).plan()).isEmpty();
    limit(0);
    assertThat(look.proposal(new LimitConnections(false)).plan()).isPresent();
  }

  /** Nobody gets in, and it is not the door. */
  @Test
  @NearMiss(acts = "unfence")
  void aSmallLimitThatIsUsedUpIsNoClosedDoor() throws Exception {
    limit(1);
    assertThat(look.proposal(new LimitConnections(false)).plan()).isEmpty();
    limit(0);
    assertThat(look.proposal(new LimitConnections(false)).plan()).isPresent();
  }

  @Test
  @NearMiss(acts = "unfence")
  void aRoleThatMayNotComeInIsNoClosedDoor() throws Exception {
    Connection superuser = look.database.elsewhere("setup");
    limit(-1);
    try {
      Scene.run(superuser, "ALTER ROLE watcher CONNECTION LIMIT 0");
      assertThat(look.proposal(new LimitConnections(false)).plan()).isEmpty();
      limit(0);
      assertThat(look.proposal(new LimitConnections(false)).plan()).isPresent();
    } finally {
      Scene.run(superuser, "ALTER ROLE watcher CONNECTION LIMIT -1");
    }
  }

  @Test
  @NearMiss(acts = "end-all-sessions")
  void aBackupIsLeftAlone() throws Exception {
    int backup = Scene.pid(look.database.session("coder", "127.0.0.77", "pg_dump"));
    assertThat(ended()).doesNotContain(backup);
    int report = Scene.pid(look.database.session("coder", "127.0.0.77", REPORT));
    assertThat(ended()).contains(report).doesNotContain(backup);
  }

  @Test
  @NearMiss(acts = "repair-dirty")
  void anotherSchemasDirtIsNotCoders() throws Exception {
    says("362");
    Connection coder = look.database.session();
    Scene.run(coder, "CREATE SCHEMA billing");
    Scene.run(coder, "CREATE TABLE billing.schema_migrations AS TABLE public.schema_migrations");
    Scene.run(coder, "UPDATE billing.schema_migrations SET dirty = true");
    assertThat(look.proposal(new RepairDirty()).plan()).isEmpty();
    dirty();
    assertThat(look.proposal(new RepairDirty()).plan()).isPresent();
  }

  @Test
  @NearMiss(acts = "repair-dirty")
  void whatIsAboveTheDirtNeverBegan() throws Exception {
    dirty();
    says("363");
    assertThat(look.proposal(new RepairDirty()).plan()).isEmpty();
    says("362");
    assertThat(look.proposal(new RepairDirty()).plan()).isPresent();
  }

  @Test
  @NearMiss(acts = "repair-dirty")
  void whichNumberIsTrueIsNotGuessed() throws Exception {
    dirty();
    assertThat(look.proposal(new RepairDirty()).plan()).isEmpty();
    says("361");
    assertThat(look.proposal(new RepairDirty()).plan()).isPresent();
  }

  private void dirty() throws Exception {
    Scene.run(look.database.session(), "UPDATE public.schema_migrations SET dirty = true");
  }

  private void says(String number) {
    look.run(run -> run.saying(RepairDirty.NUMBER, number, Instant.now()));
  }

  /** The database's own limit, once it is seen. */
  private void limit(int limit) throws Exception {
    Connection superuser = look.database.elsewhere("setup");
    String name =
        look.until(seen -> seen.freshDatabase().isPresent())
            .freshDatabase()
            .orElseThrow()
            .identity()
            .name();
    Scene.run(superuser, "ALTER DATABASE %s CONNECTION LIMIT %d".formatted(name, limit));
    look.until(
        seen ->
            seen.freshDatabase().flatMap(it -> it.load().slots().value()).stream()
                .anyMatch(slots -> slots.databaseLimit() == limit));
  }

  private List<Integer> ended() {
    return look.proposal(new EndSessions(true)).plan().stream()
        .flatMap(plan -> ((EndRequest) plan.request()).sessions().stream())
        .map(EndRequest.Session::pid)
        .toList();
  }

  private void wants(int replicas) {
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.path("spec")).put("replicas", replicas));
  }
}
