package dev.lockkeeper.report;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Guard.Strength;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.Verdict.Answer;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answers before an upgrade.
 *
 * <pre>
 *   ✖ fail     SHOULD  no known issue forbids this path  Migration 371 can take up to an hour …
 *   ? unknown  SHOULD  a backup is not older than 1 h           no backup was named
 *   ✔ pass     MUST    no migration is in progress         IDLE at 362
 * </pre>
 *
 * @param at when it was asked
 * @param place the cluster; empty when it was not read
 * @param deployment the Deployment's name
 * @param database the database; empty when it was not read
 * @param path from where to where
 * @param pending how many migrations the target would run; empty when that is not known
 * @param helm what there is of Helm
 * @param items the questions with their answers
 */
public record PreflightReport(
    Instant at,
    Optional<ClusterIdentity> place,
    String deployment,
    Optional<DatabaseIdentity> database,
    UpgradePath path,
    Optional<Integer> pending,
    HelmAnswer helm,
    List<Item> items)
    implements Report {
  /** With fewer columns than this, evidence stands below its question. */
  private static final int WIDE = 110;

  public PreflightReport {
    items = List.copyOf(items);
  }

  /**
   * A question with its answer.
   *
   * @param topic what it is about
   * @param id its word, for programs
   * @param question what should hold
   * @param strength MUST or SHOULD
   * @param verdict the answer
   */
  public record Item(
      String topic, String id, String question, Strength strength, Verdict verdict) {}

  static PreflightReport of(Snapshot snapshot, Knowledge knowledge, List<Item> items) {
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    return new PreflightReport(
        snapshot.now().truncatedTo(ChronoUnit.SECONDS),
        snapshot.cluster().value().map(cluster -> cluster.identity()),
        snapshot
            .cluster()
            .value()
            .flatMap(cluster -> cluster.deployment())
            .map(Deployment::name)
            .orElse("?"),
        snapshot.database().value().map(Database::identity),
        path,
        path.schema().isPresent() && path.wanted().isPresent()
            ? Optional.of(path.pending(knowledge).size())
            : Optional.empty(),
        HelmAnswer.of(snapshot),
        items);
  }

  /** The worst answer: FAIL, else UNKNOWN, else PASS. */
  public Answer answer() {
    return has(Answer.FAIL) ? Answer.FAIL : has(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.PASS;
  }

  private boolean has(Answer answer) {
    return count(answer) > 0;
  }

  /** Two uses of one right are one question, unless they are answered in other words. */
  private List<Item> shown() {
    Set<List<Object>> told = new HashSet<>();
    return items.stream()
        .filter(item -> told.add(List.of(item.topic(), item.question(), item.verdict())))
        .toList();
  }

  private long count(Answer answer) {
    return shown().stream().filter(item -> item.verdict().answer() == answer).count();
  }

  @Override
  public List<Line> lines(int width) {
    Table page = new Table();
    page.field("cluster", place.map(this::where).orElse("not read"));
    page.field("database", database.map(PreflightReport::where).orElse("not read"));
    page.field("upgrade", way());
    helm.say(page);
    List<Line> lines = new ArrayList<>(page.lines(width));
    boolean wide = width >= WIDE;
    Table table = new Table();
    String topic = "";
    for (Item item : shown()) {
      if (!item.topic().equals(topic)) {
        topic = item.topic();
        table.section(topic);
      }
      if (wide) {
        table.row(mark(item), strength(item), Line.of(item.question()), evidence(item));
      } else {
        narrow(table, item);
      }
    }
    lines.addAll(table.lines(width));
    lines.add(Line.EMPTY);
    lines.addAll(result(width));
    return lines;
  }

  /** Below one another, and of what holds the question alone. */
  private static void narrow(Table table, Item item) {
    table.row(mark(item), strength(item), Line.of(item.question()));
    if (!item.verdict().passed()) {
      table.row(Line.EMPTY, Line.EMPTY, Line.of(item.verdict().evidence(), Style.STRONG));
    }
  }

  private static Line mark(Item item) {
    return switch (item.verdict().answer()) {
      case PASS -> Line.of("✔ pass", Style.GOOD);
      case FAIL -> Line.of("✖ fail", Style.BAD);
      case UNKNOWN -> Line.of("? unknown", Style.UNKNOWN);
    };
  }

  private static Line strength(Item item) {
    return Line.of(item.strength().name(), item.verdict().passed() ? Style.DIM : Style.WARN);
  }

  private static Line evidence(Item item) {
    return Line.of(item.verdict().evidence(), item.verdict().passed() ? Style.DIM : Style.STRONG);
  }

  private String where(ClusterIdentity identity) {
    return "%s · ns %s · deploy/%s".formatted(identity.context(), identity.namespace(), deployment);
  }

  private static String where(DatabaseIdentity identity) {
    return "%s/%s@%s:%d"
        .formatted(identity.user(), identity.name(), identity.host(), identity.port());
  }

  private String way() {
    String source = path.source().map(Object::toString).orElse("an unknown version");
    String schema = path.schema().map(number -> ", schema " + number).orElse("");
    if (path.target().isEmpty()) {
      return source + schema + "; no target was given, so the path was not looked at: --to v2.x.y";
    }
    String wanted = path.wanted().map(Object::toString).orElse("?");
    return "%s → %s, schema %s → %s, %s pending"
        .formatted(
            source,
            path.target().get(),
            path.schema().map(Object::toString).orElse("?"),
            wanted,
            pending.map(count -> Durations.count(count, "migration")).orElse("? migrations"));
  }

  private List<Line> result(int width) {
    String counts =
        "%d fail, %d unknown, %d pass"
            .formatted(count(Answer.FAIL), count(Answer.UNKNOWN), count(Answer.PASS));
    Line verdict =
        switch (answer()) {
          case PASS -> Line.of("✔ PASS", Style.GOOD);
          case FAIL -> Line.of("✖ FAIL", Style.BAD);
          case UNKNOWN -> Line.of("? UNKNOWN", Style.UNKNOWN);
        };
    List<Line> lines = new ArrayList<>();
    lines.add(verdict.and("  " + counts, Style.STRONG));
    if (answer() != Answer.PASS) {
      lines.addAll(
          Line.wrapped(
              "In the wizard a MUST stops its step; a SHOULD can be waived with a typed reason.",
              Style.DIM,
              width));
    }
    return lines;
  }

  @Override
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("answer", ReportText.of(answer()));
    json.put("at", at.toString());
    json.put("context", place.map(ClusterIdentity::context).orElse(null));
    json.put("server", place.map(ClusterIdentity::server).orElse(null));
    json.put("namespace", place.map(ClusterIdentity::namespace).orElse(null));
    json.put("deployment", deployment);
    json.put("databaseHost", database.map(DatabaseIdentity::host).orElse(null));
    json.put("databasePort", database.map(DatabaseIdentity::port).orElse(null));
    json.put("databaseName", database.map(DatabaseIdentity::name).orElse(null));
    json.put("databaseUser", database.map(DatabaseIdentity::user).orElse(null));
    json.put("from", path.source().map(Object::toString).orElse(null));
    json.put("to", path.target().map(Object::toString).orElse(null));
    json.put("fromSchema", path.schema().orElse(null));
    json.put("toSchema", path.wanted().map(SchemaNumber::number).orElse(null));
    json.put("pendingMigrations", pending.orElse(null));
    json.put("helm", helm.json());
    json.put("checks", items.stream().<Object>map(PreflightReport::described).toList());
    return json;
  }

  private static Map<String, Object> described(Item item) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("topic", item.topic());
    json.put("id", item.id());
    json.put("question", item.question());
    json.put("strength", ReportText.of(item.strength()));
    json.put("answer", ReportText.of(item.verdict().answer()));
    json.put("evidence", item.verdict().evidence());
    return json;
  }
}
