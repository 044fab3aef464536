package dev.lockkeeper.snapshot;

/**
 * A chart repository that the operator's own helm knows by a name.
 *
 * @param name the name
 * @param url its URL, without a password
 */
public record HelmRepository(String name, String url) {
  /** Whether it is the one at this URL. */
  public boolean isAt(String other) {
    return url.replaceFirst("/+$", "").equals(other.replaceFirst("/+$", ""));
  }
}
