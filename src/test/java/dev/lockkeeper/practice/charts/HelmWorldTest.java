package dev.lockkeeper.practice.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.practice.charts.HelmProcess.Result;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a real Helm must find in a practice world, and what it must be able to do there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HelmWorldTest {
  @TempDir static Path directory;

  private WorldClient world;
  private HelmProcess helm;
  private KubernetesClient cluster;

  @BeforeAll
  void enter() throws Exception {
    assumeTrue(HelmProcess.installed(), "there is no Helm for this machine");
    world = WorldClient.start(WorldClient.newDirectory(), WorldOptions.defaults().withPace(5));
    world.awaitReady(line -> {});
    world.hold();
    helm =
        new HelmProcess(
            world.kubeconfig(), new HelmHome(world.directory().resolve("helm")), directory);
    cluster =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(world.kubeconfig().toFile()))
            .build();
  }

  @AfterAll
  void leave() throws Exception {
    if (world != null) {
      cluster.close();
      world.leave();
    }
  }

  private Result ok(String... words) throws IOException, InterruptedException {
    Result result = helm.run(words);
    assertThat(result.code()).as(result.output()).isZero();
    return result;
  }

  private Deployment deployment() {
    return cluster.apps().deployments().inNamespace("coder").withName("coder").get();
  }

  private Container container() {
    return deployment().getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  private String image() {
    return container().getImage();
  }

  @Test
  @Order(1)
  void theWorldIsAReleaseFromTheStart() throws Exception {
    assertThat(ok("list").lines()).containsExactly("coder deployed coder-2.26.6");
    assertThat(ok("history").lines()).containsExactly("1 deployed coder-2.26.6 Install complete");
    assertThat(ok("values").output()).contains("replicaCount: 3", "CODER_PG_CONNECTION_URL");
  }

  @Test
  @Order(2)
  void anUpgradeToWhatIsThereChangesNothing() throws Exception {
    Deployment before = deployment();

    ok("upgrade", "coder-v2/coder", "2.26.6", "--wait");

    Deployment after = deployment();
    assertThat(after.getMetadata().getGeneration()).isEqualTo(before.getMetadata().getGeneration());
    assertThat(after.getSpec()).isEqualTo(before.getSpec());
    assertThat(ok("history").lines())
        .containsExactly(
            "1 superseded coder-2.26.6 Install complete",
            "2 deployed coder-2.26.6 Upgrade complete");
  }

  @Test
  @Order(3)
  void aNewVersionFromTheRepositoryIsRolledOut() throws Exception {
    cluster.apps().deployments().inNamespace("coder").withName("coder").scale(0);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.pods().inNamespace("coder").list().getItems().isEmpty());

    ok("update");
    ok("upgrade", "coder-v2/coder", "2.30.1", "--wait", "coder.replicaCount=1");

    assertThat(image()).isEqualTo("ghcr.io/coder/coder:v2.30.1");
    assertThat(container().getLivenessProbe()).isNull();
    assertThat(deployment().getStatus().getReadyReplicas()).isEqualTo(1);
    assertThat(ok("list").lines()).containsExactly("coder deployed coder-2.30.1");
  }

  @Test
  @Order(4)
  void aPinnedTagBeatsTheVersion() throws Exception {
    ok("upgrade", "coder-v2/coder", "2.30.2", "coder.image.tag=v2.30.1");

    assertThat(image()).isEqualTo("ghcr.io/coder/coder:v2.30.1");
    assertThat(deployment().getMetadata().getLabels())
        .containsEntry("helm.sh/chart", "coder-2.30.2");
  }

  @Test
  @Order(5)
  void aVersionThatDoesNotExistIsNotFound() throws Exception {
    Result refused = helm.run("upgrade", "coder-v2/coder", "2.29.99");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output()).contains("2.29.99");
  }

  @Test
  @Order(6)
  void aServiceThatIsReplacedMayNotLoseItsAddress() throws Exception {
    Result refused = helm.run("upgrade", "coder-v2/coder", "2.30.2", "--force");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output())
        .contains("Service \"coder\" is invalid: spec.clusterIP: Invalid value: \"\"")
        .contains("field is immutable");
  }

  @Test
  @Order(7)
  void whatHelmKeepsIsInTheWorldsOwnDirectory() throws Exception {
    assertThat(
            Files.list(new HelmHome(world.directory().resolve("helm")).cache())
                .map(file -> file.getFileName().toString()))
        .contains("coder-v2-index.yaml", "coder-2.30.1.tgz");
    assertThat(directory.resolve(".cache")).doesNotExist();
    assertThat(directory.resolve(".config")).doesNotExist();
  }
}
