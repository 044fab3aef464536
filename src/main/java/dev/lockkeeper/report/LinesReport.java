package dev.lockkeeper.report;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All lines of releases.
 *
 * <pre>
 *   LINE   RELEASES             SCHEMA  NUMBER  LIVENESS  MIGRATES            LOCK WAIT
 *   v2.28  v2.28.0 to v2.28.11  393     exact   on        in one transaction  15 s
 *   v2.29  v2.29.0 to v2.29.19  401     exact   on        in one transaction  15 s
 * </pre>
 *
 * @param knowledge what is known
 */
public record LinesReport(Knowledge knowledge) implements Report {
  @Override
  public List<Line> lines(int width) {
    Table table = new Table();
    table.row(
        heading("LINE"),
        heading("RELEASES"),
        heading("SCHEMA"),
        heading("NUMBER"),
        heading("LIVENESS"),
        heading("MIGRATES"),
        heading("LOCK WAIT"));
    for (Group group : groups()) {
      table.row(
          Line.of(group.name(), Style.STRONG),
          Line.of(ReportText.range(group.releases())),
          Line.of(group.schemas()),
          Line.of(group.certainties(), Style.DIM),
          Line.of(knowledge.chart(group.last().version()).livenessByDefault() ? "on" : "off"),
          Line.of(group.way(), Style.DIM),
          Line.of(group.patience(), Style.DIM));
    }
    List<Line> lines = new ArrayList<>(table.lines(width));
    lines.add(Line.EMPTY);
    lines.addAll(
        Line.wrapped(
            "NUMBER says how well the schema number is known. LIVENESS is what the line's newest"
                + " chart renders by itself. LOCK WAIT is how long a replica that lost the race"
                + " waits before it restarts. Ask further with --schema, --release, or --from and"
                + " --to.",
            Style.DIM,
            Math.min(width, 100)));
    return lines;
  }

  @Override
  public Map<String, Object> json() {
    List<Object> lines = new ArrayList<>();
    for (Group group : groups()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("line", group.name());
      line.put("first", group.first().version().toString());
      line.put("last", group.last().version().toString());
      line.put("releases", group.releases().size());
      line.put("lowestSchema", group.lowest());
      line.put("highestSchema", group.highest());
      line.put("certainties", names(group.releases()));
      line.put("livenessByDefault", knowledge.chart(group.last().version()).livenessByDefault());
      line.put("regimes", ReportText.described(group.regimes()));
      lines.add(line);
    }
    return Map.of("lines", lines);
  }

  private static Line heading(String text) {
    return Line.of(text, Style.TITLE);
  }

  private static List<Object> names(List<Release> releases) {
    return releases.stream()
        .map(Release::certainty)
        .distinct()
        .<Object>map(ReportText::of)
        .toList();
  }

  private List<Group> groups() {
    Map<String, List<Release>> byLine =
        knowledge.releases().stream()
            .filter(release -> release.version().isRelease())
            .collect(
                Collectors.groupingBy(
                    release ->
                        "v%d.%d".formatted(release.version().major(), release.version().minor()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byLine.entrySet().stream()
        .map(entry -> new Group(entry.getKey(), entry.getValue()))
        .toList();
  }

  /**
   * The releases of a line.
   *
   * @param name such as {@code v2.29}
   * @param releases at least one, lowest first
   */
  private record Group(String name, List<Release> releases) {
    Release first() {
      return releases.get(0);
    }

    Release last() {
      return releases.get(releases.size() - 1);
    }

    long lowest() {
      return Collections.min(releases.stream().map(Release::schema).toList());
    }

    long highest() {
      return Collections.max(releases.stream().map(Release::schema).toList());
    }

    String schemas() {
      return lowest() == highest() ? "" + lowest() : lowest() + " to " + highest();
    }

    String certainties() {
      return releases.stream()
          .map(release -> ReportText.of(release.certainty()))
          .distinct()
          .collect(Collectors.joining(", "));
    }

    String way() {
      return regimes().stream()
          .map(regime -> regime.oneTransaction() ? "in one transaction" : "one by one")
          .distinct()
          .collect(Collectors.joining(", or "));
    }

    String patience() {
      return regimes().stream()
          .map(regime -> regime.lockWait().map(Durations::of).orElse("no fixed bound"))
          .distinct()
          .collect(Collectors.joining(", or "));
    }

    Set<Regime> regimes() {
      return Regime.possible(last().version());
    }
  }
}
