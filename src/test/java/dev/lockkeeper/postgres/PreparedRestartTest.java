package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import java.sql.Connection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prepared transaction outlives its server, which then gives its locks another name. */
class PreparedRestartTest {
  @ParameterizedTest(name = "PostgreSQL {0}")
  @ValueSource(ints = {13, 15, 17, 18})
  void whichOneBlocksIsKnownRightAfterARestart(int version) throws Exception {
    assumeTrue(ServerBinaries.has(version), "this build has no PostgreSQL " + version);
    try (StoppableServer server = StoppableServer.start(version)) {
      Scene scene = Scene.coder(server.access());
      prepare(scene, "INSERT INTO users (id) VALUES (901)", "innocent-old");
      prepare(scene, "INSERT INTO workspaces VALUES (11, 'p')", "guilty-new");
      server.stop();
      server.resume();

      Connection migrator = scene.migrator();
      scene.later(migrator, "ALTER TABLE workspaces ADD COLUMN y int");
      Database seen = scene.readUntil("monitor", database -> !database.waits().isEmpty());

      assertThat(Blockers.of(seen).prepared())
          .extracting(PreparedTransaction::gid)
          .containsExactly("guilty-new");
    }
  }

  private static void prepare(Scene scene, String statement, String gid) throws Exception {
    Connection session = scene.session();
    Scene.run(session, "BEGIN; " + statement);
    Scene.run(session, "PREPARE TRANSACTION '" + gid + "'");
    session.close();
  }
}
