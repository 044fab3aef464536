package dev.lockkeeper.practice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.story.ScenarioContext;
import dev.lockkeeper.practice.story.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * How long a world is waited for before the operator is let in.
 *
 * @param progress takes each line about what is waited for
 * @param log where more of it stands
 */
record Waits(Consumer<String> progress, Path log) {
  private static final long PATIENCE_SECONDS = 60;
  private static final long SCENE_SECONDS = 90;

  /** A practice begins with everything in its place. */
  void forReplicas(Store store) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    while (true) {
      List<ObjectNode> deployments = store.list(Resources.DEPLOYMENTS, "", any -> true).items();
      int wanted = sum(deployments, "/spec/replicas");
      int ready = sum(deployments, "/status/readyReplicas");
      progress.accept("starting the replicas " + ready + "/" + wanted);
      if (ready >= wanted) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "only " + ready + " of " + wanted + " replicas became ready; see " + log);
      }
      Thread.sleep(50);
    }
  }

  private static int sum(List<ObjectNode> objects, String pointer) {
    return objects.stream().mapToInt(object -> object.at(pointer).asInt()).sum();
  }

  /** Comes back when it shows this. */
  void forScene(Scene scene, ScenarioContext stage)
      throws IOException, SQLException, InterruptedException {
    long deadline = System.nanoTime() + SCENE_SECONDS * 1_000_000_000L;
    while (!stage.shows(scene)) {
      progress.accept("letting things take their course");
      if (System.nanoTime() > deadline) {
        throw new IOException("the story does not come to its beginning; see " + log);
      }
      Thread.sleep(100);
    }
  }
}
