package dev.lockkeeper.report;

import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs of which there are journals.
 *
 * <pre>
 *   RUN                            STATE       STARTED                     …  OWED
 *   20261121-210512-coder-upgrade  unfinished  2026-11-21 22:05:12 +01:00  …  bring back 3 replicas
 * </pre>
 *
 * @param runs them, the newest first, as JSON has them; on a terminal it stands last, next to the
 *     prompt
 * @param zone for the times
 */
public record RunsReport(List<Item> runs, ZoneId zone) implements Report {
  private static final String CONTEXT = "context";

  /** With fewer columns than this, each run is a paragraph. */
  private static final int WIDE = 150;

  public RunsReport {
    runs = List.copyOf(runs);
  }

  /**
   * One run.
   *
   * @param name its name
   * @param journal where its journal is
   * @param practice whether it is in a practice world
   * @param chain the journal; empty if it cannot be read
   * @param trouble why it cannot be read, if it cannot
   */
  public record Item(
      String name, String journal, boolean practice, Chain chain, Optional<String> trouble) {
    private Progress progress() {
      return Progress.of(chain.entries(), Instant.EPOCH);
    }

    /** Whether it can be gone on with; also where that is not known. */
    public boolean unfinished() {
      return trouble.isPresent() || !chain.entries().isEmpty() && !progress().ended();
    }

    private Optional<Entry> first() {
      return chain.entries().stream().findFirst();
    }

    private String value(String key) {
      return first().map(entry -> entry.value(key)).orElse("");
    }

    private String state() {
      if (trouble.isPresent()) {
        return "cannot be read";
      }
      return chain
          .fault()
          .map(fault -> "broken at line " + fault.line())
          .orElse(chain.entries().isEmpty() ? "empty" : unfinished() ? "unfinished" : "finished");
    }

    private String where() {
      String place =
          Stream.of(value(CONTEXT), value("namespace"), value("deployment"))
              .filter(word -> !word.isEmpty())
              .collect(Collectors.joining("/"));
      return practice ? place + " (practice)" : place;
    }

    private String owed() {
      if (trouble.isPresent()) {
        return "not known: " + trouble.get();
      }
      if (chain.fault().isPresent()) {
        return "not known: what is missing at its end may owe something";
      }
      List<Debt> debts = progress().debts();
      return debts.isEmpty()
          ? "nothing"
          : debts.stream().map(Debt::text).collect(Collectors.joining("; "));
    }

    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      Optional<Entry> last = progress().last();
      json.put("run", name);
      json.put("runbook", value(Entry.RUNBOOK));
      json.put("context", first().map(entry -> entry.data().get(CONTEXT)).orElse(null));
      json.put("namespace", value("namespace"));
      json.put("deployment", value("deployment"));
      json.put("target", value("target"));
      json.put("practice", practice);
      json.put("started", progress().startedAt().map(Instant::toString).orElse(null));
      json.put("lastEntry", last.map(entry -> entry.at().toString()).orElse(null));
      json.put("lastKind", last.map(entry -> ReportText.of(entry.kind())).orElse(null));
      json.put("finished", whole(progress().ended()));
      json.put("brokenAtLine", chain.fault().map(Chain.Fault::line).orElse(null));
      json.put("lines", known(chain.head().lines()));
      json.put("head", known(chain.head().hash()));
      json.put("owed", whole(progress().debts().stream().<Object>map(Item::described).toList()));
      json.put("journal", journal);
      json.put("trouble", trouble.orElse(null));
      return json;
    }

    /** What the lines that cannot be read might change. */
    private Object whole(Object value) {
      return chain.fault().isPresent() ? null : known(value);
    }

    private Object known(Object value) {
      return trouble.isPresent() ? null : value;
    }

    private static Map<String, Object> described(Debt debt) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("word", debt.word());
      json.put("text", debt.text());
      json.put("command", debt.command());
      return json;
    }
  }

  /** Those that lead to this context; one that cannot be read may lead anywhere, and stays. */
  public RunsReport in(String context) {
    return new RunsReport(
        runs.stream()
            .filter(run -> run.trouble().isPresent() || run.value(CONTEXT).equals(context))
            .toList(),
        zone);
  }

  private List<Item> oldestFirst() {
    List<Item> turned = new ArrayList<>(runs);
    Collections.reverse(turned);
    return turned;
  }

  /** Whether each journal could be read. */
  public boolean readable() {
    return runs.stream().allMatch(run -> run.trouble().isEmpty());
  }

  @Override
  public List<Line> lines(int width) {
    if (runs.isEmpty()) {
      return List.of(Line.of("There are no runs."));
    }
    return width < WIDE ? paragraphs(width) : table(width);
  }

  private List<Line> table(int width) {
    Table table = new Table();
    table.row(
        Stream.of("RUN", "STATE", "RUNBOOK", "STARTED", "LAST ENTRY", "WHERE", "OWED")
            .map(word -> Line.of(word, Style.TITLE))
            .toArray(Line[]::new));
    for (Item run : oldestFirst()) {
      table.row(
          Line.of(run.name(), Style.STRONG),
          state(run),
          Line.of(run.value(Entry.RUNBOOK)),
          Line.of(started(run)),
          Line.of(lastEntry(run)),
          Line.of(run.where()),
          Line.of(run.owed()));
    }
    return table.lines(width);
  }

  private List<Line> paragraphs(int width) {
    List<Line> lines = new ArrayList<>();
    for (Item run : oldestFirst()) {
      if (!lines.isEmpty()) {
        lines.add(Line.EMPTY);
      }
      lines.add(Line.of(run.name(), Style.STRONG).and("  ", Style.TEXT).and(state(run)));
      Table table = new Table();
      table.field("  runbook", run.value(Entry.RUNBOOK));
      table.field("  where", run.where());
      table.field("  started", started(run));
      table.field("  last entry", lastEntry(run));
      table.field("  owed", run.owed());
      lines.addAll(table.lines(width));
    }
    return lines;
  }

  private static Line state(Item run) {
    boolean broken = run.trouble().isPresent() || run.chain().fault().isPresent();
    Style style = broken ? Style.BAD : run.unfinished() ? Style.WARN : Style.DIM;
    return Line.of(run.state(), style);
  }

  private String started(Item run) {
    return run.progress().startedAt().map(at -> ReportText.moment(at, zone)).orElse("?");
  }

  private String lastEntry(Item run) {
    return run.progress()
        .last()
        .map(entry -> ReportText.moment(entry.at(), zone) + " " + ReportText.of(entry.kind()))
        .orElse("?");
  }

  @Override
  public Map<String, Object> json() {
    return Map.of("runs", runs.stream().<Object>map(Item::json).toList());
  }
}
