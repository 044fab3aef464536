package dev.lockkeeper.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** In a practice world the operator holds what scales it back, and lets it go on. */
@Execution(ExecutionMode.CONCURRENT)
class HeldScalersTest {
  private static final WorldOptions FAST = WorldOptions.defaults().withPace(20);
  private static final Duration LIMIT = Duration.ofSeconds(25);

  /** Several rounds of either controller. */
  private static final Duration ROUNDS = Duration.ofSeconds(3);

  @TempDir Path root;
  private final AtomicReference<Observed<Cluster>> seen =
      new AtomicReference<>(Observed.notYet(Instant.EPOCH));

  @Test
  void argoCdHealsUntilItsAutomatedSyncIsSuspended() throws Exception {
    walk(
        "gitops",
        connection -> {
          scale(connection, 3, 0);
          reaches(3);
          ScalerObject free = object(false);
          hold(connection, new ScalerRequest(pinned(), free, free.type().held()));
          ScalerObject held = object(true);
          scale(connection, 3, 0);
          stays(0);
          hold(connection, new ScalerRequest(pinned(), held, free.setting()));
          reaches(3);
        });
  }

  @Test
  void anAutoscalerKeepsTheOneReplicaThatItIsGiven() throws Exception {
    walk(
        "autoscaled",
        connection -> {
          ScalerObject free = object(false);
          hold(connection, new ScalerRequest(pinned(), free, free.type().held()));
          reaches(1);
          ScalerObject held = object(true);
          scale(connection, 1, 0);
          stays(0);
          scale(connection, 0, 1);
          stays(1);
          hold(connection, new ScalerRequest(pinned(), held, free.setting()));
          reaches(3);
        });
  }

  private interface Walk {
    void go(ClusterConnection connection) throws Exception;
  }

  private void walk(String scenario, Walk walk) throws Exception {
    try (WorldClient client =
        WorldClient.start(root.resolve(scenario), FAST.withScenario(scenario))) {
      client.awaitReady(line -> {});
      client.hold();
      ClusterOptions options =
          new ClusterOptions(
              Optional.of(client.kubeconfig()), Optional.empty(), Optional.of("coder"), "coder");
      try (ClusterConnection connection = ClusterConnection.open(options, Map.of());
          ClusterSource source = connection.source()) {
        source.watch(seen::set);
        walk.go(connection);
      }
      client.leave();
    }
  }

  private Optional<Deployment> deployment() {
    return seen.get().value().flatMap(Cluster::deployment);
  }

  private ScalerObject object(boolean resting) {
    await().atMost(LIMIT).until(() -> one().filter(each -> each.resting() == resting).isPresent());
    return one().orElseThrow();
  }

  private Optional<ScalerObject> one() {
    return seen.get().value().flatMap(all -> all.scalers().value()).stream()
        .flatMap(all -> all.stream().map(Scaler::object))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void reaches(int replicas) {
    await()
        .atMost(LIMIT)
        .until(() -> deployment().filter(each -> each.replicas() == replicas).isPresent());
  }

  private void stays(int replicas) {
    reaches(replicas);
    await()
        .during(ROUNDS)
        .atMost(LIMIT)
        .until(() -> deployment().filter(each -> each.replicas() == replicas).isPresent());
  }

  private void scale(ClusterConnection connection, int from, int to) {
    reaches(from);
    String uid = deployment().orElseThrow().uid();
    done(connection.operations().scale(new ScaleRequest(pinned(), "coder", uid, from, to)));
  }

  private static PinnedContext pinned() {
    return new PinnedContext("practice", List.of(), "coder");
  }

  private static void hold(ClusterConnection connection, ScalerRequest request) {
    done(connection.operations().hold(request));
  }

  private static void done(Outcome outcome) {
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.DONE);
  }
}
