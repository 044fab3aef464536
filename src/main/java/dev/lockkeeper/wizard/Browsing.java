package dev.lockkeeper.wizard;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.snapshot.Inspection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * What keys do in an open panel: they choose a row, open what is behind it, search and scroll. All
 * of it only looks.
 */
final class Browsing {
  private static final int COLUMNS = 8;
  private static final String NOTHING_SEARCHED = "nothing is searched for: / begins";
  private static final String NO_ROW = "there is no row here";

  private final Opened opened;
  private final ScreenState seen;
  private final Extent extent;
  private final PanelRows rows;

  private Browsing(Opened opened, ScreenState seen, Extent extent) {
    this.opened = opened;
    this.seen = seen;
    this.extent = extent;
    this.rows = PanelRows.of(opened.panel(), seen);
  }

  /** What follows from this key; empty when it is none of the panel's own. */
  static Optional<Browsed> pressed(Opened before, Key key, ScreenState seen, Extent extent) {
    Opened opened = before.saying("");
    Browsing browsing = new Browsing(opened, seen, extent);
    KeyInput stroke = new KeyInput(key);
    if (opened.search().typing() && !stroke.interrupts()) {
      return Optional.of(Browsed.of(browsing.typed(stroke)));
    }
    return PanelKeys.intent(key, PanelKey.Focus.of(opened)).flatMap(browsing::follow);
  }

  private Opened typed(KeyInput stroke) {
    if (stroke.escapes()) {
      return opened.searching(Search.NONE);
    }
    Search search = opened.search();
    return stroke.enters()
        ? new Browsing(opened.searching(search.typed()), seen, extent).found(1, true)
        : opened.searching(search.after(stroke.key()));
  }

  private Optional<Browsed> follow(PanelIntent intent) {
    return switch (intent) {
      // What stands before the first step and after the last one is left by Enter.
      case OPEN ->
          opened.panel() == PanelId.RUN ? Optional.empty() : Optional.of(Browsed.of(open()));
      case DESCRIBE -> Optional.of(Browsed.of(describe()));
      case DOWN -> moved(1);
      case UP -> moved(-1);
      case PAGE_DOWN -> moved(extent.page());
      case PAGE_UP -> moved(-extent.page());
      case FIRST -> moved(-Integer.MAX_VALUE);
      case LAST -> moved(Integer.MAX_VALUE);
      case LEFT ->
          Optional.of(
              Browsed.of(
                  opened.aside() == 0
                      ? opened.saying("nothing is cut on the left")
                      : opened.moved(-COLUMNS)));
      case RIGHT -> Optional.of(Browsed.of(opened.moved(COLUMNS)));
      case SEARCH -> Optional.of(Browsed.of(search()));
      case NEXT_MATCH -> Optional.of(Browsed.of(found(1, false)));
      case PREVIOUS_MATCH -> Optional.of(Browsed.of(found(-1, false)));
      case ZOOM -> Optional.of(Browsed.of(opened.zooming()));
      case CONTAINER -> Optional.of(Browsed.of(container()));
      case OLDER -> Optional.of(Browsed.of(older()));
      case AGAIN -> Optional.of(Browsed.of(again()));
      case COPY -> Optional.of(taken(Effect.Copy::new));
      case KEEP -> Optional.of(taken(text -> new Effect.Keep(name(), text)));
      case BACK -> back();
    };
  }

  private Optional<PanelRow> chosen() {
    return rows.rows().isEmpty()
        ? Optional.empty()
        : Optional.of(rows.rows().get(opened.chosen().among(rows.rows())));
  }

  private Opened open() {
    return chosen()
        .map(row -> pinned(row).behind(Optional.of(new Behind(rows, seen).of(row))))
        .orElseGet(() -> opened.saying(NO_ROW));
  }

  /** Whose text is open is known by its identity, also when another one stands in its place. */
  private Opened pinned(PanelRow row) {
    return opened.choosing(row, rows.rows().indexOf(row));
  }

  private Opened describe() {
    if (chosen().isEmpty()) {
      return opened.saying(NO_ROW);
    }
    return chosen()
        .flatMap(new Behind(rows, seen)::described)
        .map(sheet -> opened.behind(Optional.of(sheet)))
        .orElseGet(
            () ->
                opened.saying(
                    "only pods, ReplicaSets and Deployments are described: enter opens this"));
  }

  private Optional<Browsed> moved(int lines) {
    return Optional.of(
        Browsed.of(
            opened.sheet().map(sheet -> scrolled(sheet, lines)).orElseGet(() -> chosenBy(lines))));
  }

  private Opened scrolled(Sheet sheet, long lines) {
    int height = extent.page() + 1;
    long to = Math.max(0, Math.min(sheet.top(height) + lines, sheet.lines().size()));
    Sheet scrolled = sheet.at((int) to, height);
    return scrolled.place().equals(sheet.place()) ? atEnd(lines) : opened.showing(scrolled);
  }

