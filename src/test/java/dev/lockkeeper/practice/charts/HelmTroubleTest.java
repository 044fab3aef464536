package dev.lockkeeper.practice.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.practice.charts.HelmProcess.Result;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What goes wrong with Helm in a scenario is said by Helm itself, and its cure is one. */
@Execution(ExecutionMode.CONCURRENT)
class HelmTroubleTest {
  private static final String NAMESPACE = "coder";

  @TempDir Path directory;

  @BeforeAll
  static void needsHelm() {
    assumeTrue(HelmProcess.installed(), "there is no Helm for this machine");
  }

  private interface Visit {
    void to(HelmProcess helm, KubernetesClient cluster) throws Exception;
  }

  private void in(String scenario, Visit visit) throws Exception {
    WorldClient world =
        WorldClient.start(
            WorldClient.newDirectory(), WorldOptions.defaults().withScenario(scenario).withPace(5));
    world.awaitReady(line -> {});
    world.hold();
    try (KubernetesClient cluster =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(world.kubeconfig().toFile()))
            .build()) {
      visit.to(
          new HelmProcess(
              world.kubeconfig(), new HelmHome(world.directory().resolve("helm")), directory),
          cluster);
    } finally {
      world.leave();
    }
  }

  private static Deployment deployment(KubernetesClient cluster, String name) {
    return cluster.apps().deployments().inNamespace(NAMESPACE).withName(name).get();
  }

  private static void passes(Result result) {
    assertThat(result.code()).as(result.output()).isZero();
  }

  private static void fails(Result result, String... words) {
    assertThat(result.code()).as(result.output()).isEqualTo(1);
    assertThat(result.output()).contains(words);
  }

  @Test
  void aPendingReleaseIsNotUpgraded() throws Exception {
    in(
        "helm-pending",
        (helm, cluster) -> {
          assertThat(helm.run("history").lines())
              .containsExactly(
                  "1 deployed coder-2.26.6 Install complete",
                  "2 pending-upgrade coder-2.29.3 Preparing upgrade");
          fails(helm.run("upgrade", "coder-v2/coder", "2.30.9"), "another operation");

          cluster.secrets().inNamespace(NAMESPACE).withName("sh.helm.release.v1.coder.v2").delete();
          passes(helm.run("upgrade", "coder-v2/coder", "2.30.9"));
        });
  }

  @Test
  void aPlainUpgradeStartsAsManyReplicasAsTheValuesSay() throws Exception {
    in(
        "helm-replicas",
        (helm, cluster) -> {
          assertThat(deployment(cluster, "coder").getSpec().getReplicas()).isZero();

          passes(helm.run("upgrade", "coder-v2/coder", "2.29.3"));

          assertThat(deployment(cluster, "coder").getSpec().getReplicas()).isEqualTo(3);
        });
  }

  @Test
  void theRepositoryOfV1HasNoReleaseOfV2() throws Exception {
    in(
        "v1-repo",
        (helm, cluster) ->
            fails(helm.run("upgrade", "coder/coder", "2.29.3"), "no chart version found"));
  }

  @Test
  void aServiceOfV1CannotBeReplaced() throws Exception {
    in(
        "v1-immutable",
        (helm, cluster) -> {
          fails(
              helm.run("upgrade", "coder/coder", "1.26.2", "--force"),
              "failed to replace object: Service \"cemanager\" is invalid",
              "spec.clusterIP: Invalid value: \"\"",
              "field is immutable");
          passes(helm.run("upgrade", "coder/coder", "1.26.2", "--wait"));

          Service ingress = cluster.services().inNamespace(NAMESPACE).withName("web-ingress").get();
          assertThat(ingress.getStatus().getLoadBalancer().getIngress()).hasSize(1);
          passes(helm.run("uninstall"));
          assertThat(cluster.services().inNamespace(NAMESPACE).list().getItems())
              .extracting(service -> service.getMetadata().getName())
              .containsExactly("web-ingress");
          await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> cluster.services().inNamespace(NAMESPACE).list().getItems().isEmpty());
        });
  }

  private static void own(ObjectMeta object) {
    object.setLabels(Map.of("app.kubernetes.io/managed-by", "Helm"));
    object.setAnnotations(
        Map.of("meta.helm.sh/release-name", "coder", "meta.helm.sh/release-namespace", NAMESPACE));
  }

  @Test
  void whatIsNotOwnedIsTakenOverOnlyWhenItSaysSo() throws Exception {
    in(
        "v1-ownership",
        (helm, cluster) -> {
          fails(
              helm.run("upgrade", "coder/coder", "1.24.3"),
              "ServiceAccount \"coder\" in namespace \"coder\" exists and cannot be imported",
              "must be set to \"Helm\"",
              "missing key \"meta.helm.sh/release-name\"");

          cluster
              .serviceAccounts()
              .inNamespace(NAMESPACE)
              .withName("coder")
              .edit(
                  account -> {
                    own(account.getMetadata());
                    return account;
                  });
          fails(
              helm.run("upgrade", "coder/coder", "1.24.3"),
              "Role \"coder\" in namespace \"coder\" exists and cannot be imported");
          cluster
              .rbac()
              .roles()
              .inNamespace(NAMESPACE)
              .withName("coder")
              .edit(
                  role -> {
                    own(role.getMetadata());
                    return role;
                  });
          passes(helm.run("upgrade", "coder/coder", "1.24.3", "--wait"));
          List<String> log =
              cluster
                  .pods()
                  .inNamespace(NAMESPACE)
                  .withName(
                      cluster
                          .pods()
                          .inNamespace(NAMESPACE)
                          .list()
                          .getItems()
                          .get(0)
                          .getMetadata()
                          .getName())
                  .inContainer("migrations")
                  .getLog()
                  .lines()
                  .toList();
          assertThat(log).containsExactly("migrations: the database is up to date");
        });
  }
}
