package dev.lockkeeper;

import dev.lockkeeper.worlds.WorldClient;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.net.HttpURLConnection;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Somebody else with all rights in the cluster, who asks nobody. */
final class Meddler implements AutoCloseable {
  private static final String NAMESPACE = "coder";
  private static final String LEASE = "lockkeeper-coder";

  private final KubernetesClient client;
  private final Deployment original;
  private String uid;

  Meddler(WorldClient world) {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(world.adminKubeconfig().toFile()))
            .build();
    original = deployment();
    uid = original.getMetadata().getUid();
  }

  Deployment deployment() {
    return coder().get();
  }

  private RollableScalableResource<Deployment> coder() {
    return client.apps().deployments().inNamespace(NAMESPACE).withName("coder");
  }

  /** The controllers write there too: whoever comes second tries again. */
  private void changes(UnaryOperator<Deployment> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        coder().edit(change);
        return;
      } catch (KubernetesClientException conflict) {
        if (conflict.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == 20) {
          throw conflict;
        }
      }
    }
  }

  void scale(int replicas) {
    coder().scale(replicas);
  }

  /** Sets the image of the container that runs coderd. */
  void image(String image) {
    changes(
        old ->
            new DeploymentBuilder(old)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
  }

  /** Lets the liveness probe fail this often before it kills. */
  void probe(int failures) {
    changes(
        old ->
            new DeploymentBuilder(old)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .editLivenessProbe()
                .withFailureThreshold(failures)
                .endLivenessProbe()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
  }

  /** Deletes the Deployment and makes one that looks the same. */
  void makesAnew() {
    coder().delete();
    client.resource(fresh()).create();
  }

  private Deployment fresh() {
    return new DeploymentBuilder(original)
        .editMetadata()
        .withUid(null)
        .withResourceVersion(null)
        .withGeneration(null)
        .withCreationTimestamp(null)
        .endMetadata()
        .withStatus(null)
        .build();
  }

  /** Deletes one pod; its ReplicaSet makes another. */
  void replacesAPod() {
    client.pods().inNamespace(NAMESPACE).list().getItems().stream()
        .findFirst()
        .ifPresent(pod -> client.resource(pod).delete());
  }

  /** Lets somebody hold the operator's Lease, whoever had it. */
  void sits(String who) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName(LEASE)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(who)
                .withLeaseDurationSeconds(30)
                .withAcquireTime(now)
                .withRenewTime(now)
                .endSpec()
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  /** An autoscaler that wants so many. */
  void autoscales(int least) {
    client
        .resource(
            new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName("coder")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withMinReplicas(least)
                .withMaxReplicas(6)
                .withNewScaleTargetRef("apps/v1", "Deployment", "coder")
                .endSpec()
                .build())
        .create();
    scale(least);
  }

  /** Who holds the operator's Lease. */
  String sitter() {
    return client
        .leases()
        .inNamespace(NAMESPACE)
        .withName(LEASE)
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  /** The uid of the Deployment with which the test began. */
  String original() {
    return uid;
  }

  /** Whether all replicas are Ready and nothing of a rollout is left. */
  boolean isTidy() {
    DeploymentStatus now = deployment().getStatus();
    int wanted = original.getSpec().getReplicas();
    return now != null
        && Objects.equals(now.getObservedGeneration(), deployment().getMetadata().getGeneration())
        && Objects.equals(now.getReplicas(), wanted)
        && Objects.equals(now.getUpdatedReplicas(), wanted)
        && Objects.equals(now.getReadyReplicas(), wanted)
        && client.pods().inNamespace(NAMESPACE).list().getItems().size() == wanted;
  }

  /** Puts everything back as it was in the beginning, and lets nobody sit. */
  void tidies() {
    client.leases().inNamespace(NAMESPACE).withName(LEASE).delete();
    client
        .autoscaling()
        .v2()
        .horizontalPodAutoscalers()
        .inNamespace(NAMESPACE)
        .withName("coder")
        .delete();
    changes(old -> new DeploymentBuilder(old).withSpec(original.getSpec()).build());
    uid = deployment().getMetadata().getUid();
  }

  @Override
  public void close() {
    client.close();
  }
}
