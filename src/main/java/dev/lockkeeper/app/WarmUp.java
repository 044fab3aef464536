package dev.lockkeeper.app;

import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.postgres.DatabaseAddress;
import dev.lockkeeper.postgres.DatabaseConnection;
import dev.lockkeeper.postgres.DatabaseException;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.trust.Scratch;
import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Loads what a session needs, against a cluster and a database that are not there. The launcher
 * runs it once after a build and keeps the loaded classes in an archive, which halves the time to
 * the first frame.
 */
final class WarmUp {
  private static final String NOWHERE =
      """
      apiVersion: v1
      kind: Config
      current-context: nowhere
      contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody, namespace: none}}]
      clusters: [{name: nowhere, cluster: {server: "https://127.0.0.1:1", insecure-skip-tls-verify: true}}]
      users: [{name: nobody, user: {token: none}}]
      """;

  private WarmUp() {}

  static void run(Map<String, String> environment) throws IOException, InterruptedException {
    Preload.picture();
    Path folder = Scratch.WARM_UP.in(Trusted.temporary());
    Path kubeconfig = folder.resolve("config");
    try {
      Files.writeString(kubeconfig, NOWHERE);
      cluster(kubeconfig, environment);
      DatabaseConnection.probe(DatabaseAddress.parse("postgres://none@127.0.0.1:1/none"));
    } catch (ClusterException | DatabaseException expected) {
      // Nobody is there.
    } finally {
      Files.delete(kubeconfig);
      Files.delete(folder);
    }
  }

  private static void cluster(Path kubeconfig, Map<String, String> environment)
      throws ClusterException, InterruptedException {
    ClusterOptions options =
        new ClusterOptions(Optional.of(kubeconfig), Optional.empty(), Optional.empty(), "none");
    CountDownLatch answered = new CountDownLatch(1);
    try (ClusterConnection connection = ClusterConnection.open(options, environment);
        ClusterSource source = connection.source()) {
      source.watch(seen -> count(seen, answered));
      connection.databaseUrl("none");
      answered.await(2, TimeUnit.SECONDS);
    }
  }

  private static void count(Observed<?> seen, CountDownLatch answered) {
    if (!seen.isPending()) {
      answered.countDown();
    }
  }
}
