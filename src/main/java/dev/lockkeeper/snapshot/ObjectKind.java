package dev.lockkeeper.snapshot;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Kinds of objects that charts of Coder bring, and under which the API has them. */
public enum ObjectKind {
  SERVICE("Service", "", "services"),
  SERVICE_ACCOUNT("ServiceAccount", "", "serviceaccounts"),
  CONFIG_MAP("ConfigMap", "", "configmaps"),
  SECRET("Secret", "", "secrets"),
  VOLUME_CLAIM("PersistentVolumeClaim", "", "persistentvolumeclaims"),
  DEPLOYMENT("Deployment", "apps", "deployments"),
  STATEFUL_SET("StatefulSet", "apps", "statefulsets"),
  INGRESS("Ingress", "networking.k8s.io", "ingresses"),
  NETWORK_POLICY("NetworkPolicy", "networking.k8s.io", "networkpolicies"),
  ROLE("Role", "rbac.authorization.k8s.io", "roles"),
  ROLE_BINDING("RoleBinding", "rbac.authorization.k8s.io", "rolebindings"),
  CLUSTER_ROLE("ClusterRole", "rbac.authorization.k8s.io", "clusterroles"),
  CLUSTER_ROLE_BINDING("ClusterRoleBinding", "rbac.authorization.k8s.io", "clusterrolebindings");

  private final String kind;
  private final String group;
  private final String plural;

  ObjectKind(String kind, String group, String plural) {
    this.kind = kind;
    this.group = group;
    this.plural = plural;
  }

  /** The kind of this name, as Helm and people write it; empty for any other. */
  public static Optional<ObjectKind> of(String kind) {
    String wanted = kind.toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(each -> each.kind.toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  /** Its name in objects, such as {@code ServiceAccount}. */
  public String kind() {
    return kind;
  }

  /** Its API group; empty for the core one. */
  public String group() {
    return group;
  }

  /** Its name in addresses and in RBAC, such as {@code serviceaccounts}. */
  public String plural() {
    return plural;
  }

  /** Its group and version as the API's address has them, such as {@code apis/apps/v1}. */
  public String root() {
    return group.isEmpty() ? "api/v1" : "apis/" + group + "/v1";
  }

  /** Whether its objects belong to a namespace. */
  public boolean namespaced() {
    return this != CLUSTER_ROLE && this != CLUSTER_ROLE_BINDING;
  }

  /** Whether what people put into it is gone for good with the object. */
  public boolean holdsData() {
    return this == SECRET || this == VOLUME_CLAIM || this == CONFIG_MAP;
  }
}
