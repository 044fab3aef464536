package dev.lockkeeper.report;

import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One release.
 *
 * @param version the release
 * @param schema the number that it leaves in the database
 * @param same the releases that leave the same number; empty where only a bound is known
 * @param listed whether the list has it, or only its neighbours
 * @param regimes how it may migrate
 * @param chart what its chart renders
 */
public record ReleaseReport(
    CoderVersion version,
    SchemaNumber schema,
    List<Release> same,
    boolean listed,
    Set<Regime> regimes,
    ChartFacts chart)
    implements Report {
  /** What is known of this version; empty when nothing is. */
  public static Optional<ReleaseReport> of(CoderVersion version, Knowledge knowledge) {
    return knowledge
        .schemaOf(version)
        .map(
            schema ->
                new ReleaseReport(
                    version,
                    schema,
                    knowledge.releasesAt(schema.number()),
                    knowledge.release(version).isPresent(),
                    Regime.possible(version),
                    knowledge.chart(version)));
  }

  @Override
  public List<Line> lines(int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(version.toString(), Style.STRONG));
    if (!listed) {
      lines.addAll(
          Line.wrapped(
              "It is not on this program's list: what follows is taken from the releases below it.",
              Style.WARN,
              width));
    }
    Table page = new Table();
    page.field("schema", schema.number() + ", " + ReportText.certainty(schema.certainty()));
    if (!same.isEmpty()) {
      page.field("shared by", ReportText.range(same) + " (" + same.size() + ")");
    }
    page.field("migrates", ReportText.regimes(regimes));
    page.field("liveness", liveness());
    page.field("readiness", "values understood: " + values(chart.readinessValues()));
    page.field(
        "strategy", "coder.strategy is " + (chart.strategyValue() ? "" : "not ") + "understood");
    page.field(
        "resources",
        chart
            .defaultResources()
            .map(each -> "%s CPU and %s memory by default".formatted(each.cpu(), each.memory()))
            .orElse("none by default"));
    page.field("grace", ChartFacts.GRACE_SECONDS + " s between SIGTERM and SIGKILL");
    lines.addAll(page.lines(width));
    return lines;
  }

  private String liveness() {
    String byDefault = chart.livenessByDefault() ? "on by default" : "off by default";
    String value =
        chart.canDisableLiveness()
            ? "; coder.livenessProbe.enabled decides"
            : "; no value switches it off";
    return byDefault + value + "; values understood: " + values(chart.livenessValues());
  }

  private static String values(List<String> keys) {
    return keys.isEmpty() ? "none" : String.join(", ", keys);
  }

  @Override
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("release", version.toString());
    json.put("listed", listed);
    json.put("schema", schema.number());
    json.put("certainty", ReportText.of(schema.certainty()));
    json.put("sameSchema", ReportText.names(same.stream().map(Release::version).toList()));
    json.put("regimes", ReportText.described(regimes));
    json.put("chart", described());
    return json;
  }

  private Map<String, Object> described() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("since", chart.since().toString());
    json.put("livenessByDefault", chart.livenessByDefault());
    json.put("livenessCanBeDisabled", chart.canDisableLiveness());
    json.put("livenessValues", ReportText.names(chart.livenessValues()));
    json.put("readinessValues", ReportText.names(chart.readinessValues()));
    json.put("strategyValue", chart.strategyValue());
    json.put("graceSeconds", ChartFacts.GRACE_SECONDS);
    json.put("defaultCpu", chart.defaultResources().map(ChartFacts.Resources::cpu).orElse(null));
    json.put(
        "defaultMemory", chart.defaultResources().map(ChartFacts.Resources::memory).orElse(null));
    return json;
  }
}
