package dev.lockkeeper.snapshot;

import java.util.Optional;

/**
 * A file on this machine with values for Helm, as it was read.
 *
 * @param path where it lies
 * @param revision the revision whose values were kept in it; empty for a file that the operator
 *     named
 * @param edited whether it is another one than was kept: only then does Helm get it
 * @param sha256 its content, as a digest in hex; empty when it could not be read
 * @param trouble why it cannot be used, with line and column where that is known; empty when it can
 * @param values what it says
 */
public record ValuesFile(
    String path,
    Optional<Integer> revision,
    boolean edited,
    String sha256,
    String trouble,
    HelmRelease.Values values) {
  /** Its name without its folder, for where there is little room. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether it can be given to Helm. */
  public boolean usable() {
    return trouble.isEmpty();
  }
}
