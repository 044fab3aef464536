package dev.lockkeeper.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Write;

/** What would scale the Deployment of a {@link PracticeCluster} back. */
public final class ScalerScenes {
  /** Between three and six replicas. */
  public static final String AUTOSCALER =
      """
      {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler",
       "metadata":{"name":"coder","namespace":"coder"},
       "spec":{"minReplicas":3,"maxReplicas":6,
         "scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"coder"}},
       "status":{"conditions":[
         {"type":"AbleToScale","status":"True","reason":"ReadyForNewScale"},
         {"type":"ScalingActive","status":"True","reason":"ValidMetricFound"}]}}
      """;

  /** What its controller says of it. */
  public static void scaling(PracticeCluster cluster, String status, String reason) {
    cluster.store.update(
        new Key(Resources.AUTOSCALERS, "coder", "coder"),
        Write.by("kube-controller-manager").to("status"),
        object -> {
          ((ObjectNode) object.at("/status/conditions/1"))
              .put("status", status)
              .put("reason", reason);
          return object;
        });
  }

  /** KEDA, at work. */
  public static final String SCALED_OBJECT =
      """
      {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject",
       "metadata":{"name":"coder-load","namespace":"coder"},
       "spec":{"minReplicaCount":2,"scaleTargetRef":{"name":"coder"}}}
      """;

  /** Its HorizontalPodAutoscaler. */
  public static final String OF_KEDA =
      AUTOSCALER.replace(
          "\"name\":\"coder\",\"namespace\":\"coder\"",
          "\"name\":\"keda-hpa-coder-load\",\"namespace\":\"coder\",\"ownerReferences\":["
              + "{\"apiVersion\":\"keda.sh/v1alpha1\",\"kind\":\"ScaledObject\","
              + "\"name\":\"coder-load\",\"uid\":\"x\"}]");

  /** Argo CD, which heals. */
  public static final String APPLICATION =
      """
      {"apiVersion":"argoproj.io/v1alpha1","kind":"Application",
       "metadata":{"name":"coder","namespace":"argocd"},
       "spec":{"project":"default","syncPolicy":{"automated":{"prune":true,"selfHeal":true},
         "syncOptions":["ServerSideApply=true"]}}}
      """;

  /** Flux, which gives up after 10 minutes. */
  public static final String HELM_RELEASE =
      """
      {"apiVersion":"helm.toolkit.fluxcd.io/v2","kind":"HelmRelease",
       "metadata":{"name":"coder","namespace":"coder"},
       "spec":{"timeout":"10m","upgrade":{"remediation":{"retries":3}}}}
      """;

  private static final String ARGO_CD =
      """
      {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"argocd"}}
      """;

  private ScalerScenes() {}

  /** Argo CD is there, with these objects. */
  public static void argo(PracticeCluster cluster, String... objects) {
    cluster.create(ARGO_CD);
    for (String object : objects) {
      cluster.create(object);
    }
  }

  /** Lets the Deployment say that this Application keeps it. */
  public static void track(PracticeCluster cluster, String id) {
    annotate(cluster, "argocd.argoproj.io/tracking-id", id);
  }

  private static void annotate(PracticeCluster cluster, String name, String value) {
    cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object ->
            ((ObjectNode) object.path("metadata")).withObject("/annotations").put(name, value));
  }

  /** Lets the Deployment say that Flux's HelmRelease or Kustomization keeps it. */
  public static void label(PracticeCluster cluster, String prefix, String name) {
    cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object ->
            ((ObjectNode) object.path("metadata"))
                .withObject("/labels")
                .put(prefix + ".toolkit.fluxcd.io/name", name)
                .put(prefix + ".toolkit.fluxcd.io/namespace", "coder"));
  }

  /** Sets how many replicas are wanted. */
  public static void replicas(PracticeCluster cluster, int wanted) {
    cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.path("spec")).put("replicas", wanted));
  }
}
