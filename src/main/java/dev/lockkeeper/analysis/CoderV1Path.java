package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * From which version of Coder v1 to which.
 *
 * @param source the version that ran when the run started, or runs now
 * @param target the version that is wanted
 */
public record CoderV1Path(Optional<CoderVersion> source, Optional<CoderVersion> target) {
  private static final int FEW = 8;

  public static CoderV1Path of(Snapshot snapshot) {
    return new CoderV1Path(
        snapshot.run().source().flatMap(CoderVersion::parse).or(() -> UpgradePath.named(snapshot)),
        snapshot.run().target().flatMap(CoderVersion::parse));
  }

  /** Whether the chart that installed it, or without one the image, is of Coder v1. */
  public static boolean isV1(Deployment deployment) {
    return deployment
        .chart()
        .map(CoderV1Chart::isNamedBy)
        .orElseGet(
            () ->
                CoderVersion.ofImage(deployment.image())
                    .filter(version -> version.major() == 1)
                    .isPresent());
  }

  /** The minor versions that have to be gone through, the target's among them, lowest first. */
  public List<String> stops() {
    if (source.isEmpty() || target.isEmpty() || source.get().major() != target.get().major()) {
      return List.of();
    }
    return IntStream.rangeClosed(source.get().minor() + 1, target.get().minor())
        .mapToObj(minor -> "%d.%d".formatted(source.get().major(), minor))
        .toList();
  }

  /** The stops in one line. */
  public String way() {
    List<String> stops = stops();
    return stops.size() <= FEW
        ? String.join(", ", stops)
        : "%s, … %s"
            .formatted(String.join(", ", stops.subList(0, FEW)), stops.get(stops.size() - 1));
  }

  /** What is known of the path. */
  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    CoderV1Path path = of(snapshot);
    List<String> lines = new ArrayList<>();
    lines.add("from  " + path.source().map(CoderV1Chart::spoken).orElse("unknown"));
    lines.add("to    " + path.target().map(CoderV1Chart::spoken).orElse("no target was given"));
    if (!path.stops().isEmpty()) {
      lines.add("stops " + path.way());
    }
    if (path.crosses(CoderVersion.of(1, 21, 0))) {
      lines.add("1.21: keys of the values have other names; old ones are understood up to 1.26");
    }
    if (path.crosses(CoderVersion.of(1, 26, 0))) {
      lines.add("1.26: wants Kubernetes 1.20 or newer");
    }
    if (path.crosses(CoderVersion.of(1, 27, 0))) {
      lines.add("1.27: old keys are ignored; the Deployment is always called coderd");
    }
    if (path.crosses(CoderVersion.of(1, 30, 0))) {
      lines.add("1.30: ids become UUIDs, a large migration: expect it to take long");
    }
    return lines;
  }

  private boolean crosses(CoderVersion line) {
    return source.filter(from -> from.atLeast(line)).isEmpty()
        && source.isPresent()
        && target.filter(to -> to.atLeast(line)).isPresent();
  }
}
