package dev.lockkeeper.report;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The way from one release to another.
 *
 * @param source the installed release
 * @param target the one to upgrade to
 * @param from the schema number of the installed one
 * @param to the schema number of the target
 * @param pending the migrations between
 * @param issues what others met, the gravest first
 * @param mustNotOverlap whether replicas of both must never run together while quotas are in use
 */
public record PathReport(
    CoderVersion source,
    CoderVersion target,
    SchemaNumber from,
    SchemaNumber to,
    List<Migration> pending,
    List<KnownIssue> issues,
    boolean mustNotOverlap)
    implements Report {
  /** The way between two releases whose numbers are known. */
  public static PathReport of(ReleaseReport source, ReleaseReport target, Knowledge knowledge) {
    return new PathReport(
        source.version(),
        target.version(),
        source.schema(),
        target.schema(),
        knowledge.between(source.schema().number(), target.schema().number()),
        knowledge.issues(source.version(), target.version()).stream()
            .sorted(Comparator.comparing(KnownIssue::severity))
            .toList(),
        knowledge.mustNotOverlapWithQuotas(source.version(), target.version()));
  }

  @Override
  public List<Line> lines(int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(source + " → " + target, Style.STRONG));
    Table page = new Table();
    page.field("schema", from + " → " + to);
    page.field("migrations", counted());
    page.field("migrates", ReportText.regimes(Regime.possible(target)));
    if (!touched().isEmpty()) {
      page.field("touches", String.join(", ", touched().keySet()));
    }
    if (!created().isEmpty()) {
      page.field("creates", String.join(", ", created()));
    }
    if (mustNotOverlap) {
      page.row(
          Line.of("replicas", Style.TITLE),
          Line.of(
              "with quotas in use, old and new ones must not run together: scale to zero",
              Style.WARN));
    }
    page.field("issues", issues.isEmpty() ? "none is known on this path" : severities());
    lines.addAll(page.lines(width));
    issues.forEach(issue -> lines.addAll(told(issue, width)));
    return lines;
  }

  private String counted() {
    return pending.isEmpty()
        ? "none pending"
        : "%d pending, %d to %d"
            .formatted(
                pending.size(), pending.get(0).number(), pending.get(pending.size() - 1).number());
  }

  /** Tables that were there before, with the migrations that touch each. */
  private Map<String, List<Long>> touched() {
    Map<String, List<Long>> touched = new TreeMap<>();
    for (Migration migration : pending) {
      for (String table : migration.touches()) {
        if (!created().contains(table)) {
          touched.computeIfAbsent(table, name -> new ArrayList<>()).add(migration.number());
        }
      }
    }
    return touched;
  }

  private List<String> created() {
    return pending.stream()
        .flatMap(migration -> migration.creates().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private String severities() {
    return Arrays.stream(KnownIssue.Severity.values())
        .map(severity -> "%d to %s".formatted(count(severity), ReportText.of(severity)))
        .collect(Collectors.joining(", "));
  }

  private long count(KnownIssue.Severity severity) {
    return issues.stream().filter(issue -> issue.severity() == severity).count();
  }

  private static List<Line> told(KnownIssue issue, int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.EMPTY);
    Style style =
        switch (issue.severity()) {
          case AVOID -> Style.BAD;
          case PREPARE -> Style.WARN;
          case KNOW -> Style.STRONG;
        };
    String word = ReportText.of(issue.severity()).toUpperCase(Locale.ROOT);
    Table page = new Table();
    page.row(Line.of(word, style), Line.of(issue.title(), Style.STRONG));
    page.row(Line.of("  seen", Style.DIM), Line.of(issue.symptom()));
    page.row(Line.of("  why", Style.DIM), Line.of(issue.cause()));
    page.row(Line.of("  do", Style.DIM), Line.of(issue.remedy()));
    page.row(
        Line.of("  see", Style.DIM),
        Line.of("%s (%s)".formatted(issue.reference(), issue.id()), Style.DIM));
    lines.addAll(page.lines(width));
    return lines;
  }

  @Override
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", source.toString());
    json.put("to", target.toString());
    json.put("fromSchema", from.number());
    json.put("fromCertainty", ReportText.of(from.certainty()));
    json.put("toSchema", to.number());
    json.put("toCertainty", ReportText.of(to.certainty()));
    json.put("pendingMigrations", pending.size());
    json.put("migrations", pending.stream().<Object>map(Migration::number).toList());
    json.put("regimes", ReportText.described(Regime.possible(target)));
    json.put("creates", ReportText.names(created()));
    json.put("touches", new LinkedHashMap<String, Object>(touched()));
    json.put("mustNotOverlapWithQuotas", mustNotOverlap);
    json.put("issues", issues.stream().<Object>map(PathReport::described).toList());
    return json;
  }

  private static Map<String, Object> described(KnownIssue issue) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", issue.id());
    json.put("severity", ReportText.of(issue.severity()));
    json.put("title", issue.title());
    json.put("symptom", issue.symptom());
    json.put("cause", issue.cause());
    json.put("remedy", issue.remedy());
    json.put("reference", issue.reference());
    return json;
  }
}
