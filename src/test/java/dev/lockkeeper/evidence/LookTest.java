package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.postgres.Scene;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look itself: both servers are real, and what a scene does is seen. */
class LookTest {
  @TempDir Path directory;

  @Test
  void whatASceneDoesIsSeen() throws Exception {
    try (Look look = Look.open(directory)) {
      assertThat(look.finding(Finding.Kind.OTHER_SESSION_BLOCKS)).isEmpty();
      assertThat(look.look().freshDatabase().orElseThrow().schema().version()).contains(362L);
      Connection report = look.database.session("coder", "127.0.0.77", "report");
      Scene.run(report, "BEGIN; LOCK TABLE api_keys");
      Connection migrator = look.coderd("127.0.0.1");
      Scene.run(migrator, "BEGIN; SELECT pg_advisory_xact_lock(1037453835920848937)");
      look.database.later(migrator, "ALTER TABLE api_keys ADD COLUMN x int");

      Finding found = look.found(Finding.Kind.OTHER_SESSION_BLOCKS);
      assertThat(found.certainty()).isEqualTo(Certainty.PROVEN);
      assertThat(found.headline()).contains(String.valueOf(Scene.pid(report)));
    }
  }
}
