package dev.lockkeeper.practice.apiserver;

import static dev.lockkeeper.practice.apiserver.Resource.Trait.GENERATION;
import static dev.lockkeeper.practice.apiserver.Resource.Trait.NAMESPACED;
import static dev.lockkeeper.practice.apiserver.Resource.Trait.SCALE;
import static dev.lockkeeper.practice.apiserver.Resource.Trait.STATUS;

import dev.lockkeeper.practice.apiserver.Resource.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All kinds of objects that the server stores. */
public final class Resources {
  public static final Resource PODS = core("pods", "Pod", "po", NAMESPACED, STATUS);
  public static final Resource EVENTS = core("events", "Event", "ev", NAMESPACED);
  public static final Resource NAMESPACES = core("namespaces", "Namespace", "ns", STATUS);
  public static final Resource NODES = core("nodes", "Node", "no", STATUS);
  public static final Resource SECRETS = core("secrets", "Secret", "", NAMESPACED);
  public static final Resource CONFIGMAPS = core("configmaps", "ConfigMap", "cm", NAMESPACED);
  public static final Resource SERVICES = core("services", "Service", "svc", NAMESPACED, STATUS);
  public static final Resource SERVICEACCOUNTS =
      core("serviceaccounts", "ServiceAccount", "sa", NAMESPACED);
  public static final Resource RESOURCEQUOTAS =
      core("resourcequotas", "ResourceQuota", "quota", NAMESPACED, STATUS);
  public static final Resource DEPLOYMENTS =
      apps("deployments", "Deployment", "deploy", NAMESPACED, STATUS, SCALE, GENERATION);
  public static final Resource REPLICASETS =
      apps("replicasets", "ReplicaSet", "rs", NAMESPACED, STATUS, SCALE, GENERATION);
  public static final Resource LEASES =
      of("coordination.k8s.io", "v1", "leases", "Lease", "", NAMESPACED);
  public static final Resource AUTOSCALERS =
      of(
          "autoscaling",
          "v2",
          "horizontalpodautoscalers",
          "HorizontalPodAutoscaler",
          "hpa",
          NAMESPACED,
          STATUS);

  public static final Resource APPLICATIONS =
      of("argoproj.io", "v1alpha1", "applications", "Application", "app", NAMESPACED, GENERATION);
  public static final Resource HELM_RELEASES =
      of(
          "helm.toolkit.fluxcd.io",
          "v2",
          "helmreleases",
          "HelmRelease",
          "hr",
          NAMESPACED,
          GENERATION);
  public static final Resource KUSTOMIZATIONS =
      of(
          "kustomize.toolkit.fluxcd.io",
          "v1",
          "kustomizations",
          "Kustomization",
          "ks",
          NAMESPACED,
          GENERATION);
  public static final Resource SCALED_OBJECTS =
      of("keda.sh", "v1alpha1", "scaledobjects", "ScaledObject", "so", NAMESPACED, GENERATION);

  private static final List<Resource> ALL =
      List.of(
          PODS,
          EVENTS,
          NAMESPACES,
          NODES,
          SECRETS,
          CONFIGMAPS,
          SERVICES,
          SERVICEACCOUNTS,
          RESOURCEQUOTAS,
          core("limitranges", "LimitRange", "limits", NAMESPACED),
          core("endpoints", "Endpoints", "ep", NAMESPACED),
          core("persistentvolumeclaims", "PersistentVolumeClaim", "pvc", NAMESPACED, STATUS),
          DEPLOYMENTS,
          REPLICASETS,
          apps("statefulsets", "StatefulSet", "sts", NAMESPACED, STATUS, SCALE, GENERATION),
          apps("daemonsets", "DaemonSet", "ds", NAMESPACED, STATUS, GENERATION),
          of("batch", "v1", "jobs", "Job", "", NAMESPACED, STATUS, GENERATION),
          of("batch", "v1", "cronjobs", "CronJob", "cj", NAMESPACED, STATUS, GENERATION),
          LEASES,
          of(
              "policy",
              "v1",
              "poddisruptionbudgets",
              "PodDisruptionBudget",
              "pdb",
              NAMESPACED,
              STATUS,
              GENERATION),
          of("networking.k8s.io", "v1", "ingresses", "Ingress", "ing", NAMESPACED, STATUS),
          of("rbac.authorization.k8s.io", "v1", "roles", "Role", "", NAMESPACED),
          of("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding", "", NAMESPACED),
          AUTOSCALERS,
          APPLICATIONS,
          HELM_RELEASES,
          KUSTOMIZATIONS,
          SCALED_OBJECTS);

  private Resources() {}

  /** All of them, in the order in which discovery shows them. */
  public static List<Resource> all() {
    return ALL;
  }

  /** The resource that a URL names. */
  public static Optional<Resource> find(String group, String version, String plural) {
    return ALL.stream()
        .filter(one -> one.group().equals(group))
        .filter(one -> one.version().equals(version) && one.plural().equals(plural))
        .findFirst();
  }

  /** The resource that an object belongs to by its apiVersion and kind. */
  public static Optional<Resource> ofKind(String apiVersion, String kind) {
    return ALL.stream()
        .filter(one -> one.apiVersion().equals(apiVersion) && one.kind().equals(kind))
        .findFirst();
  }

  private static Resource core(String plural, String kind, String shortName, Trait... traits) {
    return of("", "v1", plural, kind, shortName, traits);
  }

  private static Resource apps(String plural, String kind, String shortName, Trait... traits) {
    return of("apps", "v1", plural, kind, shortName, traits);
  }

  private static Resource of(
      String group, String version, String plural, String kind, String shortName, Trait... traits) {
    List<String> names = shortName.isEmpty() ? List.of() : List.of(shortName);
    return new Resource(group, version, plural, kind, names, Set.of(traits));
  }
}
