package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.facts.DatabaseUrl;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.ReplicaSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must be true of the reading side on any cluster: tried on the practice API server, and on
 * the real cluster that LOCKKEEPER_IT_KUBECONFIG names (with LOCKKEEPER_IT_NAMESPACE and
 * LOCKKEEPER_IT_DEPLOYMENT, both {@code coder} unless given), of which nothing is changed.
 */
class ReadContractTest {
  @TempDir Path directory;

  @Test
  void thePracticeServerIsReadAsPromised() throws Exception {
    try (PracticeCluster practice = new PracticeCluster(directory)) {
      Path kubeconfig = directory.resolve("config");
      practice.server.writeKubeconfig(kubeconfig, practice.operator);
      check(kubeconfig, "coder", "coder");
    }
  }

  @Test
  void aRealClusterIsReadAsPromised() throws Exception {
    Map<String, String> environment = System.getenv();
    assumeThat(environment).containsKey("LOCKKEEPER_IT_KUBECONFIG");
    check(
        Path.of(environment.get("LOCKKEEPER_IT_KUBECONFIG")),
        environment.getOrDefault("LOCKKEEPER_IT_NAMESPACE", "coder"),
        environment.getOrDefault("LOCKKEEPER_IT_DEPLOYMENT", "coder"));
  }

  private static void check(Path kubeconfig, String namespace, String deployment) throws Exception {
    ClusterOptions options =
        new ClusterOptions(
            Optional.of(kubeconfig), Optional.empty(), Optional.of(namespace), deployment);
    try (ClusterConnection connection = ClusterConnection.open(options, System.getenv());
        ClusterSource source = connection.source()) {
      Observations seen = new Observations();
      source.watch(seen);
      Cluster cluster = seen.known(one -> !one.scalers().reason().equals("not read yet"));

      itIsThePlaceThatWasNamed(cluster, namespace, deployment);
      podsAndReplicaSetsBelongToIt(cluster);
      eventsAreNewestFirst(cluster);
      theNextHeartbeatIsFresher(seen);
      DatabaseUrl url = connection.databaseUrl(deployment);
      assertThat(url.url().isPresent()).isEqualTo(url.reason().isEmpty());
    }
  }

  private static void itIsThePlaceThatWasNamed(
      Cluster cluster, String namespace, String deployment) {
    assertThat(cluster.identity().namespace()).isEqualTo(namespace);
    assertThat(cluster.identity().server()).startsWith("https://");
    Deployment found = cluster.deployment().orElseThrow();
    assertThat(found.name()).isEqualTo(deployment);
    assertThat(found.uid()).isNotEmpty();
    assertThat(found.generation()).isPositive();
    assertThat(found.container().name()).isNotEmpty();
    assertThat(found.image()).isNotEmpty();
    assertThat(found.metadata().managers()).isNotNull();
  }

  private static void podsAndReplicaSetsBelongToIt(Cluster cluster) {
    var sets = cluster.replicaSets().stream().map(ReplicaSet::name).collect(Collectors.toSet());
    assertThat(cluster.pods())
        .extracting(each -> each.metadata().replicaSet())
        .allMatch(sets::contains);
    assertThat(cluster.pods()).allMatch(pod -> pod.createdAt().isAfter(Instant.EPOCH));
    assertThat(cluster.replicaSets())
        .isSortedAccordingTo((one, two) -> Long.compare(two.revision(), one.revision()));
  }

  private static void eventsAreNewestFirst(Cluster cluster) {
    assertThat(cluster.events()).hasSizeLessThanOrEqualTo(200);
    assertThat(cluster.events())
        .isSortedAccordingTo((one, two) -> two.lastAt().compareTo(one.lastAt()));
  }

  private static void theNextHeartbeatIsFresher(Observations seen) {
    Instant first = seen.last().at();
    seen.until(Duration.ofSeconds(4), o -> o.isKnown() && o.at().isAfter(first));
  }
}
