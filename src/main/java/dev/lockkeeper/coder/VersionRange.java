package dev.lockkeeper.coder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of versions, written as spans joined by commas: {@code any}, {@code <v2.27.0}, {@code
 * >=v2.39.0}, {@code v2.27.0..v2.27.7, v2.28.0..v2.28.4} (both ends belong to it).
 *
 * <p>A release candidate counts as its release: what comes with v2.39.0 is in v2.39.0-rc.1 too.
 *
 * @param text as it was written
 * @param spans the spans; a version is in the range when it is in one of them
 */
public record VersionRange(String text, List<Span> spans) {
  public VersionRange {
    spans = List.copyOf(spans);
  }

  /**
   * Versions between two ends.
   *
   * @param least the lowest version that belongs to it, if there is one
   * @param below the lowest version above that does not, if there is one
   */
  public record Span(Optional<CoderVersion> least, Optional<CoderVersion> below) {
    boolean contains(CoderVersion release) {
      return least.map(release::atLeast).orElse(true)
          && below.map(end -> !release.atLeast(end)).orElse(true);
    }
  }

  /** Reads a range; empty when it is not written as one. */
  public static Optional<VersionRange> parse(String text) {
    List<Span> spans = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Optional<Span> span = span(part.strip());
      if (span.isEmpty()) {
        return Optional.empty();
      }
      spans.add(span.get());
    }
    return Optional.of(new VersionRange(text.strip(), spans));
  }

  public boolean contains(CoderVersion version) {
    CoderVersion release = version.release();
    return spans.stream().anyMatch(span -> span.contains(release));
  }

  private static Optional<Span> span(String text) {
    if (text.equals("any")) {
      return Optional.of(new Span(Optional.empty(), Optional.empty()));
    }
    if (text.startsWith("<")) {
      return CoderVersion.parse(text.substring(1))
          .map(end -> new Span(Optional.empty(), Optional.of(end)));
    }
    if (text.startsWith(">=")) {
      return CoderVersion.parse(text.substring(2))
          .map(start -> new Span(Optional.of(start), Optional.empty()));
    }
    String[] ends = text.split("\\.\\.(?=v)", 2);
    return CoderVersion.parse(ends[0])
        .flatMap(start -> CoderVersion.parse(ends[ends.length - 1]).map(end -> closed(start, end)));
  }

  private static Span closed(CoderVersion first, CoderVersion last) {
    CoderVersion next = CoderVersion.of(last.major(), last.minor(), last.patch() + 1);
    return new Span(Optional.of(first), Optional.of(next));
  }

  @Override
  public String toString() {
    return text;
  }
}
