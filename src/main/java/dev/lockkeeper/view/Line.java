package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of text in pieces.
 *
 * @param spans its pieces, from left to right
 */
public record Line(List<Span> spans) {
  public static final Line EMPTY = new Line(List.of());

  public Line {
    spans = List.copyOf(spans);
  }

  /** A line of one piece; raw text is made safe. */
  public static Line of(String raw, Style style) {
    return EMPTY.and(raw, style);
  }

  public static Line of(String raw) {
    return of(raw, Style.TEXT);
  }

  /** Paragraphs of one style, wrapped to a width. */
  public static List<Line> wrapped(String raw, Style style, int width) {
    return Shown.of(raw).wrap(width).stream()
        .map(part -> new Line(List.of(new Span(part, style))))
        .toList();
  }

  /** This line with one more piece; raw text is made safe. */
  public Line and(String raw, Style style) {
    return and(Shown.of(raw), style);
  }

  public Line and(Shown shown, Style style) {
    if (shown.isEmpty()) {
      return this;
    }
    List<Span> all = new ArrayList<>(spans);
    all.add(new Span(shown, style));
    return new Line(all);
  }

  public Line and(Line other) {
    List<Span> all = new ArrayList<>(spans);
    all.addAll(other.spans);
    return new Line(all);
  }

  /** How many columns it takes. */
  public int columns() {
    return spans.stream().mapToInt(span -> span.shown().columns()).sum();
  }

  /** Its text without its styles. */
  public String text() {
    return spans.stream().map(span -> span.shown().text()).collect(Collectors.joining());
  }

  /** At most this many columns of it; what is missing shows as an ellipsis. */
  public Line cut(int columns) {
    if (columns() <= columns) {
      return this;
    }
    List<Span> kept = new ArrayList<>();
    int left = columns;
    for (Span span : spans) {
      // A piece that just fits still gives its last column to the ellipsis, for more comes after
      // it.
      Shown part = span.shown().columns() < left ? span.shown() : ended(span.shown(), left);
      kept.add(new Span(part, span.style()));
      left -= part.columns();
      if (part != span.shown()) {
        break;
      }
    }
    return new Line(kept);
  }

  /** The same without blanks at its end. */
  public Line stripped() {
    List<Span> kept = new ArrayList<>(spans);
    while (!kept.isEmpty() && kept.get(kept.size() - 1).shown().text().isBlank()) {
      kept.remove(kept.size() - 1);
    }
    return new Line(kept);
  }

  /** Without this many of its first columns; what is missing shows as an ellipsis. */
  public Line from(int columns) {
    if (columns <= 0) {
      return this;
    }
    Line rest = EMPTY;
    int at = 0;
    for (Span span : spans) {
      Shown kept = span.shown().from(columns + 1 - at);
      rest = rest.and(kept, span.style());
      at += span.shown().columns();
    }
    return at <= columns ? EMPTY : of("…", Style.DIM).and(rest);
  }

  /** The same with each place in this style that has this text, in upper or lower case. */
  public Line marked(String raw, Style style) {
    String whole = text();
    boolean[] marks = marks(whole, Shown.of(raw).text());
    Line marked = EMPTY;
    int begin = 0;
    for (Span span : spans) {
      String piece = span.shown().text();
      int end;
      for (int at = 0; at < piece.length(); at = end) {
        boolean mark = marks[begin + at];
        end = at + 1;
        while (end < piece.length() && marks[begin + end] == mark) {
          end++;
        }
        marked = marked.and(piece.substring(at, end), mark ? style : span.style());
      }
      begin += piece.length();
    }
    return marked;
  }

  private static boolean[] marks(String text, String wanted) {
    boolean[] marks = new boolean[text.length()];
    for (int at = 0; !wanted.isEmpty() && at + wanted.length() <= text.length(); at++) {
      if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
        Arrays.fill(marks, at, at + wanted.length(), true);
      }
    }
    return marks;
  }

  /** Exactly this many columns: cut, or filled with spaces on the right. */
  public Line padRight(int columns) {
    Line cut = cut(columns);
    return cut.and(" ".repeat(Math.max(0, columns - cut.columns())), Style.TEXT);
  }

  /** Exactly this many columns: cut, or filled with spaces on the left. */
  public Line padLeft(int columns) {
    Line cut = cut(columns);
    return of(" ".repeat(Math.max(0, columns - cut.columns()))).and(cut);
  }

  /** The same text, all of one style. */
  public Line styled(Style style) {
    return new Line(spans.stream().map(span -> new Span(span.shown(), style)).toList());
  }

  private static Shown ended(Shown shown, int columns) {
    return columns <= 0 ? Shown.EMPTY : shown.plus(Shown.of("  ")).cut(columns);
  }
}
