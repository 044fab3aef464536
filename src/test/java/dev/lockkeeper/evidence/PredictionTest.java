package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndBlockers;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Prediction;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.RollBackPrepared;
import dev.lockkeeper.postgres.PostgresOperations;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.snapshot.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an act promises to the migrator, and what comes of it on a real server. */
class PredictionTest {
  private static final String ALTER = "ALTER TABLE api_keys ADD COLUMN x int";

  @TempDir Path directory;

  private static Plan plan(InTheWayOfAMigrator scene) {
    return scene.look.proposal(new EndBlockers(Manner.TERMINATE)).plan().orElseThrow();
  }

  private static PostgresOperations acting(InTheWayOfAMigrator scene) {
    return new PostgresOperations(scene.look.database.address("coder"));
  }

  /** As it comes back from the journal. */
  private static Prediction written(Plan plan) {
    return Prediction.of(plan.request().prediction().orElseThrow().data()).orElseThrow();
  }

  private static Database afterwards(InTheWayOfAMigrator scene) {
    return scene.look.look().freshDatabase().orElseThrow();
  }

  @Test
  void ofTwoWhoShareARowTheSecondIsNotForetoldAndNotDenied() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      scene.stranger("SELECT FROM api_keys WHERE id = 1 FOR SHARE");
      Connection second = scene.stranger("SELECT FROM api_keys WHERE id = 1 FOR SHARE");
      scene.migratorWaits("UPDATE api_keys SET expires_at = now() WHERE id = 1");
      Plan plan = plan(scene);
      EndRequest request = (EndRequest) plan.request();
      assertThat(request.sessions()).hasSize(1);
      assertThat(plan.effects())
          .anyMatch(
              line -> line.endsWith("if others hold the same row, it waits for the next of them"))
          .noneMatch(line -> line.contains("goes on"));

      assertThat(acting(scene).end(request).result()).isEqualTo(Outcome.Result.DONE);

      int other = request.sessions().get(0).pid() == Scene.pid(second) ? -1 : Scene.pid(second);
      String compared = written(plan).compared(afterwards(scene));
      assertThat(compared)
          .startsWith("as predicted: ")
          .contains("waits for another lock behind pid");
      assertThat(other == -1 || compared.endsWith("pid " + other)).isTrue();
    }
  }

  @Test
  void whoeverBlocksAloneFreesTheMigrator() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      scene.stranger("LOCK TABLE api_keys IN SHARE MODE");
      scene.migratorWaits(ALTER);
      Plan plan = plan(scene);

      acting(scene).end((EndRequest) plan.request());

      assertThat(plan.effects()).anyMatch(line -> line.matches("frees pid .* from this lock"));
      assertThat(written(plan).compared(afterwards(scene)))
          .isEqualTo("as predicted: pid %d waits for nobody".formatted(Scene.pid(scene.migrator)));
    }
  }

  @Test
  void ofTwoPreparedTransactionsTheFirstLeavesTheMigratorWaiting() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      scene.prepared("one", "INSERT INTO api_keys VALUES (901, now())");
      scene.prepared("two", "INSERT INTO api_keys VALUES (902, now())");
      scene.migratorWaits(ALTER);
      Plan plan = scene.look.proposal(new RollBackPrepared()).plan().orElseThrow();
      assertThat(plan.effects())
          .anyMatch(
              line -> line.endsWith("still waits afterwards: for the prepared transaction two"));

      acting(scene).rollBack((PreparedRequest) plan.request());
      scene.forgets("one");

      assertThat(written(plan).compared(afterwards(scene)))
          .startsWith("as predicted: ")
          .endsWith("still waits for that lock behind the prepared transaction two");
    }
  }

  @Test
  void whatDidNotComeAboutIsSaid() throws Exception {
    try (var scene = new InTheWayOfAMigrator(directory)) {
      scene.stranger("LOCK TABLE api_keys IN SHARE MODE");
      scene.migratorWaits(ALTER);

      assertThat(written(plan(scene)).compared(afterwards(scene)))
          .startsWith("not as predicted: ")
          .contains("still waits for that lock");
    }
  }

  @Test
  void anEntryOfBeforePredictionsHasNone() {
    assertThat(Prediction.of(Map.of("summary", "end session 7"))).isEqualTo(Optional.empty());
  }
}
