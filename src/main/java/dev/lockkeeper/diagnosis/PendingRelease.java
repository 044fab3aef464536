package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Revision;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * How a release is freed of an operation that died half-way. The common advice, helm rollback, also
 * brings back the image of before: that is well only as long as the schema is that of before.
 */
public final class PendingRelease {
  private PendingRelease() {}

  /** The command for somebody who knows that nobody's helm works any more, in one line. */
  public static String cure(HelmRelease release, Snapshot snapshot, Knowledge knowledge) {
    Optional<Revision> before = release.lastDeployed();
    if (before.isEmpty()) {
      return "no earlier revision ever went through: ask whoever installs it";
    }
    Optional<Long> schema = snapshot.freshDatabase().flatMap(seen -> seen.schema().version());
    boolean migrated =
        schema
            .flatMap(
                number ->
                    CoderVersion.parse(release.chartVersion())
                        .flatMap(knowledge::schemaOf)
                        .map(wanted -> number >= wanted.number()))
            .orElse(true);
    return migrated
        ? forgotten(release, schema)
        : "once nobody's does: helm rollback %s %d -n %s"
            .formatted(release.name(), before.get().number(), release.namespace());
  }

  /** Helm's own record of the operation is removed; what runs stays as it is. */
  private static String forgotten(HelmRelease release, Optional<Long> schema) {
    return "once nobody's does: kubectl delete secret sh.helm.release.v1.%s.v%d -n %s; no helm rollback, whose image may be too old for %s"
        .formatted(
            release.name(),
            release.revision(),
            release.namespace(),
            schema.map(number -> "schema " + number).orElse("the schema, which is not known"));
  }
}
