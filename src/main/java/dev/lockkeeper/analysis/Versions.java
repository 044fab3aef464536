package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.snapshot.Deployment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Versions by what they leave in a database. */
public final class Versions {
  private Versions() {}

  /** The version that the Deployment's image names. */
  public static Optional<CoderVersion> running(Optional<Deployment> deployment) {
    return deployment.map(Deployment::image).flatMap(CoderVersion::ofImage);
  }

  /** Which images know a database at this number, and may migrate it on; a sentence's end. */
  public static String knowing(long schema, Knowledge knowledge) {
    if (!knowledge.releasesAt(schema).isEmpty()) {
      return serving(schema, knowledge) + ", or newer";
    }
    return knowledge.releases().stream()
        .filter(release -> release.version().isRelease() && release.schema() > schema)
        .map(Release::version)
        .min(Comparator.naturalOrder())
        .map(first -> "%s or newer; no release stops at %d".formatted(first, schema))
        .orElseGet(() -> serving(schema, knowledge));
  }

  /** Which images can serve a database at this number, as a sentence's end. */
  public static String serving(long schema, Knowledge knowledge) {
    List<Release> releases =
        knowledge.releasesAt(schema).stream()
            .filter(release -> release.version().isRelease())
            .sorted(Comparator.comparing(Release::version))
            .toList();
    if (!releases.isEmpty()) {
      String first = releases.get(0).version().toString();
      String last = releases.get(releases.size() - 1).version().toString();
      return first.equals(last) ? first : last + " (any of " + first + " to " + last + ")";
    }
    return knowledge
        .newest()
        .filter(newest -> knowledge.schemaOf(newest).filter(n -> n.number() < schema).isPresent())
        .map(newest -> "a version newer than " + newest + ", the last one known here")
        .orElse("the version that last migrated it; no release is known to stop at " + schema);
  }
}
