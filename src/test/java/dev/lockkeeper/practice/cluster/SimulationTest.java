package dev.lockkeeper.practice.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Base64Text;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Feed;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.Write;
import dev.lockkeeper.practice.cluster.ScriptedRuntime.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Key CODER = new Key(Resources.DEPLOYMENTS, "coder", "coder");
  private static final Pace FAST = new Pace(20);

  private final Store store = new Store();
  private final Logs logs = new Logs();
  private final ScriptedRuntime runtime = new ScriptedRuntime();
  private Simulation simulation;

  @BeforeEach
  void setUp() throws IOException {
    store.create(
        Json.object(
            "apiVersion", "v1", "kind", "Namespace", "metadata", Json.object("name", "coder")));
    store.create(
        Json.object(
            "apiVersion",
            "v1",
            "kind",
            "Secret",
            "metadata",
            Json.object("name", "coder-db-url", "namespace", "coder"),
            "data",
            Json.object("url", Base64Text.encode("postgres://coder@db/coder"))));
    simulation = Simulation.start(store, logs, runtime, FAST);
  }

  @AfterEach
  void tearDown() {
    simulation.close();
    runtime.close();
  }

  private void deploy(Consumer<ObjectNode> change) throws IOException {
    try (var in = SimulationTest.class.getResourceAsStream("deployment.json")) {
      ObjectNode deployment = (ObjectNode) Json.MAPPER.readTree(in);
      change.accept(deployment);
      store.create(deployment);
    }
  }

  private static ObjectNode spec(ObjectNode deployment) {
    return (ObjectNode) deployment.get("spec");
  }

  private static ObjectNode container(ObjectNode deployment) {
    return (ObjectNode) deployment.at("/spec/template/spec/containers/0");
  }

  private void edit(Consumer<ObjectNode> change) {
    store.update(
        CODER,
        Write.by("test"),
        object -> {
          change.accept(object);
          return object;
        });
  }

  private List<ObjectNode> pods() {
    return store.list(Resources.PODS, "coder", pod -> true).items();
  }

  private JsonNode firstContainer() {
    assertThat(pods()).isNotEmpty();
    return pods().get(0).at("/status/containerStatuses/0");
  }

  private List<ObjectNode> events(String reason) {
    Predicate<ObjectNode> of = event -> Json.text(event, "/reason").equals(reason);
    return store.list(Resources.EVENTS, "coder", of).items();
  }

  private JsonNode status() {
    return store.get(CODER).path("status");
  }

  private void awaitReady(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(status().path("readyReplicas").asInt()).isEqualTo(count));
  }

  private static void eventually(ThrowingConsumer<Void> assertions) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertions.acceptThrows(null));
  }

  @Test
  void anImageThatNoRegistryHasIsAskedForAgainUntilItComes() throws IOException {
    runtime.noImage = Optional.of("example.com/coder:v9: not found");
    deploy(deployment -> spec(deployment).put("replicas", 1));

    eventually(
        nothing ->
            assertThat(Json.text(firstContainer(), "/state/waiting/reason"))
                .isEqualTo("ImagePullBackOff"));
    // The first reason may be over before anybody looks; its event stays.
    assertThat(events("Failed"))
        .extracting(event -> Json.text(event, "/message"))
        .contains("Error: ErrImagePull")
        .anyMatch(message -> message.endsWith("example.com/coder:v9: not found"));
    assertThat(runtime.started).isEmpty();

    runtime.noImage = Optional.empty();

    awaitReady(1);
    assertThat(Json.number(firstContainer(), "/restartCount", -1)).isZero();
  }

  @Test
  void aContainerThatTookTooMuchMemoryIsSaidToBeOomKilled() throws IOException {
    runtime.hungry = true;
    runtime.crashing = true;
    deploy(deployment -> spec(deployment).put("replicas", 1));

    eventually(
        nothing -> {
          JsonNode last = firstContainer().at("/lastState/terminated");
          assertThat(Json.text(last, "/reason")).isEqualTo("OOMKilled");
          assertThat(Json.number(last, "/exitCode", 0)).isEqualTo(137);
        });
  }

  @Test
  void podsFollowADeploymentAndTheirEnvironmentIsResolved() throws IOException {
    deploy(deployment -> spec(deployment).put("replicas", 2));
    awaitReady(2);
    assertThat(runtime.started)
        .allSatisfy(
            started -> {
              assertThat(started.environment())
                  .containsEntry("CODER_PG_CONNECTION_URL", "postgres://coder@db/coder")
                  .containsEntry("KUBE_POD_IP", started.address())
                  .containsEntry("RELAY", "http://" + started.address() + ":8080");
              assertThat(started.address()).startsWith("127.9.");
            });
    assertThat(runtime.started.stream().map(ContainerRuntime.Spec::address).distinct()).hasSize(2);
    assertThat(pods())
        .allSatisfy(
            pod -> {
              assertThat(Json.name(pod)).matches("coder-[a-z0-9]{5,10}-[a-z0-9]{5}");
              assertThat(Json.text(pod, "/status/phase")).isEqualTo("Running");
            });
    eventually(
        ok ->
            assertThat(
                    Conditions.find(status(), "Progressing").orElseThrow().path("reason").asText())
                .isEqualTo("NewReplicaSetAvailable"));
    assertThat(events("ScalingReplicaSet"))
        .extracting(event -> Json.text(event, "/message"))
        .singleElement()
        .asString()
        .matches("Scaled up replica set coder-\\w+ from 0 to 2");
  }

  @Test
  void aNewImageRollsOutWithoutLosingAReadyPod() throws Exception {
    deploy(deployment -> spec(deployment).put("replicas", 2));
    awaitReady(2);
    Feed feed = store.watch(store.version());
    edit(deployment -> container(deployment).put("image", "coder:2"));
    eventually(
        ok ->
            assertThat(pods())
                .hasSize(2)
                .allMatch(pod -> Json.text(pod, "/spec/containers/0/image").equals("coder:2"))
                .allMatch(pod -> Conditions.isTrue(pod.path("status"), "Ready")));
    for (var change = feed.next(Duration.ZERO);
        change.isPresent();
        change = feed.next(Duration.ZERO)) {
      if (change.get().resource().equals(Resources.DEPLOYMENTS)) {
        assertThat(Json.number(change.get().object(), "/status/readyReplicas", 0))
            .isGreaterThanOrEqualTo(2);
      }
    }
    assertThat(store.list(Resources.REPLICASETS, "coder", any -> true).items()).hasSize(2);
  }

  @Test
  void aPodThatNeverGetsReadyStopsTheRolloutAndRunsIntoItsDeadline() throws IOException {
    deploy(
        deployment -> {
          spec(deployment).put("replicas", 2).put("progressDeadlineSeconds", 30);
        });
    awaitReady(2);
    runtime.health = Health.SICK;
    edit(
        deployment -> {
          container(deployment).put("image", "coder:2");
          container(deployment).remove("livenessProbe");
        });
    eventually(
        ok ->
            assertThat(
                    Conditions.find(status(), "Progressing").orElseThrow().path("reason").asText())
                .isEqualTo("ProgressDeadlineExceeded"));
    assertThat(events("Unhealthy"))
        .anyMatch(
            event ->
                Json.text(event, "/message")
                    .equals("Readiness probe failed: HTTP probe failed with statuscode: 503"));
  }

  @Test
  void scalingToZeroSendsTermAndKillsAfterTheGrace() throws IOException {
    runtime.deafToTerminate = true;
    deploy(deployment -> spec(deployment).put("replicas", 1));
    awaitReady(1);
    long begun = System.nanoTime();
    edit(deployment -> spec(deployment).put("replicas", 0));
    eventually(
        ok -> assertThat(pods()).singleElement().matches(Control::leaving, "is being deleted"));
    assertThat(runtime.running()).isEqualTo(1);
    eventually(ok -> assertThat(pods()).isEmpty());
    assertThat(System.nanoTime() - begun).isGreaterThan(FAST.seconds(20).toNanos());
    assertThat(runtime.running()).isZero();
    assertThat(events("Killing"))
        .extracting(event -> Json.text(event, "/message"))
        .contains("Stopping container coder");
    eventually(ok -> assertThat(status().path("replicas").asInt()).isZero());
  }

  @Test
  void aHangingContainerFailsItsLivenessProbeAndIsStartedAgain() throws IOException {
    deploy(deployment -> spec(deployment).put("replicas", 1));
    awaitReady(1);
    runtime.health = Health.HANGING;
    eventually(ok -> assertThat(Json.number(firstContainer(), "/restartCount", 0)).isPositive());
    String url = "http://" + runtime.started.get(0).address() + ":8080/healthz";
    assertThat(events("Unhealthy"))
        .extracting(event -> Json.text(event, "/message"))
        .contains(
            "Liveness probe failed: Get \""
                + url
                + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    assertThat(events("Killing"))
        .extracting(event -> Json.text(event, "/message"))
        .contains("Container coder failed liveness probe, will be restarted");
    assertThat(events("Unhealthy")).anyMatch(event -> Json.number(event, "/count", 1) > 1);
  }

  @Test
  void aCrashingContainerBacksOffAndKeepsItsLastState() throws IOException {
    runtime.crashing = true;
    deploy(deployment -> spec(deployment).put("replicas", 1));
    eventually(
        ok -> {
          JsonNode container = firstContainer();
          assertThat(Json.text(container, "/state/waiting/reason")).isEqualTo("CrashLoopBackOff");
          assertThat(Json.text(container, "/state/waiting/message")).startsWith("back-off 20s");
          assertThat(Json.number(container, "/lastState/terminated/exitCode", 0)).isEqualTo(1);
          assertThat(Json.number(container, "/restartCount", 0)).isEqualTo(2);
        });
    assertThat(events("BackOff")).isNotEmpty();
  }

  @Test
  void aMissingSecretKeepsTheContainerFromBeingCreated() throws IOException {
    deploy(
        deployment ->
            ((ObjectNode) container(deployment).at("/env/0/valueFrom/secretKeyRef"))
                .put("name", "absent"));
    eventually(
        ok ->
            assertThat(pods())
                .singleElement()
                .satisfies(
                    pod -> {
                      JsonNode waiting = pod.at("/status/containerStatuses/0/state/waiting");
                      assertThat(waiting.path("reason").asText())
                          .isEqualTo("CreateContainerConfigError");
                      assertThat(waiting.path("message").asText())
                          .isEqualTo("secret \"absent\" not found");
                    }));
  }

  @Test
  void recreateStopsTheOldPodsFirst() throws IOException {
    deploy(
        deployment -> {
          spec(deployment).put("replicas", 1);
          spec(deployment).set("strategy", Json.object("type", "Recreate"));
        });
    awaitReady(1);
    edit(deployment -> container(deployment).put("image", "coder:2"));
    eventually(
        ok ->
            assertThat(pods())
                .singleElement()
                .matches(
                    pod -> Json.text(pod, "/spec/containers/0/image").equals("coder:2"), "is new"));
    awaitReady(1);
    assertThat(runtime.running()).isEqualTo(1);
  }

  @Test
  void deletingTheDeploymentTakesItsPodsAlong() throws IOException {
    deploy(deployment -> spec(deployment).put("replicas", 1));
    awaitReady(1);
    store.delete(CODER, Deletion.ordinary());
    eventually(ok -> assertThat(pods()).isEmpty());
    assertThat(store.list(Resources.REPLICASETS, "coder", any -> true).items()).isEmpty();
  }
}
