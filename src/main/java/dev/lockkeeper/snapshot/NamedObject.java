package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An object that Helm named when it refused, looked up in the cluster. Of what is in it nothing is
 * read but its metadata.
 *
 * @param name which was looked for
 * @param found its metadata; empty when there is no such object
 */
public record NamedObject(ObjectName name, Optional<Metadata> found) {
  /**
   * What the API says about the object itself.
   *
   * @param uid its uid
   * @param resourceVersion changes with every change of the object
   * @param claim to which release it says that it belongs
   * @param createdAt when it was made
   * @param owners the objects that own it, as {@code Kind/name}
   * @param managers who last changed a part of it, the latest first
   */
  public record Metadata(
      String uid,
      String resourceVersion,
      HelmClaim claim,
      Instant createdAt,
      List<String> owners,
      List<Deployment.FieldManager> managers) {
    public Metadata {
      owners = List.copyOf(owners);
      managers = List.copyOf(managers);
    }
  }
}
