package dev.lockkeeper.app;

import dev.lockkeeper.cli.Target;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.RunFacts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a run leads, as its journal keeps it. */
final class RunTarget {
  /** Under what a journal keeps that its run is not to change anything. */
  private static final String READ_ONLY = "read-only";

  private static final String DEPLOYMENT = "deployment";

  /** Under what a journal keeps where charts come from. */
  private static final String HELM_REPOSITORY = "helm-repository";

  private static final String VALUES = "values";

  private RunTarget() {}

  /**
   * Where this run leads, whatever {@code kubectl config use-context} does until it is resumed. A
   * pod of the cluster has no context to name. Without a version that somebody named it is the one
   * that is installed, if its image tells.
   */
  static Map<String, String> described(
      Target target,
      ClusterIdentity place,
      Optional<CoderVersion> installed,
      Optional<String> version) {
    Map<String, String> data = new TreeMap<>();
    version
        .or(() -> installed.map(CoderVersion::toString))
        .ifPresent(wanted -> data.put(RunFacts.TARGET, wanted));
    data.put(DEPLOYMENT, target.deployment());
    data.put(RunFacts.NAMESPACE, place.namespace());
    target
        .context()
        .or(
            () ->
                Optional.of(place.context())
                    .filter(name -> !name.equals(ClusterIdentity.IN_CLUSTER)))
        .ifPresent(name -> data.put(RunFacts.CONTEXT, name));
    target.helmRepository().ifPresent(url -> data.put(HELM_REPOSITORY, url));
    target.values().ifPresent(path -> data.put(VALUES, path.toAbsolutePath().toString()));
    if (target.readOnly()) {
      data.put(READ_ONLY, "true");
    }
    target
        .kubeconfig()
        .ifPresent(path -> data.put(RunFacts.KUBECONFIG, path.toAbsolutePath().toString()));
    return data;
  }

  /** The target of a run that goes on; the database's URL is secret and in no journal. */
  static Target of(Map<String, String> data, Optional<String> databaseUrl) {
    return new Target(
        Optional.ofNullable(data.get(RunFacts.KUBECONFIG)).map(Path::of),
        Optional.ofNullable(data.get(RunFacts.CONTEXT)),
        Optional.ofNullable(data.get(RunFacts.NAMESPACE)),
        data.getOrDefault(DEPLOYMENT, Target.DEPLOYMENT),
        databaseUrl,
        Optional.ofNullable(data.get(HELM_REPOSITORY)),
        Optional.ofNullable(data.get(VALUES)).map(Path::of),
        Boolean.parseBoolean(data.get(READ_ONLY)));
  }
}
