package dev.lockkeeper.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.Relay;
import dev.lockkeeper.kubernetes.ScalerScenes;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.DisruptionBudget;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.Served;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSourceTest {
  private static final Heartbeat.Pace QUICK =
      new Heartbeat.Pace(Duration.ofMillis(400), Duration.ofMillis(200), Duration.ofMillis(500));

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;
  private ClusterSource source;
  private final Observations seen = new Observations();

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
  }

  @AfterEach
  void stop() {
    source.close();
    connection.close();
    practice.close();
  }

  @Test
  void theDeploymentAndAllThatBelongsToItIsRead() throws Exception {
    practice.event("e1", "Pod", "coder-5d-gone", "Liveness probe failed");
    practice.event("e2", "Pod", "coder-provisioner-77-x", "of another deployment");
    practice.create(
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"other\",\"namespace\":\"coder\",\"labels\":{\"app\":\"coder\"}},\"spec\":{\"containers\":[{\"name\":\"x\",\"image\":\"x\"}]}}");
    watch(practice.operator);
    Cluster cluster = seen.known(any -> true);

    assertThat(cluster.identity().namespaceUid()).isNotEmpty();
    assertThat(cluster.identity().context()).isEqualTo("practice");
    Deployment deployment = cluster.deployment().get();
    assertThat(deployment.uid()).isEqualTo(practice.deploymentUid());
    assertThat(deployment.container().name()).isEqualTo("coder");
    assertThat(deployment.image()).isEqualTo("ghcr.io/coder/coder:v2.20.0");
    assertThat(deployment.chart()).contains("coder_helm-2.20.0");
    assertThat(deployment.replicas()).isEqualTo(2);
    assertThat(deployment.template().terminationGrace()).isEqualTo(60);
    assertThat(deployment.livenessProbe().get()).contains("\"path\":\"/healthz\"");
    assertThat(cluster.replicaSets())
        .singleElement()
        .satisfies(set -> assertThat(set.revision()).isEqualTo(7));
    assertThat(cluster.pods()).extracting(Pod::name).containsExactly("coder-5d-a");
    Pod pod = cluster.pods().get(0);
    assertThat(pod.restarts()).isEqualTo(3);
    assertThat(pod.metadata().replicaSet()).isEqualTo("coder-5d");
    assertThat(pod.startedAt()).contains(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(pod.last().get().exitCode()).isEqualTo(137);
    assertThat(cluster.events()).extracting(ClusterEvent::object).containsExactly("coder-5d-gone");
    assertThat(cluster.events().get(0).count()).isEqualTo(4);
  }

  @Test
  void aChangeReachesTheSinkAtOnce() throws Exception {
    watch(practice.operator);
    seen.known(any -> true);
    TimeUnit.MILLISECONDS.sleep(300);

    long start = System.nanoTime();
    scaleTo(5);
    seen.known(cluster -> cluster.deployment().get().replicas() == 5);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void aBurstOfChangesIsGathered() throws Exception {
    watch(practice.operator);
    seen.known(any -> true);
    int before = seen.count();
    long start = System.nanoTime();
    for (int i = 3; i <= 60; i++) {
      scaleTo(i);
      TimeUnit.MILLISECONDS.sleep(5);
    }
    seen.known(cluster -> cluster.deployment().get().replicas() == 60);
    long tenths = Duration.ofNanos(System.nanoTime() - start).toMillis() / 100;

    assertThat(seen.count() - before).isBetween(2, (int) tenths + 3);
  }

  @Test
  void lettersThatAreNotAsciiArriveWhole() throws Exception {
    watch(practice.operator);
    seen.known(any -> true);
    practice.event("e1", "Deployment", "coder", "caf\u00e9 \u00d7 \u65e5\u672c \ud83d\ude80");
    practice.event("e2", "Deployment", "coder", "plain");

    assertThat(seen.known(cluster -> cluster.events().size() == 2).events())
        .extracting(ClusterEvent::message)
        .contains("caf\u00e9 \u00d7 \u65e5\u672c \ud83d\ude80");
  }

  @Test
  void aPodThatStopsStaysInSightUntilItIsGone() throws Exception {
    watch(practice.operator);
    seen.known(any -> true);
    practice.store.delete(PracticeCluster.key(Resources.PODS, "coder-5d-a"), Deletion.ordinary());

    Cluster cluster = seen.known(one -> one.pods().stream().anyMatch(Pod::terminating));
    practice.store.delete(
        PracticeCluster.key(Resources.PODS, "coder-5d-a"),
        Deletion.atOnce(cluster.pods().get(0).uid()));
    seen.known(one -> one.pods().isEmpty());
  }

  @Test
  void aMissingDeploymentIsAFactAndNoFailure() throws Exception {
    connection = practice.connect(practice.operator, "nobody", practice.server.port());
    source = connection.source();
    source.watch(seen);

    assertThat(seen.known(any -> true).deployment()).isEmpty();
  }

  @Test
  void aLossIsToldWithItsReasonAndEndsByItself() throws Exception {
    try (Relay relay = new Relay(practice.server.port())) {
      through(relay, QUICK);
      seen.known(any -> true);
      Instant fresh = seen.last().at();
      relay.cut();

      Observed<Cluster> lost = seen.lost(Duration.ofSeconds(5), "does not answer");
      assertThat(lost.value()).isPresent();
      assertThat(lost.at()).isBetween(fresh, Instant.now().minusMillis(1));
      scaleTo(4);
      relay.restore();
      seen.known(cluster -> cluster.deployment().get().replicas() == 4);
    }
  }

  @Test
  void aServerThatFallsSilentIsLostWithinFiveSeconds() throws Exception {
    try (Relay relay = new Relay(practice.server.port())) {
      through(relay, Heartbeat.Pace.ORDINARY);
      seen.known(any -> true);
      relay.silence();

      seen.lost(Duration.ofMillis(5_000), "does not answer");
    }
  }

  @Test
  void aWatchThatDiedSilentlyIsFoundOut() throws Exception {
    try (Relay relay = new Relay(practice.server.port())) {
      through(relay, QUICK);
      seen.known(any -> true);
      relay.freezePresent();
      scaleTo(4);

      seen.until(
          Duration.ofSeconds(12),
          o -> o.isKnown() && o.value().get().deployment().get().replicas() == 4);
    }
  }

  @Test
  void theHeartbeatKeepsFactsFresh() throws Exception {
    watch(practice.operator);
    seen.known(any -> true);
    Instant first = seen.last().at();

    seen.until(Duration.ofSeconds(4), o -> o.isKnown() && o.at().isAfter(first.plusMillis(500)));
  }

  @Test
  void aTokenThatIsNotAcceptedIsToldSo() throws Exception {
    watch(new User("stranger", "wrong-token", java.util.List.of()));

    Observed<Cluster> lost =
        seen.lost(Duration.ofSeconds(5), "401: the token is no longer accepted");
    assertThat(lost.value()).isEmpty();
  }

  @Test
  void aMissingRightIsNamed() throws Exception {
    watch(practice.shortsighted);

    seen.lost(
        Duration.ofSeconds(5),
        "403: may not list events in namespace coder: ask for get, list and watch on events");
  }

  @Test
  void autoscalersThatMayNotBeListedAreUnknownAndNothingElseIs() throws Exception {
    watch(practice.narrow);
    Cluster cluster = seen.known(one -> !one.scalers().isPending());

    assertThat(cluster.scalers().reason()).contains("may not list horizontalpodautoscalers");
    assertThat(cluster.scalers().cause()).isEqualTo(Observed.Cause.FORBIDDEN);
  }

  @Test
  void aVersionThatMayNotBeAskedForIsToldAsSuch() throws Exception {
    watch(practice.narrow);
    Cluster cluster =
        seen.known(
            one ->
                one.workload().served().stream()
                    .anyMatch(each -> each.version().cause() == Observed.Cause.FORBIDDEN));
    assertThat(cluster.workload().served().get(0).version().value()).isEmpty();
  }

  /** What its controller has not said, or not of these pods, is no refusal. */
  @Test
  void aBudgetRefusesOnlyWhereItsControllerSaysSo() throws Exception {
    budget("held", "", "{\"observedGeneration\":1,\"disruptionsAllowed\":0}");
    budget("silent", "", "{}");
    budget("stale", "", "{\"observedGeneration\":0,\"disruptionsAllowed\":0}");
    budget(
        "narrower",
        ",\"matchExpressions\":[{\"key\":\"tier\",\"operator\":\"Exists\"}]",
        "{\"observedGeneration\":1,\"disruptionsAllowed\":0}");
    watch(practice.operator);
    Map<String, Optional<Integer>> allowed =
        seen.known(one -> one.around().budgets().isKnown()).around().budgets().value().stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(DisruptionBudget::name, DisruptionBudget::allowed));
    assertThat(allowed)
        .isEqualTo(
            Map.of(
                "held", Optional.of(0),
                "silent", Optional.empty(),
                "stale", Optional.empty(),
                "narrower", Optional.empty()));
  }

  private void budget(String name, String expressions, String status) {
    practice.create(
        """
        {"apiVersion":"policy/v1","kind":"PodDisruptionBudget",
         "metadata":{"name":"%s","namespace":"coder","generation":1},
         "spec":{"minAvailable":1,"selector":{"matchLabels":{}%s}},"status":%s}
        """
            .formatted(name, expressions, status));
  }

  /** Argo CD may run in another cluster: then no command of this one is right. */
  @Test
  void whoKeepsTheDeploymentIsReadOffItself() throws Exception {
    tracked();
    assertThat(scalers(practice.admin))
        .isEqualTo(
            "Argo CD shop (annotation argocd.argoproj.io/tracking-id; not found in namespace argocd"
                + " or openshift-gitops of this cluster: it may run in another one; pause it"
                + " there)");
  }

  /** What cannot be paused from here is shown as a command that names the cluster it is for. */
  @Test
  void aCommandAboutAnApplicationNamesTheContext() throws Exception {
    tracked();
    assertThat(scalers(practice.viewer))
        .contains(
            "may not get applications in namespace argocd: kubectl --context ",
            " -n argocd patch applications.argoproj.io/shop --type=merge -p"
                + " '{\"spec\":{\"syncPolicy\":{\"automated\":null}}}'");
  }

  @Test
  void aCommandOfFluxNamesTheContext() throws Exception {
    ScalerScenes.label(practice, "helm", "shop");
    assertThat(scalers(practice.viewer))
        .contains("flux --context ", " -n coder suspend helmrelease shop");
  }

  private void tracked() {
    ScalerScenes.track(practice, "shop:apps/Deployment:coder/coder");
  }

  /** What is told of GitOps once its objects were asked for. */
  private String scalers(User user) throws Exception {
    watch(user);
    return Scaler.text(
        seen.known(one -> one.scalers().value().filter(ClusterSourceTest::asked).isPresent())
            .scalers()
            .value()
            .orElseThrow());
  }

  private static boolean asked(List<Scaler> scalers) {
    return scalers.stream().anyMatch(each -> each.evidence().contains("; "));
  }

  @Test
  void readyPodsAreAskedThroughTheApiServer() throws Exception {
    HttpServer coderd =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    coderd.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"version\":\"v2.20.0+abc\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    coderd.start();
    practice.pod("coder-5d-b", coderd.getAddress().getPort());
    watch(practice.operator);
    Cluster cluster = seen.known(one -> one.workload().served().size() == 2);
    coderd.stop(0);

    Optional<Served> good = served(cluster, "coder-5d-b");
    assertThat(good.get().healthy()).isTrue();
    assertThat(good.get().version().value()).contains("v2.20.0+abc");
    Served bad = served(cluster, "coder-5d-a").get();
    assertThat(bad.healthy()).isFalse();
    assertThat(bad.version().isKnown()).isFalse();
  }

  private static Optional<Served> served(Cluster cluster, String pod) {
    return cluster.workload().served().stream().filter(one -> one.pod().equals(pod)).findFirst();
  }

  private void scaleTo(int replicas) {
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.path("spec")).put("replicas", replicas));
  }

  /** The server gives no more than 500 at once. */
  @Test
  void aListGoesOnToItsLastPage() throws Exception {
    for (int i = 0; i < 501; i++) {
      practice.create(
          """
          {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"coder-%d","namespace":"coder",
            "labels":{"app":"coder","tier":"server"},
            "ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"coder","uid":"%s","controller":true}]},
           "spec":{"replicas":0,"selector":{"matchLabels":{"app":"coder"}},
            "template":{"metadata":{"labels":{"app":"coder","tier":"server"}},"spec":{"containers":[
              {"name":"coder","image":"i"}]}}}}
          """
              .formatted(i, practice.deploymentUid()));
    }
    watch(practice.operator);
    assertThat(seen.known(any -> true).replicaSets()).hasSize(502);
  }

  private void watch(User user) throws Exception {
    connection = practice.connect(user);
    source = connection.source();
    source.watch(seen);
  }

  private void through(Relay relay, Heartbeat.Pace pace) throws Exception {
    connection = practice.connect(practice.operator, "coder", relay.port());
    source = connection.source(pace);
    source.watch(seen);
  }
}