  /** What has no rows is text; its lines are scrolled. */
  private Opened chosenBy(long by) {
    if (opened.panel() == PanelId.MIGRATION || !opened.panel().isLive()) {
      int line = extent.moved(opened.chosen().place(), by);
      return line == opened.chosen().place() ? atEnd(by) : opened.at(line);
    }
    if (rows.rows().isEmpty()) {
      return opened.saying(NO_ROW);
    }
    int from = opened.chosen().among(rows.rows());
    int to = (int) Math.max(0, Math.min(from + by, rows.rows().size() - 1));
    return to == from ? atEnd(by) : chosenAt(to);
  }

  private Opened atEnd(long by) {
    return opened.saying(by < 0 ? "this is the top" : "this is the end");
  }

  private Opened chosenAt(int place) {
    return opened.choosing(rows.rows().get(place), place);
  }

  private Opened search() {
    boolean text = opened.sheet().isPresent();
    return !text && rows.rows().isEmpty()
        ? opened.saying("there is nothing to search in here")
        : opened.searching(Search.BEGUN);
  }

  /**
   * The next match.
   *
   * @param here whether the chosen row itself counts first
   */
  private Opened found(int by, boolean here) {
    Search search = opened.search();
    if (!search.active()) {
      return opened.searching(Search.NONE).saying(NOTHING_SEARCHED);
    }
    List<String> lines = opened.sheet().map(Sheet::lines).orElse(List.of());
    int count = opened.sheet().isPresent() ? lines.size() : rows.rows().size();
    IntPredicate hits =
        opened.sheet().isPresent()
            ? at -> search.hits(lines.get(at))
            : at -> search.hits(rows.text(rows.rows().get(at)));
    int from = place() - (here ? by : 0);
    OptionalInt found = Search.next(count, from, by, hits);
    return found.isPresent()
        ? on(found.getAsInt())
        : opened.saying("nothing here has \"" + search.text() + "\"");
  }

  private int place() {
    return opened
        .sheet()
        .map(sheet -> sheet.matched().orElse(sheet.top(extent.page() + 1)))
        .orElseGet(() -> opened.chosen().among(rows.rows()));
  }

  private Opened on(int place) {
    int height = extent.page() + 1;
    return opened
        .sheet()
        .map(sheet -> opened.showing(sheet.matchedAt(place, height)))
        .orElseGet(() -> chosenAt(place));
  }

  private Opened container() {
    return turned(
        (asked, log) -> {
          if (log.containers().size() < 2) {
            return Optional.empty();
          }
          int next = (log.containers().indexOf(log.container()) + 1) % log.containers().size();
          return Optional.of(asked.of(log.containers().get(next)));
        },
        "this pod has no other container");
  }

  private Opened older() {
    return turned(
        (asked, log) -> Optional.of(asked.of(log.container()).before(!asked.previous())), "");
  }

  /** Which log is read instead. */
  private interface Turning {
    Optional<Inspection> to(Inspection asked, Sheet.Log log);
  }

  private Opened turned(Turning turning, String otherwise) {
    Sheet sheet = opened.sheet().orElseThrow();
    if (sheet.log().isEmpty()) {
      return opened.saying("the pod's containers are not read yet");
    }
    return turning
        .to(sheet.asked().orElseThrow(), sheet.log().get())
        .map(other -> opened.showing(sheet.turnedTo(other, now())))
        .orElseGet(() -> opened.saying(otherwise));
  }

  private Opened again() {
    Sheet sheet = opened.sheet().orElseThrow();
    if (sheet.asked().isPresent()) {
      return opened.showing(sheet.again());
    }
    boolean there = rows.rows().stream().anyMatch(row -> row.id().equals(opened.chosen().id()));
    return there ? open() : opened.saying("it is gone: this is how it was seen last");
  }

  /** How what is taken goes away. */
  private interface Way {
    Effect.Look of(String text);
  }

  private Browsed taken(Way way) {
    Optional<String> text =
        opened
            .sheet()
            .map(sheet -> String.join("\n", sheet.lines()))
            .or(() -> chosen().map(new Behind(rows, seen)::taken))
            .filter(any -> !any.isBlank());
    return text.map(any -> new Browsed(opened, List.of(way.of(any))))
        .orElseGet(() -> Browsed.of(opened.saying("there is nothing to take away here")));
  }

  private String name() {
    return opened
        .sheet()
        .map(Sheet::title)
        .orElseGet(() -> opened.panel().name().toLowerCase(Locale.ROOT));
  }

  /** A search ends first, then what is behind a row; that a panel closes is not its own. */
  private Optional<Browsed> back() {
    if (opened.search().active()) {
      return Optional.of(Browsed.of(opened.searching(Search.NONE)));
    }
    return opened.sheet().map(sheet -> Browsed.of(opened.behind(Optional.empty())));
  }

  private Instant now() {
    return seen.snapshot().now();
  }
}
