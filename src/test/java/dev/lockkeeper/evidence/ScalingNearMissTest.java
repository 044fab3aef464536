package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.action.ScaleBack;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.RunFacts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What looks like a moment to scale to zero, to one or back, and what is one. */
@Execution(ExecutionMode.CONCURRENT)
class ScalingNearMissTest {
  private static final String SERVES_362 = "ghcr.io/coder/coder:v2.26.6";

  @TempDir Path directory;
  private Look look;

  @BeforeEach
  void open() throws Exception {
    look = Look.open(directory);
  }

  @AfterEach
  void close() throws Exception {
    look.close();
  }

  @Test
  @NearMiss(acts = "scale-to-zero")
  void podsThatAreThereMayBeWantedNoMore() {
    wants(0);
    assertThat(look.look().freshCluster().orElseThrow().pods()).isNotEmpty();
    assertThat(toZero()).isFalse();
    wants(1);
    assertThat(toZero()).isTrue();
  }

  @Test
  @NearMiss(acts = "scale-to-zero")
  void aDeploymentOfTheSameNameInAnotherNamespaceIsAnother() {
    wants(0);
    look.cluster.create(
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"coder-dev\"}}");
    ObjectNode other = look.cluster.deployment().deepCopy();
    ((ObjectNode) other.path("spec")).put("replicas", 2);
    ((ObjectNode) other.path("metadata"))
        .removeAll()
        .put("name", "coder")
        .put("namespace", "coder-dev");
    look.cluster.store.create(other);
    assertThat(toZero()).isFalse();
    wants(2);
    assertThat(toZero()).isTrue();
  }

  @Test
  @NearMiss(acts = "scale-to-zero")
  void whatServesStaysWhileNewPodsLackTheirSecret() {
    look.cluster.pod("coder-5d-b", 8080);
    stands("CreateContainerConfigError");
    assertThat(toZero()).isFalse();
    stands("ImagePullBackOff");
    assertThat(toZero()).isTrue();
    stands("ContainerCreating");
    assertThat(toZero()).isTrue();
  }

  @Test
  @NearMiss(acts = "scale-to-one")
  void aPausedRolloutStartsWhatWasThereBefore() {
    ready();
    spec(it -> it.put("paused", true));
    assertThat(toOne()).isFalse();
    spec(it -> it.put("paused", false));
    assertThat(toOne()).isTrue();
  }

  @Test
  @NearMiss(acts = "scale-to-one")
  void whoHoldsTheMigrationLockIsWaitedForWhereverItIs() throws Exception {
    ready();
    Connection byHand = look.database.session("coder", "127.0.0.88", "psql");
    Scene.run(byHand, "BEGIN; SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
    assertThat(toOne()).isFalse();
    Scene.run(byHand, "ROLLBACK; BEGIN; SELECT pg_advisory_xact_lock(4)");
    assertThat(toOne()).isTrue();
  }

  @Test
  @NearMiss(acts = "scale-to-one")
  void noVersionStartsOnADirtySchema() throws Exception {
    ready();
    Connection coder = look.database.session();
    Scene.run(coder, "UPDATE schema_migrations SET dirty = true");
    assertThat(toOne()).isFalse();
    Scene.run(coder, "UPDATE schema_migrations SET dirty = false");
    assertThat(toOne()).isTrue();
  }

  @Test
  @NearMiss(acts = "scale-back")
  void howManyThereWereIsNotGuessed() {
    assertThat(back()).isFalse();
    look.run(run -> run.remembering(RunFacts.REPLICAS, "3"));
    assertThat(back()).isTrue();
  }

  @Test
  @NearMiss(acts = "scale-back")
  void asManyAsBeforeAreEnough() {
    look.run(run -> run.remembering(RunFacts.REPLICAS, "2"));
    assertThat(back()).isFalse();
    wants(1);
    assertThat(back()).isTrue();
  }

  @Test
  @NearMiss(acts = "scale-back")
  void theNewPodServesWhileAnotherOneMigrates() throws Exception {
    HttpServer coderd = coderd();
    look.cluster.pod("coder-5d-b", coderd.getAddress().getPort());
    new Pods(look.cluster).forget("coder-5d-a");
    spec(it -> ((ObjectNode) it.at("/template/spec/containers/1")).put("image", SERVES_362));
    look.run(run -> run.remembering(RunFacts.REPLICAS, "3"));
    look.until(seen -> seen.freshCluster().stream().anyMatch(ScalingNearMissTest::served));
    Connection migrator = look.database.session("coder", "127.0.0.88", "");
    Scene.run(migrator, "BEGIN; SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
    assertThat(look.offered("coder-recovery", "7.2")).isEmpty();
    Scene.run(migrator, "ROLLBACK; BEGIN; SELECT pg_advisory_xact_lock(4)");
    assertThat(look.offered("coder-recovery", "7.2")).isPresent();
    coderd.stop(0);
  }

  private static boolean served(Cluster cluster) {
    return cluster.workload().served().stream().anyMatch(each -> each.version().isKnown());
  }

  /** It answers as a healthy coderd of v2.26.6 does. */
  private static HttpServer coderd() throws Exception {
    HttpServer coderd =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    coderd.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"version\":\"v2.26.6+abc\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    coderd.start();
    return coderd;
  }

  /** Nobody is there, and nobody is wanted. */
  private void ready() {
    new Pods(look.cluster).forget("coder-5d-a");
    wants(0);
  }

  private boolean toZero() {
    return look.offered("coder-recovery", "4.1").isPresent();
  }

  private boolean toOne() {
    return look.offered("coder-recovery", "6.1").isPresent();
  }

  private boolean back() {
    return look.proposal(new ScaleBack(true)).plan().isPresent();
  }

  private void wants(int replicas) {
    spec(it -> it.put("replicas", replicas));
  }

  private void spec(Consumer<ObjectNode> change) {
    look.cluster.edit(
        Resources.DEPLOYMENTS, "coder", object -> change.accept((ObjectNode) object.path("spec")));
  }

  private void stands(String reason) {
    look.cluster.status(
        Resources.PODS,
        "coder-5d-b",
        pod -> {
          ((ObjectNode) pod.at("/status/conditions/0")).put("status", "False");
          ObjectNode container = (ObjectNode) pod.at("/status/containerStatuses/0");
          container.put("ready", false).put("restartCount", 0).remove("lastState");
          container.set(
              "state", PracticeCluster.object("{\"waiting\":{\"reason\":\"" + reason + "\"}}"));
        });
  }
}
