package dev.lockkeeper.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.RaiseMemory;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a practice world it is the memory limit that has the kernel kill the pod that migrates. */
class RaisedLimitTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path root;
  private final AtomicReference<Observed<Cluster>> seen =
      new AtomicReference<>(Observed.notYet(Instant.EPOCH));

  @Test
  void aLimitThatIsHighEnoughLetsTheMigrationThroughAndALowerOneDoesNot() throws Exception {
    WorldOptions options = WorldOptions.defaults().withPace(5).withScenario("out-of-memory");
    try (WorldClient client = WorldClient.start(root.resolve("world"), options)) {
      client.awaitReady(line -> {});
      client.hold();
      ClusterOptions where =
          new ClusterOptions(
              Optional.of(client.kubeconfig()), Optional.empty(), Optional.of("coder"), "coder");
      try (ClusterConnection connection = ClusterConnection.open(where, Map.of());
          ClusterSource source = connection.source()) {
        source.watch(seen::set);
        killedUnder("4096Mi", Set.of());
        Set<String> before = names();
        raise(connection, "4096Mi", "5Gi");
        killedUnder("5Gi", before);
        raise(connection, "5Gi", "8Gi");
        await().atMost(LIMIT).until(() -> pods().stream().anyMatch(Pod::ready));
      }
      client.leave();
    }
  }

  private List<Pod> pods() {
    return seen.get().value().map(Cluster::pods).orElse(List.of());
  }

  private Optional<Deployment> deployment() {
    return seen.get().value().flatMap(Cluster::deployment);
  }

  private Optional<String> limit() {
    return deployment().flatMap(RaiseMemory::limit).map(amount -> amount.text());
  }

  /** The pod of before stays until a new one is Ready: one that was not there ran out. */
  private void killedUnder(String limit, Set<String> before) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                limit().filter(limit::equals).isPresent()
                    && pods().stream()
                        .anyMatch(pod -> ranOut(pod) && !before.contains(pod.name())));
  }

  private Set<String> names() {
    return pods().stream().map(Pod::name).collect(Collectors.toSet());
  }

  private static boolean ranOut(Pod pod) {
    return pod.last().filter(end -> end.reason().equals("OOMKilled")).isPresent();
  }

  private void raise(ClusterConnection connection, String from, String to) {
    Deployment now = deployment().orElseThrow();
    Outcome outcome =
        connection
            .operations()
            .setMemoryLimit(
                new MemoryRequest(
                    new PinnedContext("practice", List.of(), "coder"),
                    "coder",
                    now.uid(),
                    now.generation(),
                    now.container().name(),
                    from,
                    to));
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.DONE);
  }
}
