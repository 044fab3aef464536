package dev.lockkeeper.coder;

import java.util.Optional;

/** Where Coder's charts come from. */
public final class ChartRepository {
  /** The charts of Coder v2. */
  public static final String V2 = "https://helm.coder.com/v2";

  /** The charts of Coder v1, which have the same name. */
  public static final String V1 = "https://helm.coder.com";

  private ChartRepository() {}

  /** Whether this is where the charts of Coder v1 are, which have the same name. */
  public static boolean isOfV1(String url) {
    return url.matches("https?://helm\\.coder\\.com/?");
  }

  /** Whether this is Coder's own place for the charts of v2. */
  public static boolean isOfV2(String url) {
    return url.matches("https?://helm\\.coder\\.com/v2/?");
  }

  /**
   * Why this is no address of charts that may be written down; empty when it is one. An address
   * that may hold a password is not repeated.
   */
  public static Optional<String> trouble(String url) {
    if (url.contains("@")) {
      return Optional.of(
          "a password does not belong into it: 'helm registry login' keeps one for oci://");
    }
    return url.matches("(https?|oci)://[A-Za-z0-9\\[][^\\s'\"<>]*")
        ? Optional.empty()
        : Optional.of(
            "'%s' is no URL of charts, which begins with https://, http:// or oci:// and a host: Coder's own is %s"
                .formatted(url, V2));
  }
}
