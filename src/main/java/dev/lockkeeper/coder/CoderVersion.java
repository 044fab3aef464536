package dev.lockkeeper.coder;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Coder, ordered as semantic versioning orders it: a release candidate comes before
 * its release. Build metadata ({@code +abc}) is dropped when it is read.
 *
 * @param pre the pre-release part, such as {@code rc.1}; empty for a release
 */
public record CoderVersion(int major, int minor, int patch, String pre)
    implements Comparable<CoderVersion> {
  private static final Pattern SHAPE =
      Pattern.compile(
          "v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
  private static final Pattern ARCHITECTURE = Pattern.compile("-(amd64|arm64|armv7)$");
  private static final Comparator<CoderVersion> NUMBERS =
      Comparator.comparingInt(CoderVersion::major)
          .thenComparingInt(CoderVersion::minor)
          .thenComparingInt(CoderVersion::patch);

  /** A release, which is no candidate. */
  public static CoderVersion of(int major, int minor, int patch) {
    return new CoderVersion(major, minor, patch, "");
  }

  /** Reads {@code v2.29.3}, {@code 2.29.3}, {@code v2.29.3+abc}, {@code v2.33.0-rc.1}. */
  public static Optional<CoderVersion> parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new CoderVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            Optional.ofNullable(matcher.group(4)).orElse("")));
  }

  /**
   * The version that an image's tag names; empty for {@code latest}, for an image without a tag and
   * for tags of another shape. An architecture behind the version is not part of it.
   */
  public static Optional<CoderVersion> ofImage(String image) {
    String named = image.split("@", 2)[0];
    String last = named.substring(named.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : parse(ARCHITECTURE.matcher(last.substring(colon + 1)).replaceFirst(""));
  }

  /** Whether this is a release and no candidate. */
  public boolean isRelease() {
    return pre.isEmpty();
  }

  /** The same version without its pre-release part. */
  public CoderVersion release() {
    return of(major, minor, patch);
  }

  /** Whether both are patches of one minor line, such as 2.29. */
  public boolean sameLine(CoderVersion other) {
    return major == other.major && minor == other.minor;
  }

  public boolean atLeast(CoderVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(CoderVersion other) {
    int numbers = NUMBERS.compare(this, other);
    if (numbers != 0 || pre.equals(other.pre)) {
      return numbers;
    }
    if (pre.isEmpty() || other.pre.isEmpty()) {
      return pre.isEmpty() ? 1 : -1;
    }
    return comparePre(pre.split("\\."), other.pre.split("\\."));
  }

  private static int comparePre(String[] mine, String[] theirs) {
    for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
      int order = compareWord(mine[i], theirs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(mine.length, theirs.length);
  }

  private static int compareWord(String mine, String theirs) {
    boolean myNumber = mine.matches("\\d{1,9}");
    boolean theirNumber = theirs.matches("\\d{1,9}");
    if (myNumber && theirNumber) {
      return Integer.compare(Integer.parseInt(mine), Integer.parseInt(theirs));
    }
    return myNumber == theirNumber ? mine.compareTo(theirs) : myNumber ? -1 : 1;
  }

  /** As tags are written: {@code v2.29.3}. */
  @Override
  public String toString() {
    return "v" + major + "." + minor + "." + patch + (pre.isEmpty() ? "" : "-" + pre);
  }
}
