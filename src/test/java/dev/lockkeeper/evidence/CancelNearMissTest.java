package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndBlockers;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.postgres.Scene;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose statement looks like one whose end lets the migrator go on, and whose is one. */
class CancelNearMissTest {
  private static final String ALTER = "ALTER TABLE api_keys ADD COLUMN x int";
  private static final String READS = "SELECT count(*), pg_sleep(30) FROM ";

  @TempDir Path directory;

  @Test
  @NearMiss(acts = "cancel-blockers")
  void whoIsIdleInItsTransactionHasNoStatement() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      Connection idler = scene.stranger("LOCK TABLE api_keys IN SHARE MODE");
      scene.migratorWaits(ALTER);
      assertThat(cancelled(scene)).isEmpty();
      scene.look.database.later(idler, "SELECT pg_sleep(30)");
      scene.look.until(seen -> !cancelled(scene).isEmpty());
      assertThat(cancelled(scene)).containsExactly(Scene.pid(idler));
    }
  }

  @Test
  @NearMiss(acts = "cancel-blockers")
  void aStatementOnAnotherTableBlocksNothing() throws Exception {
    for (String table : new String[] {"users", "api_keys"}) {
      try (var scene = new InTheWayOfAMigrator(directory.resolve(table))) {
        Connection reader = scene.stranger("SELECT 1");
        Connection idler = scene.stranger("LOCK TABLE api_keys IN ROW EXCLUSIVE MODE");
        reads(scene, reader, table);
        scene.migratorWaits(ALTER);
        boolean blocks = table.equals("api_keys");
        assertThat(cancelled(scene).contains(Scene.pid(reader))).isEqualTo(blocks);
        assertThat(cancelled(scene)).doesNotContain(Scene.pid(idler));
      }
    }
  }

  @Test
  @NearMiss(acts = "cancel-blockers")
  void aBackupThatReadsTheTableIsLeftAlone() throws Exception {
    for (String name : new String[] {"pg_dump", "report"}) {
      try (var scene = new InTheWayOfAMigrator(directory.resolve(name))) {
        Connection reader = scene.look.database.session("coder", "127.0.0.77", name);
        Scene.run(reader, "BEGIN; SELECT FROM api_keys");
        reads(scene, reader, "api_keys");
        scene.migratorWaits(ALTER);
        assertThat(cancelled(scene).contains(Scene.pid(reader))).isEqualTo(name.equals("report"));
      }
    }
  }

  /** Has the table before the migrator wants it. */
  private static void reads(InTheWayOfAMigrator scene, Connection reader, String table)
      throws Exception {
    int pid = Scene.pid(reader);
    scene.look.database.later(reader, READS + table);
    scene.look.until(
        seen ->
            seen.freshDatabase()
                .flatMap(database -> database.backend(pid))
                .filter(backend -> backend.query().contains(READS + table))
                .isPresent());
  }

  /** Whose statement would be cancelled. */
  private static List<Integer> cancelled(InTheWayOfAMigrator scene) {
    return scene.look.proposal(new EndBlockers(Manner.CANCEL)).plan().stream()
        .flatMap(plan -> ((EndRequest) plan.request()).sessions().stream())
        .map(EndRequest.Session::pid)
        .toList();
  }
}
