package dev.lockkeeper.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Wait;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who must not be ended, and what it would do to end the others. */
class ProtectionTest {
  private static final Snapshot SNAPSHOT =
      Scenery.of(UpgradeWorld::migrating)
          .database("migrationLock", new MigrationLock(Optional.of(4733), List.of(4740, 4741)))
          .seen();
  private static final Database DATABASE = SNAPSHOT.database().value().orElseThrow();

  private static List<String> cure(Database database, int pid) {
    return Cure.lines(database, pid, Origins.of(SNAPSHOT));
  }

  private static Map<String, Backend> kept() {
    Map<String, Backend> kept = new LinkedHashMap<>();
    kept.put("Lockkeeper's own", Sessions.of(1, "lockkeeper"));
    kept.put("the migrator", Sessions.from(4733, "10.42.0.41"));
    kept.put("queued migrator", Sessions.from(4741, "10.42.0.41"));
    kept.put("autovacuum", Sessions.server(2, "autovacuum worker"));
    kept.put(
        "wraparound",
        Altered.of(
            Sessions.server(2, "autovacuum worker"),
            "query",
            "autovacuum: VACUUM public.x (to prevent wraparound)"));
    kept.put("walsender", typed("walsender"));
    kept.put("replicates", typed("logical replication worker"));
    kept.put("server's own", typed("background worker"));
    kept.put("pid 77", Altered.of(typed("parallel worker"), "leader", Optional.of(77)));
    kept.put("backup", Sessions.of(3, "pg_dump"));
    kept.put("a backup:", Sessions.of(3, "pgBackRest [backup]"));
    kept.put("superuser", Altered.of(Sessions.of(4, "psql"), "superuser", true));
    kept.put("provider", Altered.of(Sessions.of(4, ""), "user", "cloudsqladmin"));
    kept.put("may not see", Sessions.hidden(5));
    return kept;
  }

  private static Backend typed(String type) {
    return Altered.of(Sessions.from(2, "10.0.0.1"), "type", Optional.of(type));
  }

  @TestFactory
  Stream<DynamicTest> itIsKept() {
    return kept().entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () ->
                        assertThat(Protection.of(row.getValue(), SNAPSHOT).orElseThrow())
                            .contains(row.getKey())));
  }

  @Test
  void anOrdinarySessionIsNot() {
    assertThat(Protection.of(Sessions.from(9, "10.42.0.10"), SNAPSHOT)).isEmpty();
    assertThat(Protection.of(Sessions.of(9, "metabase"), SNAPSHOT)).isEmpty();
    Backend leader = Altered.of(Sessions.from(9, "10.42.0.10"), "leader", Optional.of(9));
    assertThat(Protection.of(leader, SNAPSHOT)).isEmpty();
  }

  @Test
  void codersOwnRoleMayBeASuperuser() {
    Backend coderd = Altered.of(Sessions.from(9, "10.42.0.41"), "superuser", true);
    assertThat(Protection.of(coderd, SNAPSHOT)).isEmpty();
    Backend person = Altered.of(coderd, "application", "psql");
    assertThat(Protection.of(person, SNAPSHOT).orElseThrow()).contains("superuser");
    Backend other = Altered.of(coderd, "user", "postgres");
    assertThat(Protection.of(other, SNAPSHOT).orElseThrow()).contains("superuser");
  }

  @Test
  void aMigratorIsKeptUnlessItsClientIsKnownToBeGone() {
    Snapshot works = Scenery.of(UpgradeWorld::migrating).seen();
    Backend migrator = works.database().value().orElseThrow().backends().get(0);
    assertThat(Protection.of(migrator, works)).isPresent();
    Snapshot dead = Scenery.of(Troubles::orphaned).seen();
    assertThat(Protection.of(migrator, dead)).isEmpty();
    assertThat(Protection.of(migrator, dead.withCluster(dead.cluster().lost("x")))).isPresent();
    assertThat(Protection.of(migrator, dead.withDatabase(dead.database().lost("x"))))
        .contains("the database was not read just now");
  }

  @Test
  void whoWaitsForTwoIsNotFreedByOne() {
    Database queue =
        Altered.of(
            DATABASE,
            "waits",
            List.of(
                new Wait(4733, List.of(1, 2)),
                new Wait(30, List.of(1)),
                new Wait(31, List.of(30)),
                new Wait(40, List.of(41)),
                new Wait(41, List.of(40))));
    assertThat(Cure.unblockedBy(queue, 1)).isEqualTo(Set.of(30, 31));
    assertThat(cure(queue, 1))
        .containsExactly("its end frees 1 session, and not the migrator; 1 more later");
    assertThat(cure(queue, 2))
        .containsExactly("ending it alone frees no session: those behind it wait for others, too");
  }

  @Test
  void whoQueuesBehindTheMigratorIsFreedWithIt() {
    Database queue = Altered.of(DATABASE, "waits", List.of(new Wait(4733, List.of(1))));
    assertThat(cure(queue, 1))
        .containsExactly("its end frees the migrator from this lock; 2 more later");
  }

  @Test
  void aCircleEndsTheQuestion() {
    Database circle =
        Altered.of(
            DATABASE, "waits", List.of(new Wait(4733, List.of(8)), new Wait(8, List.of(4733))));
    assertThat(Cure.unblockedBy(circle, 1)).isEmpty();
  }
}
