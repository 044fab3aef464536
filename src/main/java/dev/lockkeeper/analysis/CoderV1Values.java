package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Given;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that somebody gave to the chart of Coder v1, and what of them is of an older one. */
public final class CoderV1Values {
  private static final Pattern VERSION =
      Pattern.compile("(?<![\\d.])(1\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
  private static final int MOST = 40;

  private CoderV1Values() {}

  /** What of them must not go along to the target, a line each. */
  public static List<String> troubles(HelmRelease.Values values, Optional<CoderVersion> target) {
    List<String> troubles = new ArrayList<>();
    for (Given each : values.given()) {
      pinned(each)
          .filter(version -> !target.equals(Optional.of(version)))
          .ifPresent(
              version ->
                  troubles.add(
                      "%s names %s: it stays, whatever version the chart has"
                          .formatted(each.path(), CoderV1Chart.spoken(version))));
      if (target.filter(CoderV1Chart::ignoresOldKeys).isPresent()) {
        CoderV1Chart.renamed(each.path())
            .ifPresent(
                now ->
                    troubles.add("%s is ignored: it is called %s now".formatted(each.path(), now)));
      }
    }
    return troubles;
  }

  private static Optional<CoderVersion> pinned(Given given) {
    Matcher found = VERSION.matcher(given.shown());
    return found.find() ? CoderVersion.parse(found.group(1)) : Optional.empty();
  }

  /** Each value with what is to be said of it. */
  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    if (sight.release().isEmpty()) {
      return List.of("release unknown: " + sight.reason());
    }
    HelmRelease release = sight.release().get();
    Optional<CoderVersion> target = CoderV1Path.of(snapshot).target();
    List<String> lines = new ArrayList<>();
    lines.add(ValuesReading.source(release, snapshot));
    List<Given> given = OwnValues.read(release, snapshot).orElse(release.values()).given();
    if (given.isEmpty()) {
      lines.add("revision %d has no values besides the chart's".formatted(release.revision()));
    }
    given.stream().limit(MOST).forEach(each -> lines.add(line(each, target)));
    if (given.size() > MOST) {
      lines.add("… and %d more".formatted(given.size() - MOST));
    }
    return lines;
  }

  private static String line(Given given, Optional<CoderVersion> target) {
    Optional<CoderVersion> pinned =
        pinned(given).filter(version -> !target.equals(Optional.of(version)));
    Optional<String> renamed =
        CoderV1Chart.renamed(given.path())
            .filter(now -> target.filter(CoderV1Chart::hasNewKeys).isPresent());
    String sign = pinned.isPresent() || renamed.isPresent() ? "! " : "  ";
    return sign
        + given.path()
        + ": "
        + given.shown()
        + pinned
            .map(version -> "  ← of an older version: remove it, or name the target's")
            .orElse("")
        + renamed.map(now -> "  ← since 1.21: " + now).orElse("");
  }
}
