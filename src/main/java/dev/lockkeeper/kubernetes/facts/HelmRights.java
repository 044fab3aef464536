package dev.lockkeeper.kubernetes.facts;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Right;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the API server, before anything is down, what {@code helm upgrade} will ask of it. Without
 * the release it is known only what Helm needs for its own Secrets.
 */
public final class HelmRights {
  private final ApiServer api;
  private final String namespace;
  private volatile Optional<List<String>> objects = Optional.empty();
  private boolean sought;

  HelmRights(ApiServer api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /**
   * From now on it is asked about this Deployment's release.
   *
   * @return whether this is the first time that there is something to ask
   */
  boolean seek(Optional<Deployment> deployment, Observed<List<HelmRelease>> releases) {
    Optional<String> noted = deployment.map(each -> each.annotations().get(HelmRelease.NOTED));
    if (noted.isEmpty() || releases.isPending()) {
      return false;
    }
    boolean first = !sought;
    sought = true;
    objects = Optional.of(objects(noted.get(), releases));
    return first;
  }

  /** What the chart has made, as far as that could be read. */
  public static List<String> objects(String release, Observed<List<HelmRelease>> releases) {
    return releases.value().stream()
        .flatMap(List::stream)
        .filter(each -> each.name().equals(release))
        .flatMap(each -> each.objects().stream())
        .toList();
  }

  /** Never fails; each right says by itself why it is not known. */
  CompletableFuture<Observed<List<Right>>> read() {
    return new AccessReviews(api, namespace)
        .helm(objects.orElse(List.of()))
        .thenApply(rights -> Observed.known(rights, SteadyClock.now()));
  }
}
