package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A new namespace in the cluster that LOCKKEEPER_IT_KUBECONFIG names, in its current context. Its
 * user must be able to make namespaces, service accounts and roles.
 */
final class RealPlace implements HelmPlace {
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final String namespace = "lockkeeper-it-" + UUID.randomUUID().toString().substring(0, 8);

  private RealPlace(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  /** A new one; the test is skipped where the environment names no cluster. */
  static RealPlace open() {
    Optional<Path> named =
        Optional.ofNullable(System.getenv("LOCKKEEPER_IT_KUBECONFIG")).map(Path::of);
    assumeThat(named).isPresent();
    return new RealPlace(named.get());
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public String tokenFor(List<String> verbs) {
    String name = "may-" + (verbs.isEmpty() ? "nothing" : String.join("-", verbs));
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    if (!verbs.isEmpty()) {
      allow(name, verbs);
    }
    TokenRequest request =
        new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build();
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(name)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  private void allow(String name, List<String> verbs) {
    client
        .rbac()
        .roles()
        .inNamespace(namespace)
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("secrets")
                .withVerbs(verbs)
                .endRule()
                .build())
        .create();
    client
        .rbac()
        .roleBindings()
        .inNamespace(namespace)
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("", "ServiceAccount", name, namespace)
                .build())
        .create();
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
