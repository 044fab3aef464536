package dev.lockkeeper.report;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.coder.SchemaGap;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Shown;
import dev.lockkeeper.view.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who leaves a database at a number.
 *
 * @param schema the number in {@code schema_migrations}
 * @param releases the releases that leave a database there, at least one
 * @param migration the migration of that number, if it is known
 * @param gap what such a database lacks, if that is known to be a trap
 */
public record SchemaReport(
    long schema, List<Release> releases, Optional<Migration> migration, Optional<SchemaGap> gap)
    implements Report {
  /** What is known of this number; empty when no release leaves a database there. */
  public static Optional<SchemaReport> of(long schema, Knowledge knowledge) {
    List<Release> releases = knowledge.releasesAt(schema);
    return releases.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SchemaReport(
                schema, releases, knowledge.migration(schema), knowledge.gapAt(schema)));
  }

  /** Why there is no answer: between which releases the number lies. */
  public static String unknown(long schema, Knowledge knowledge) {
    Optional<Release> below =
        knowledge.releases().stream()
            .filter(release -> release.schema() < schema)
            .reduce((lower, higher) -> higher.schema() >= lower.schema() ? higher : lower);
    Optional<Release> above =
        knowledge.releases().stream().filter(release -> release.schema() > schema).findFirst();
    String neighbours =
        below.map(SchemaReport::ends).orElse("none is known below it")
            + ", "
            + above.map(SchemaReport::ends).orElse("and this program knows none above it");
    String migration =
        knowledge
            .migration(schema)
            .map(each -> " (its migration is %s, of %s)".formatted(each.name(), each.since()))
            .orElse("");
    return "no release is known to leave a database at %d%s: %s"
        .formatted(schema, migration, neighbours);
  }

  private static String ends(Release release) {
    return "%s ends at %d".formatted(release.version(), release.schema());
  }

  @Override
  public List<Line> lines(int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of("schema " + schema, Style.STRONG));
    Table page = new Table();
    page.field("left by", "%s (%d)".formatted(ReportText.range(releases), releases.size()));
    page.field("releases", named());
    migration.ifPresent(
        each -> {
          page.field("migration", "%s, first in %s".formatted(each.name(), each.since()));
          if (!each.touches().isEmpty()) {
            page.field("touches", String.join(", ", each.touches()));
          }
        });
    gap.ifPresent(
        each ->
            page.row(
                Line.of("trap", Style.TITLE),
                Line.of(
                    Shown.of(each.explanation()).text(), each.stop() ? Style.BAD : Style.WARN)));
    lines.addAll(page.lines(width));
    return lines;
  }

  private String named() {
    return releases.stream()
        .map(
            release ->
                release.exact()
                    ? release.version().toString()
                    : release.version() + " (" + ReportText.of(release.certainty()) + ")")
        .collect(Collectors.joining(", "));
  }

  @Override
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", schema);
    json.put("first", releases.get(0).version().toString());
    json.put("last", releases.get(releases.size() - 1).version().toString());
    json.put("releases", releases.stream().<Object>map(SchemaReport::described).toList());
    json.put("migration", migration.map(SchemaReport::described).orElse(null));
    json.put("gap", gap.map(SchemaReport::described).orElse(null));
    return json;
  }

  private static Map<String, Object> described(Release release) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("release", release.version().toString());
    json.put("certainty", ReportText.of(release.certainty()));
    return json;
  }

  private static Map<String, Object> described(Migration migration) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", migration.name());
    json.put("since", migration.since().toString());
    json.put("creates", ReportText.names(migration.creates()));
    json.put("touches", ReportText.names(migration.touches()));
    return json;
  }

  private static Map<String, Object> described(SchemaGap gap) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("missing", List.copyOf(gap.missing()));
    json.put("stop", gap.stop());
    json.put("explanation", gap.explanation());
    return json;
  }
}
