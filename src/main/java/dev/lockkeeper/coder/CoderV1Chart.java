package dev.lockkeeper.coder;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is known of the charts of Coder v1. */
public final class CoderV1Chart {
  /** The init container that runs the migrations. */
  public static final String MIGRATIONS = "migrations";

  /** The Service with the public address. */
  public static final String INGRESS = "web-ingress";

  /** Where Coder's own images of v1 are. */
  public static final String IMAGES = "docker.io/coderenvs/";

  /** The Deployment's name; it is the older one as long as the values have that key. */
  public static final String NAME = "coderd";

  /** The Deployment's older name, and the older key in the values. */
  public static final String OLDER_NAME = "cemanager";

  /** Since then values have other keys. */
  private static final CoderVersion RENAMED = CoderVersion.of(1, 21, 0);

  /** Since then the old keys are not understood any more. */
  private static final CoderVersion STRICT = CoderVersion.of(1, 27, 0);

  private static final Pattern LABEL = Pattern.compile("coder[a-z_]*-1\\.\\d+\\.\\d+.*");

  private static final Map<String, String> KEYS =
      Map.of(OLDER_NAME, NAME, "timescale", "postgres.default");

  private CoderV1Chart() {}

  /** Whether a label {@code helm.sh/chart} names a chart of v1. */
  public static boolean isNamedBy(String label) {
    return LABEL.matcher(label).matches();
  }

  /** The path that these values have since 1.21; empty when it is not among the renamed ones. */
  public static Optional<String> renamed(String path) {
    String first = path.split("[.\\[]", 2)[0];
    return Optional.ofNullable(KEYS.get(first)).map(now -> now + path.substring(first.length()));
  }

  /** Whether the chart of this version has the new keys. */
  public static boolean hasNewKeys(CoderVersion version) {
    return version.atLeast(RENAMED);
  }

  /** Whether the chart of this version passes over the old keys in silence. */
  public static boolean ignoresOldKeys(CoderVersion version) {
    return version.atLeast(STRICT);
  }

  /** As the versions of v1 are written, in tags and by charts: {@code 1.44.3}. */
  public static String spoken(CoderVersion version) {
    return version.toString().substring(1);
  }
}
