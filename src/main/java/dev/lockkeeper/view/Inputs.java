package dev.lockkeeper.view;

/** What is typed into and pressed in a dialog. */
final class Inputs {
  private Inputs() {}

  /**
   * A field with what was typed so far; where that is too long, what lies around the caret is in
   * sight, and dots stand for the rest.
   */
  static Line field(Shown before, Shown after, int width) {
    int room = Math.max(2, width - 3);
    boolean fits = before.columns() + after.columns() <= room;
    int right = fits ? after.columns() : Math.min(after.columns(), room / 4);
    String left = end(before.text(), fits ? room : room - right);
    Line rest = Line.of(after.text(), Style.INPUT).cut(Math.max(right, 1));
    Line line = Line.of("> ", Style.KEY).and(left, Style.INPUT);
    if (after.isEmpty()) {
      return line.and("_", Style.CARET);
    }
    int first = after.text().offsetByCodePoints(0, 1);
    return line.and(after.text().substring(0, first), Style.CARET)
        .and(rest.text().substring(Math.min(first, rest.text().length())), Style.INPUT);
  }

  /** The end of a text, in at most this many columns. */
  private static String end(String whole, int columns) {
    if (Shown.of(whole).columns() <= columns) {
      return whole;
    }
    String text = whole;
    while (!text.isEmpty() && Shown.of(text).columns() > columns - 1) {
      text = text.substring(text.offsetByCodePoints(0, 1));
    }
    return "…" + text;
  }

  /** Two buttons; the one with the focus has an arrow, not only a colour. */
  static Line buttons(Shown stay, Shown go, boolean onGo, int width) {
    Line first = button(stay.text(), !onGo);
    return first
        .and("   ", Style.TEXT)
        .and(button(go.text(), onGo).cut(width - first.columns() - 3));
  }

  private static Line button(String text, boolean focused) {
    return focused
        ? Line.of("▶", Style.KEY).and("[ " + text + " ]", Style.ACCENT)
        : Line.of(" [ " + text + " ]", Style.TEXT);
  }
}
