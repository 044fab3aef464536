package dev.lockkeeper.practice.apiserver;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * Somebody who may use the server.
 *
 * @param name the name, as messages show it
 * @param token the bearer token that proves it; a secret
 * @param roles what they may do; any of them allows
 */
public record User(String name, String token, List<Role> roles) {
  /** Where the Applications of Argo CD are. */
  public static final String ARGO_CD = "argocd";

  private static final String[] GET_AND_PATCH = {"get", "list", "patch"};
  private static final List<String> READ = List.of("get", "list", "watch");

  public User {
    roles = List.copyOf(roles);
  }

  /** A user with a fresh random token. */
  public static User of(String name, Role... roles) {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new User(name, token, List.of(roles));
  }

  /** May do everything. */
  public static User admin() {
    return of("admin", new Role("", List.of(Rule.of("*", List.of("*"), "*"))));
  }

  /** May see everything in a namespace, Secrets excepted, and change nothing. */
  public static User viewer(String namespace) {
    return of("viewer", new Role(namespace, reading()), namespaces());
  }

  /**
   * May do what the wizard does: read, scale and patch one Deployment, read its database URL, hold
   * a lease, and run Helm for what the charts install.
   *
   * @param deployment the Deployment that may be changed
   * @param secret the Secret that may be read by name
   */
  public static User operator(String namespace, String deployment, String secret) {
    List<Rule> changing =
        List.of(
            Rule.of("apps", List.of("deployments"), "patch").named(deployment),
            Rule.of("apps", List.of("deployments/scale"), "get", "patch", "update")
                .named(deployment),
            Rule.of(
                "autoscaling", List.of("horizontalpodautoscalers"), "patch", "delete", "create"),
            Rule.of("keda.sh", List.of("scaledobjects"), "get", "list", "patch"),
            Rule.of("helm.toolkit.fluxcd.io", List.of("helmreleases"), "get", "patch"),
            Rule.of("kustomize.toolkit.fluxcd.io", List.of("kustomizations"), "get", "patch"),
            Rule.of("", List.of("pods/proxy"), "get"),
            Rule.of("", List.of("pods/portforward"), "get", "create"),
            Rule.of("", List.of("secrets"), "get").named(secret),
            Rule.of("coordination.k8s.io", List.of("leases"), "get", "create", "update", "patch"));
    return of(
        "operator",
        new Role(namespace, reading()),
        new Role(namespace, changing),
        new Role(namespace, helm()),
        new Role(ARGO_CD, List.of(Rule.of("argoproj.io", List.of("applications"), GET_AND_PATCH))),
        namespaces());
  }

  /** What Helm needs: its own records, and everything that is in a chart. */
  private static List<Rule> helm() {
    String[] verbs = {"get", "list", "watch", "create", "update", "patch", "delete"};
    return List.of(
        Rule.of("", List.of("secrets", "services", "serviceaccounts", "configmaps"), verbs),
        Rule.of("apps", List.of("deployments"), verbs),
        Rule.of("rbac.authorization.k8s.io", List.of("roles", "rolebindings"), verbs));
  }

  private static List<Rule> reading() {
    return List.of(
        reading("", "pods", "pods/log", "events", "services", "configmaps", "endpoints"),
        reading("", "resourcequotas", "limitranges"),
        reading("apps", "deployments", "replicasets", "deployments/scale"),
        reading("policy", "poddisruptionbudgets"),
        reading("autoscaling", "horizontalpodautoscalers"),
        reading("keda.sh", "scaledobjects"),
        reading("coordination.k8s.io", "leases"));
  }

  private static Rule reading(String group, String... resources) {
    return new Rule(List.of(group), List.of(resources), List.of(), READ);
  }

  private static Role namespaces() {
    return new Role("", List.of(reading("", "namespaces", "nodes")));
  }

  /** Whether a role allows it. Asking for one's own rights is always allowed. */
  boolean may(Access access) {
    boolean self = access.plural().startsWith("selfsubject") && access.verb().equals("create");
    return self || roles.stream().anyMatch(role -> role.allows(access));
  }

  @Override
  public String toString() {
    return name;
  }
}
