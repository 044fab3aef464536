package dev.lockkeeper.view;

import dev.lockkeeper.analysis.InTheWay;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.wizard.Extent;
import dev.lockkeeper.wizard.Opened;
import dev.lockkeeper.wizard.PanelRow;
import dev.lockkeeper.wizard.PanelRows;
import dev.lockkeeper.wizard.ScreenState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of an open panel that are in sight, whole and as wide as they are. */
final class PanelLines {
  private static final Line MARK = Line.of("▶", Style.ACCENT);

  private final Opened opened;
  private final ScreenState seen;
  private final Area area;
  private final PanelRows rows;
  private final Observed<?> source;
  private final boolean live;

  /** Up to which moment ages count: nobody knows that what is not live has grown older. */
  private final Instant now;

  private PanelLines(Opened opened, ScreenState seen, Area area) {
    this.opened = opened;
    this.seen = seen;
    this.area = area;
    this.rows = PanelRows.of(opened.panel(), seen);
    Snapshot snapshot = seen.snapshot();
    this.source =
        switch (opened.panel()) {
          case PODS, EVENTS, FINDINGS, CHECKS, RUN -> snapshot.cluster();
          case LOCKS, MIGRATION -> snapshot.database();
        };
    this.live = Freshness.live(source, snapshot.now());
    this.now = live ? snapshot.now() : source.at();
  }

  static OpenPanel.Drawn of(Opened opened, ScreenState seen, Area area) {
    return new PanelLines(opened, seen, area).drawn();
  }

  private OpenPanel.Drawn drawn() {
    Line title =
        Screens.ended(
            Panels.title(opened.panel(), seen), Panels.age(opened.panel(), seen), area.width());
    int count = rows.rows().size();
    if (count == 0) {
      return scrolled(title);
    }
    int chosen = opened.chosen().among(rows.rows());
    String place = OpenPanel.of(chosen, count).orElse("");
    return opened.panel() == PanelId.FINDINGS
        ? findings(title, place, chosen)
        : rows(title, place, chosen);
  }

  /** A panel without rows is text. */
  private OpenPanel.Drawn scrolled(Line title) {
    List<Line> lines = Panels.lines(opened.panel(), seen, area.width(), Integer.MAX_VALUE);
    return new OpenPanel.Drawn(
        title,
        "",
        0,
        Scrolled.of(lines, opened.chosen().place(), area.height()),
        Extent.of(lines.size(), area.height()));
  }

  private OpenPanel.Drawn rows(Line title, String place, int chosen) {
    List<Line> head = head();
    int height = Math.max(1, area.height() - head.size());
    int count = rows.rows().size();
    int first = OpenPanel.first(chosen, count, height);
    List<PanelRow> sight = rows.rows().subList(first, Math.min(count, first + height));
    List<Line> lines = laid(sight);
    List<Line> marked = new ArrayList<>(head);
    for (int i = 0; i < lines.size(); i++) {
      Line line = live ? lines.get(i) : lines.get(i).styled(Style.UNKNOWN);
      marked.add(
          OpenPanel.behind(first + i == chosen ? MARK : Line.EMPTY, line, opened, area.width()));
    }
    return new OpenPanel.Drawn(title, place, matches(), marked, Extent.of(count, height));
  }

  private int matches() {
    return opened.search().active()
        ? (int) rows.rows().stream().map(rows::text).filter(opened.search()::hits).count()
        : 0;
  }

  /** Each in full; the chosen one is the first in sight. */
  private OpenPanel.Drawn findings(Line title, String place, int chosen) {
    List<Line> lines = new ArrayList<>(FindingsPanel.blindness(seen.snapshot(), area.width()));
    int begin = 0;
    for (int i = 0; i < rows.rows().size(); i++) {
      if (!lines.isEmpty()) {
        lines.add(Line.EMPTY);
      }
      begin = i == chosen ? lines.size() : begin;
      Line mark = i == chosen ? MARK : Line.EMPTY;
      for (Line line :
          FindingsPanel.whole(
              rows.finding(rows.rows().get(i)).orElseThrow(), seen, area.width() - 2)) {
        lines.add(OpenPanel.behind(mark, line, opened, area.width()));
        mark = Line.EMPTY;
      }
    }
    int first = chosen == 0 ? 0 : Math.max(0, Math.min(begin, lines.size() - area.height()));
    return new OpenPanel.Drawn(
        title,
        place,
        matches(),
        Scrolled.more(lines, first, area.height()),
        new Extent(1, rows.rows().size()));
  }

