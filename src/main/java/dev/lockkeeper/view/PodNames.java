package dev.lockkeeper.view;

/** The parts of pod names and image names that tell them apart. */
final class PodNames {
  private PodNames() {}

  /**
   * The last part of a pod's name, which is its own: {@code x2k4p} of {@code coder-7d9f8-x2k4p}.
   */
  static String brief(String name) {
    String own = name.substring(name.lastIndexOf('-') + 1);
    return own.length() < 3 ? name : own;
  }

  /** The tag of an image, or the start of its digest, or that it has neither. */
  static String version(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    int digest = last.indexOf('@');
    String named = digest < 0 ? last : last.substring(0, digest);
    int tag = named.indexOf(':');
    if (tag >= 0) {
      return named.substring(tag + 1);
    }
    return digest < 0 ? "no tag" : last.substring(digest, Math.min(last.length(), digest + 16));
  }
}
