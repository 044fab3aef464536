package dev.lockkeeper.kubernetes.config;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One or several kubeconfig files, merged as kubectl merges them: for each name the first file that
 * has it wins.
 */
public final class Kubeconfig {
  /**
   * One entry and the file that it came from, because relative paths in it start there.
   *
   * @param <T> the kind of entry
   */
  public record Entry<T>(T value, Path file) {}

  private final Map<String, Entry<Context>> contexts = new LinkedHashMap<>();
  private final Map<String, Entry<Cluster>> clusters = new LinkedHashMap<>();
  private final Map<String, Entry<AuthInfo>> users = new LinkedHashMap<>();
  private final List<Path> files;
  private String currentContext = "";

  private Kubeconfig(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** The merged contents of these files, of which there is at least one. */
  static Kubeconfig read(List<Path> files) throws ClusterException {
    Kubeconfig merged = new Kubeconfig(files);
    for (Path file : files) {
      merged.add(KubeconfigFiles.parse(file), file);
    }
    return merged;
  }

  private void add(Config config, Path file) {
    if (currentContext.isEmpty() && config.getCurrentContext() != null) {
      currentContext = config.getCurrentContext();
    }
    present(config.getContexts())
        .filter(named -> named.getContext() != null)
        .forEach(named -> put(contexts, named.getName(), named.getContext(), file));
    present(config.getClusters())
        .filter(named -> named.getCluster() != null)
        .forEach(named -> put(clusters, named.getName(), named.getCluster(), file));
    present(config.getUsers())
        .filter(named -> named.getUser() != null)
        .forEach(named -> put(users, named.getName(), named.getUser(), file));
  }

  /** A list that is empty, or has an empty item, stands in many a file. */
  private static <T> Stream<T> present(List<T> items) {
    return items == null ? Stream.empty() : items.stream().filter(Objects::nonNull);
  }

  private static <T> void put(Map<String, Entry<T>> entries, String name, T value, Path file) {
    entries.putIfAbsent(name, new Entry<>(value, file));
  }

  /** Picks the context, and follows it to its cluster, user and namespace. */
  KubeContext target(ClusterOptions options) throws ClusterException {
    String name = options.context().orElse(currentContext);
    Context context = context(name);
    Entry<Cluster> cluster = cluster(name, text(context.getCluster()));
    String namespace = namespace(options, name, context);
    Optional<Entry<AuthInfo>> user = user(name, text(context.getUser()));
    List<Path> used =
        files.stream()
            .filter(
                file ->
                    file.equals(contexts.get(name).file())
                        || file.equals(cluster.file())
                        || user.filter(each -> file.equals(each.file())).isPresent())
            .toList();
    return new KubeContext(name, used, namespace, cluster, user);
  }

  private Context context(String name) throws ClusterException {
    if (name.isEmpty()) {
      throw new ClusterException(
          "%s names no current context: use --context, one of %s."
              .formatted(where(), list(contexts)));
    }
    Entry<Context> context = contexts.get(name);
    if (context == null) {
      throw new ClusterException(
          "%s has no context %s: use --context, one of %s."
              .formatted(where(), name, list(contexts)));
    }
    return context.value();
  }

  private Entry<Cluster> cluster(String context, String name) throws ClusterException {
    Entry<Cluster> cluster = clusters.get(name);
    if (cluster == null) {
      throw new ClusterException(
          "Context %s in %s names the cluster \"%s\", which is not there: correct the kubeconfig; it has %s."
              .formatted(context, where(), name, list(clusters)));
    }
    return cluster;
  }

  private Optional<Entry<AuthInfo>> user(String context, String name) throws ClusterException {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Entry<AuthInfo> user = users.get(name);
    if (user == null) {
      throw new ClusterException(
          "Context %s in %s names the user \"%s\", which is not there: correct the kubeconfig; it has %s."
              .formatted(context, where(), name, list(users)));
    }
    return Optional.of(user);
  }

  /**
   * kubectl would quietly use {@code default}, where Coder hardly ever lives; a wizard that changes
   * things asks instead.
   */
  private String namespace(ClusterOptions options, String name, Context context)
      throws ClusterException {
    String namespace = options.namespace().orElse(text(context.getNamespace()));
    if (namespace.isEmpty()) {
      throw new ClusterException(
          "Context %s in %s names no namespace: use --namespace, for example --namespace coder."
              .formatted(name, where()));
    }
    return namespace;
  }

  private String where() {
    return files.stream().map(Path::toString).collect(Collectors.joining(" + "));
  }

  private static String list(Map<String, ?> entries) {
    return entries.isEmpty() ? "none" : String.join(", ", entries.keySet());
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
