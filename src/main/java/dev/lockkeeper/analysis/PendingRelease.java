package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Revision;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * How a release is freed of an operation that died half-way. The common advice, helm rollback, also
 * brings back image and replicas of before: that is well only as long as the schema is that of
 * before and nobody has scaled down. Else only Helm's own record of the operation is to go.
 */
public final class PendingRelease {
  private static final String HAND = "by hand, once no helm runs any more: ";

  private PendingRelease() {}

  /** The command for somebody who knows that nobody's helm works any more, in one line. */
  public static String cure(HelmRelease release, Snapshot snapshot, Knowledge knowledge) {
    Optional<Revision> before = release.lastDeployed();
    if (before.isEmpty()) {
      return "no earlier revision was ever deployed: ask whoever installs it";
    }
    PinnedContext at =
        snapshot.cluster().value().orElseThrow().identity().pinned().in(release.namespace());
    return isOfBefore(release, snapshot, knowledge) && serves(snapshot)
        ? HAND + at.helm("rollback", release.name(), "" + before.get().number())
        : HAND
            + at.kubectl("delete", "secret/" + release.info().record().name())
            + "; helm rollback would bring back the old image and its replicas";
  }

  /** Whether the schema is known to be older than that of the revision that is pending. */
  private static boolean isOfBefore(HelmRelease release, Snapshot snapshot, Knowledge knowledge) {
    Optional<SchemaNumber> wanted =
        CoderVersion.parse(release.chart().version()).flatMap(knowledge::schemaOf);
    Optional<Long> schema = snapshot.freshDatabase().flatMap(seen -> seen.schema().version());
    return wanted.isPresent() && schema.filter(each -> each < wanted.get().number()).isPresent();
  }

  private static boolean serves(Snapshot snapshot) {
    return snapshot
        .freshCluster()
        .flatMap(Cluster::deployment)
        .filter(each -> each.replicas() > 0)
        .isPresent();
  }
}
