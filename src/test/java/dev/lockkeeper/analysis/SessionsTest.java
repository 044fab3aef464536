package dev.lockkeeper.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a session is. */
class SessionsTest {
  private static final UpgradeWorld WORLD = UpgradeWorld.running(Scenery.NOW);
  private static final Cluster CLUSTER = WORLD.cluster();

  private static Sessions of(Backend... backends) {
    return of(Scenery.of(UpgradeWorld::running), backends);
  }

  private static Sessions of(Scenery scene, Backend... backends) {
    Snapshot snapshot = scene.database("backends", List.of(backends)).seen();
    return Sessions.of(snapshot, snapshot.database().value().orElseThrow());
  }

  private static Backend coderd(int pid, String address) {
    return dev.lockkeeper.story.Sessions.from(pid, address);
  }

  private static Backend tool(int pid, String application) {
    return dev.lockkeeper.story.Sessions.of(pid, application);
  }

  @Test
  void aSessionBelongsToThePodThatHasItsAddress() {
    Sessions sessions = of(coderd(1, "10.42.0.10"), coderd(2, "10.42.0.12"));
    assertThat(sessions.byPod().get(CLUSTER.podsByAddress().get("10.42.0.10"))).hasSize(1);
    assertThat(sessions.byPod().get(CLUSTER.podsByAddress().get("10.42.0.11"))).isEmpty();
    assertThat(sessions.byPod()).hasSize(3);
    assertThat(sessions.elsewhere()).isEmpty();
    assertThat(sessions.coderd()).hasSize(2);
  }

  @Test
  void aSessionOfCodersRoleFromAnAddressThatNoPodHasIsElsewhere() {
    assertThat(of(coderd(1, "10.42.0.99")).elsewhere()).hasSize(1);
  }

  /** Beside a closed door neither tables nor pods tell which role is Coder's. */
  @Test
  void whatTheRunRemembersOfRolesCountsOnlyWhereNothingTellsThem() {
    Backend session = coderd(1, "10.42.0.99");
    assertThat(of(besideTheDoor(), session).doubt(besideTheDoor().seen()))
        .hasValueSatisfying(doubt -> assertThat(doubt).contains("which role is Coder's"));
    Sessions known = of(besideTheDoor().recalls("coder-roles", "coder"), session);
    assertThat(known.told()).isTrue();
    assertThat(known.elsewhere()).hasSize(1);

    Scenery inside = Scenery.of(UpgradeWorld::running).recalls("coder-roles", "metabase");
    assertThat(of(inside, session).elsewhere()).as("what is seen wins").hasSize(1);
  }

  private static Scenery besideTheDoor() {
    return Scenery.of(UpgradeWorld::drained)
        .database("coder.roles", Database.CoderRoles.UNKNOWN)
        .database("roles", Observed.unknown("beside the door", Scenery.NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pg_dump", "pg_dumpall", "pg_basebackup", "pgbackrest [backup]", "wal-g"})
  void aDumpIsABackup(String application) {
    Sessions sessions = of(tool(1, application));
    assertThat(sessions.backups()).hasSize(1);
    assertThat(sessions.coderd()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"psql", "metabase", "psql - my pg_dump notes"})
  void anotherToolIsNeither(String application) {
    Sessions sessions = of(tool(1, application));
    assertThat(sessions.others()).hasSize(1);
    assertThat(sessions.coderd()).isEmpty();
    assertThat(sessions.backups()).isEmpty();
  }

  @Test
  void aHiddenSessionIsOnlyCounted() {
    Sessions sessions = of(dev.lockkeeper.story.Sessions.hidden(1), coderd(2, "10.42.0.10"));
    assertThat(sessions.hidden()).isEqualTo(1);
    assertThat(sessions.coderd()).extracting(Backend::pid).containsExactly(2);
    assertThat(sessions.others()).isEmpty();
  }

  @Test
  void aVacuumIsNobodys() {
    Backend worker = dev.lockkeeper.story.Sessions.server(1, "autovacuum worker");
    Backend hidden = Altered.of(dev.lockkeeper.story.Sessions.hidden(2), "user", "");
    Sessions sessions = of(worker, hidden);
    assertThat(sessions.coderd()).isEmpty();
    assertThat(sessions.others()).isEmpty();
    assertThat(sessions.hidden()).isZero();
  }

  @Test
  void whatTellsIsTheRoleAndNotTheName() {
    Backend exporter = Altered.of(coderd(1, "10.0.0.7"), "user", "grafana");
    Backend guest = Altered.of(coderd(2, "10.42.0.10"), "user", "grafana");
    Backend named = Altered.of(coderd(3, "10.42.0.10"), "application", "coder-prod");
    Backend same = Altered.of(coderd(4, "10.42.0.99"), "application", "coder-prod");
    Backend job = Altered.of(coderd(5, "10.42.0.99"), "application", "nightly");
    Sessions sessions = of(exporter, guest, named, same, job, coderd(6, "10.42.0.11"));
    assertThat(sessions.others()).extracting(Backend::pid).containsExactly(1, 2);
    assertThat(sessions.coderd()).extracting(Backend::pid).containsExactlyInAnyOrder(3, 4, 6);
    assertThat(sessions.unclear()).extracting(Backend::pid).containsExactly(5);
  }

  @Test
  void aSessionFromAPodsSecondAddressIsThePods() {
    Pod pod = CLUSTER.pods().get(0);
    Pod two = Altered.of(pod, "place", new Pod.Place(List.of("fd00::10"), false, false));
    Sessions sessions =
        of(Scenery.of(UpgradeWorld::running).cluster("pods", List.of(two)), coderd(1, "fd00::10"));
    assertThat(sessions.byPod().get(two)).hasSize(1);
    assertThat(sessions.elsewhere()).isEmpty();
  }
}
