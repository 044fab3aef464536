package dev.lockkeeper.wizard;

import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is behind a row of a panel, as text to be read.
 *
 * @param title what it is
 * @param asked what is read of the cluster for it; empty for what was known already
 * @param text its lines, or why there are none
 * @param log whose log it is; empty unless it is one
 * @param place how far it is scrolled
 */
public record Sheet(
    String title,
    Optional<Inspection> asked,
    Observed<List<String>> text,
    Optional<Log> log,
    Place place) {
  public Sheet {
    text = text.map(List::copyOf);
  }

  /**
   * How far it is scrolled.
   *
   * @param top the first line in sight
   * @param follows whether the last lines stay in sight when more come
   * @param matched the line with the last match; empty when it was scrolled since
   */
  public record Place(int top, boolean follows, Optional<Integer> matched) {
    static final Place TOP = new Place(0, false, Optional.empty());
    static final Place END = new Place(0, true, Optional.empty());
  }

  /**
   * Whose log it is.
   *
   * @param containers all containers of the pod, init containers first
   * @param container the one whose log this is
   * @param omitted how many lines before these were left out
   * @param ended whether nothing more comes
   */
  public record Log(List<String> containers, String container, long omitted, boolean ended) {
    public Log {
      containers = List.copyOf(containers);
    }
  }

  /** What was known at this moment. */
  static Sheet known(String title, List<String> lines, Instant at) {
    return new Sheet(
        title, Optional.empty(), Observed.known(lines, at), Optional.empty(), Place.TOP);
  }

  /** What is to be read first; of a log the end is wanted. */
  static Sheet asking(Inspection inspection, Instant now) {
    boolean log = inspection.kind() == Inspection.Kind.LOG;
    return new Sheet(
        inspection.kind().word() + " " + inspection.name(),
        Optional.of(inspection),
        Observed.connecting("reading", now),
        Optional.empty(),
        log ? Place.END : Place.TOP);
  }

  /** Its lines as far as there are any. */
  public List<String> lines() {
    return text.value().orElse(List.of());
  }

  /** Whether it is the log of a container, read or not. */
  public boolean isLog() {
    return asked.filter(each -> each.kind() == Inspection.Kind.LOG).isPresent();
  }

  /**
   * The first line in sight where so many are: what follows shows its last lines.
   *
   * @param height how many lines are in sight
   */
  public int top(int height) {
    int last = last(height);
    return place.follows() ? last : Math.min(place.top(), last);
  }

  Optional<Integer> matched() {
    return place.matched();
  }

  private int last(int height) {
    return Math.max(0, lines().size() - height);
  }

  /** The same after this was read, if it is what was asked for. */
  Sheet answered(Inspected read) {
    if (asked.filter(read.of()::equals).isEmpty()) {
      return this;
    }
    Optional<Log> whose =
        isLog() && !read.containers().isEmpty()
            ? Optional.of(
                new Log(read.containers(), read.container(), read.omitted(), read.ended()))
            : log;
    return new Sheet(title, asked, read.lines(), whose, kept(read));
  }

  /** What is being read stays where it is, though lines before it are left out by now. */
  private Place kept(Inspected read) {
    int gone =
        (int)
            log.map(before -> Math.max(0, read.omitted() - before.omitted()))
                .orElse(0L)
                .longValue();
    return new Place(
        Math.max(0, place.top() - gone),
        place.follows(),
        place.matched().map(line -> line - gone).filter(line -> line >= 0));
  }

  /** The same read anew; what was read stays in sight meanwhile, and is no longer live. */
  Sheet again() {
    return new Sheet(title, asked.map(Inspection::again), text.lost("reading again"), log, place);
  }

  /** Another log of the same pod. */
  Sheet turnedTo(Inspection other, Instant now) {
    return new Sheet(
        title, Optional.of(other), Observed.connecting("reading", now), log, Place.END);
  }

  /** With this line at the top; at its end, what grows is followed. */
  Sheet at(int line, int height) {
    int to = Math.max(0, Math.min(line, last(height)));
    return placed(new Place(to, isLog() && to >= last(height), Optional.empty()));
  }

  /** With a match in this line, which is in sight. */
  Sheet matchedAt(int line, int height) {
    int from = top(height);
    boolean inSight = line >= from && line < from + height;
    int to = inSight ? from : Math.max(0, Math.min(line - height / 2, last(height)));
    return placed(new Place(to, false, Optional.of(line)));
  }

  private Sheet placed(Place to) {
    return new Sheet(title, asked, text, log, to);
  }
}
