package dev.lockkeeper.kubernetes.config;

import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Unreadable;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was picked from the kubeconfig, once and for all: a later {@code kubectl config use-context}
 * changes nothing here.
 *
 * @param context the context's name, or {@code in-cluster}
 * @param files the kubeconfig files that have it with its cluster and its user, in the order in
 *     which they were read
 * @param namespace the namespace
 * @param cluster how to reach the API server
 * @param user how to authenticate; empty to stay anonymous
 */
public record KubeContext(
    String context,
    List<Path> files,
    String namespace,
    Kubeconfig.Entry<Cluster> cluster,
    Optional<Kubeconfig.Entry<AuthInfo>> user) {
  /** All authorities of a system fit into it. */
  private static final int LARGEST = 4 << 20;

  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /** Finds the cluster as kubectl would: from kubeconfig files, else as a pod of the cluster. */
  public static KubeContext find(ClusterOptions options, Map<String, String> environment)
      throws ClusterException {
    var files = KubeconfigFiles.find(options, environment);
    if (!files.isEmpty()) {
      return Kubeconfig.read(files).target(options);
    }
    return inCluster(options, environment, SERVICE_ACCOUNT);
  }

  /** The cluster in which this very process runs as a pod. */
  static KubeContext inCluster(
      ClusterOptions options, Map<String, String> environment, Path account)
      throws ClusterException {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    Path token = account.resolve("token");
    if (host.isEmpty() || options.context().isPresent() || !Files.exists(token)) {
      throw new ClusterException(
          "No kubeconfig was found in KUBECONFIG or ~/.kube/config: use --kubeconfig FILE.");
    }
    Cluster cluster = new Cluster();
    cluster.setServer(
        "https://%s:%s".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    cluster.setCertificateAuthority(account.resolve("ca.crt").toString());
    AuthInfo user = new AuthInfo();
    user.setTokenFile(token.toString());
    return new KubeContext(
        ClusterIdentity.IN_CLUSTER,
        List.of(),
        ownNamespace(options, account.resolve("namespace")),
        new Kubeconfig.Entry<>(cluster, token),
        Optional.of(new Kubeconfig.Entry<>(user, token)));
  }

  private static String ownNamespace(ClusterOptions options, Path file) throws ClusterException {
    if (options.namespace().isPresent()) {
      return options.namespace().get();
    }
    try {
      return OrdinaryFile.text(file, LARGEST).strip();
    } catch (Unreadable e) {
      throw new ClusterException(
          "The pod's own namespace is not known from %s: %s. Use --namespace."
              .formatted(file, e.getMessage()));
    }
  }

  /** Those files as commands have to name them; none where kubectl finds them by itself. */
  public List<String> named(Map<String, String> environment) {
    boolean found =
        environment.getOrDefault("KUBECONFIG", "").isBlank()
            && files.equals(List.of(KubeconfigFiles.standard(environment)));
    return found
        ? List.of()
        : files.stream().map(file -> file.toAbsolutePath().normalize().toString()).toList();
  }

  /** The API server's URL, without a password that might stand in it. */
  public URI server() throws ClusterException {
    String text = cluster.value().getServer();
    try {
      URI uri = URI.create(text == null ? "" : text.strip());
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return new URI(
            uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
      }
    } catch (IllegalArgumentException | URISyntaxException e) {
      // Answered below, like every other text that is no URL.
    }
    throw new ClusterException(
        "The server of context %s in %s is not a URL such as https://host:6443: correct the kubeconfig."
            .formatted(context, cluster.file()));
  }

  /** The certificate authority to trust, base64 of PEM; empty for those of the Java runtime. */
  public Optional<String> certificateAuthority() throws ClusterException {
    return data(
        "certificate-authority",
        cluster.value().getCertificateAuthorityData(),
        cluster.value().getCertificateAuthority(),
        cluster.file());
  }

  /** The certificate authority by which the server has to prove itself; empty if it need not. */
  public Optional<String> authority() throws ClusterException {
    boolean proved =
        server().getScheme().equals("https")
            && !Boolean.TRUE.equals(cluster.value().getInsecureSkipTlsVerify());
    return proved ? certificateAuthority() : Optional.empty();
  }

  /** Whether its user is known by a credential plugin. */
  public boolean runsPlugin() {
    return user.filter(each -> each.value().getExec() != null).isPresent();
  }

  /** The user's client certificate, base64 of PEM. */
  public Optional<String> clientCertificate() throws ClusterException {
    if (user.isEmpty()) {
      return Optional.empty();
    }
    AuthInfo info = user.get().value();
    return data(
        "client-certificate",
        info.getClientCertificateData(),
        info.getClientCertificate(),
        user.get().file());
  }

  /** The key of the user's client certificate, base64 of PEM. */
  public Optional<String> clientKey() throws ClusterException {
    if (user.isEmpty()) {
      return Optional.empty();
    }
    AuthInfo info = user.get().value();
    return data("client-key", info.getClientKeyData(), info.getClientKey(), user.get().file());
  }

  /** Data in the kubeconfig goes before a file beside it; the file is read now, and never again. */
  private static Optional<String> data(String field, String data, String path, Path kubeconfig)
      throws ClusterException {
    if (data != null && !data.isEmpty()) {
      return Optional.of(data);
    }
    if (path == null || path.isEmpty()) {
      return Optional.empty();
    }
    Path file = kubeconfig.resolveSibling(path);
    try {
      byte[] content = OrdinaryFile.bytes(file, LARGEST);
      return Optional.of(Base64.getEncoder().encodeToString(content));
    } catch (Unreadable e) {
      throw new ClusterException(
          "The %s file %s, named in %s, cannot be used: %s. Correct the kubeconfig or that file."
              .formatted(field, file, kubeconfig, e.getMessage()));
    }
  }
}
