package dev.lockkeeper.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * To which release of Helm an object says that it belongs. Helm takes an object over only when all
 * three say that it is the release's own.
 *
 * @param managedBy the label {@code app.kubernetes.io/managed-by}
 * @param release the annotation {@code meta.helm.sh/release-name}
 * @param namespace the annotation {@code meta.helm.sh/release-namespace}
 */
public record HelmClaim(
    Optional<String> managedBy, Optional<String> release, Optional<String> namespace) {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String RELEASE = "meta.helm.sh/release-name";
  public static final String NAMESPACE = "meta.helm.sh/release-namespace";

  /** What an object of this release says. */
  public static HelmClaim of(String release, String namespace) {
    return new HelmClaim(Optional.of("Helm"), Optional.of(release), Optional.of(namespace));
  }

  /** Whether it names a release that is another one than that one's. */
  public boolean contradicts(HelmClaim other) {
    return release.isPresent()
        && (!release.equals(other.release)
            || namespace.isPresent() && !namespace.equals(other.namespace));
  }

  /** The three by their names, the label first; what the object has not is left out. */
  public Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    managedBy.ifPresent(value -> entries.put(MANAGED_BY, value));
    release.ifPresent(value -> entries.put(RELEASE, value));
    namespace.ifPresent(value -> entries.put(NAMESPACE, value));
    return entries;
  }
}
