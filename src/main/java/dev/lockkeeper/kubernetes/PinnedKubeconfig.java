package dev.lockkeeper.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.KubeContext;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ExecConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one context of a target as a kubeconfig of its own, for a program that runs beside this one:
 * a later {@code kubectl config use-context} changes nothing for it. JSON, which is YAML as well.
 * It holds what the kubeconfig holds, tokens and keys included.
 */
public final class PinnedKubeconfig {
  private PinnedKubeconfig() {}

  public static String of(KubeContext target) throws ClusterException {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("apiVersion", "v1").put("kind", "Config").put("current-context", target.context());
    ObjectNode context = root.putArray("contexts").addObject().put("name", target.context());
    ObjectNode inner =
        context.putObject("context").put("cluster", "pinned").put("namespace", target.namespace());
    root.putArray("clusters").addObject().put("name", "pinned").set("cluster", cluster(target));
    if (target.user().isPresent()) {
      inner.put("user", "pinned");
      root.putArray("users").addObject().put("name", "pinned").set("user", user(target));
    }
    return root.toString();
  }

  private static ObjectNode cluster(KubeContext target) throws ClusterException {
    ObjectNode cluster = Json.MAPPER.valueToTree(target.cluster().value());
    cluster.remove("certificate-authority");
    target
        .certificateAuthority()
        .ifPresent(data -> cluster.put("certificate-authority-data", data));
    return cluster;
  }

  private static ObjectNode user(KubeContext target) throws ClusterException {
    Path file = target.user().orElseThrow().file();
    AuthInfo info = target.user().orElseThrow().value();
    ObjectNode user = Json.MAPPER.valueToTree(info);
    user.remove("client-certificate");
    user.remove("client-key");
    target.clientCertificate().ifPresent(data -> user.put("client-certificate-data", data));
    target.clientKey().ifPresent(data -> user.put("client-key-data", data));
    if (user.hasNonNull("tokenFile") && !user.path("tokenFile").asText().isEmpty()) {
      user.put("tokenFile", absolute(file, info.getTokenFile()));
    }
    Optional.ofNullable(info.getExec())
        .map(ExecConfig::getCommand)
        .filter(command -> command.contains("/"))
        .ifPresent(
            command -> ((ObjectNode) user.path("exec")).put("command", absolute(file, command)));
    return user;
  }

  /** A path in a kubeconfig is meant from where that lies. */
  private static String absolute(Path kubeconfig, String path) {
    return kubeconfig.toAbsolutePath().resolveSibling(path).normalize().toString();
  }
}