  /** What is not to be chosen: why it is not live, and what this picture leaves out. */
  private List<Line> head() {
    List<Line> lines = new ArrayList<>();
    if (!live) {
      String why = Freshness.why(source, seen.snapshot().now()).text();
      lines.addAll(Line.wrapped(why, Style.UNKNOWN, area.width()));
    }
    if (opened.panel() == PanelId.LOCKS) {
      Database database = seen.snapshot().database().value().orElseThrow();
      List<Line> head = LocksPanel.head(database, names(database), area.width());
      head.forEach(line -> lines.add(live ? line : line.styled(Style.UNKNOWN)));
    }
    return lines.subList(0, Math.min(lines.size(), Math.max(0, area.height() - 3)));
  }

  private SessionNames names(Database database) {
    return new SessionNames(database, seen.snapshot().cluster(), now, SessionNames.Names.WHOLE);
  }

  private List<Line> laid(List<PanelRow> sight) {
    return switch (opened.panel()) {
      case PODS -> workload(sight);
      case EVENTS ->
          EventsPanel.whole(
              sight.stream().flatMap(row -> rows.event(row).stream()).toList(), area.width());
      case LOCKS -> sessions(sight);
      case FINDINGS, MIGRATION, CHECKS, RUN -> List.of();
    };
  }

  private List<Line> workload(List<PanelRow> sight) {
    List<PanelRow> pods = sight.stream().filter(row -> row.kind() == PanelRow.Kind.POD).toList();
    List<Line> lines =
        new ArrayList<>(
            PodsPanel.whole(pods.stream().flatMap(row -> rows.pod(row).stream()).toList(), now));
    List<List<Line>> others =
        sight.stream()
            .filter(row -> row.kind() != PanelRow.Kind.POD)
            .map(
                row ->
                    row.kind() == PanelRow.Kind.REPLICA_SET
                        ? replicaSet(rows.replicaSet(row).orElseThrow())
                        : deployment(rows.deployment().orElseThrow()))
            .toList();
    lines.addAll(Rows.table(others, 4, 2, Rows.ANY_WIDTH));
    return lines;
  }

  private static List<Line> replicaSet(ReplicaSet set) {
    return List.of(
        Line.of("ReplicaSet", Style.DIM),
        Line.of(set.name()),
        Line.of(PodNames.version(set.image())),
        ready(set.readyReplicas(), set.replicas()),
        Line.of("revision " + set.revision(), Style.DIM));
  }

  private static List<Line> deployment(Deployment one) {
    return List.of(
        Line.of("Deployment", Style.DIM),
        Line.of(one.name()),
        Line.of(PodNames.version(one.image())),
        ready(one.status().readyReplicas(), one.replicas()),
        Line.of("generation " + one.generation(), Style.DIM));
  }

  private static Line ready(int ready, int wanted) {
    return Line.of(ready + "/" + wanted + " Ready", ready == wanted ? Style.TEXT : Style.WARN);
  }

  private List<Line> sessions(List<PanelRow> sight) {
    Database database = seen.snapshot().database().value().orElseThrow();
    SessionNames names = names(database);
    Map<Integer, Line> drawn = new HashMap<>(LockRows.ofEach(LockForest.of(database), names));
    InTheWay.unnoticed(
            database, UpgradePath.of(seen.snapshot(), seen.knowledge()).pending(seen.knowledge()))
        .forEach(each -> drawn.putIfAbsent(each.backend().pid(), IdleRows.whole(each, names)));
    return sight.stream()
        .map(
            row ->
                Optional.ofNullable(drawn.get(row.place()))
                    .or(() -> rows.session(row).map(backend -> session(backend, names)))
                    .orElseGet(() -> Line.of(row.id())))
        .toList();
  }

  private static Line session(Backend backend, SessionNames names) {
    String part = names.part(backend.pid());
    String state = backend.hidden() ? "state hidden" : backend.state().orElse("");
    return Line.of("  " + backend.pid(), Style.TEXT)
        .and(part.isEmpty() ? "" : " " + part, Style.ACCENT)
        .and(" " + names.who(backend), Style.TEXT)
        .and("  " + state, Style.DIM)
        .and(backend.stateAge().map(age -> " " + Elapsed.text(age)).orElse(""), Style.DIM)
        .and("  " + backend.query().strip(), Style.DIM);
  }
}
