package dev.lockkeeper.view;

/** What is typed into and pressed in a dialog. */
final class Inputs {
  private Inputs() {}

  /** A field with what was typed so far; the end of it is always in sight. */
  static Line field(Shown typed, int width) {
    int room = Math.max(1, width - 3);
    String text = typed.text();
    while (Shown.of(text).columns() > room) {
      text = text.substring(text.offsetByCodePoints(0, 1));
    }
    return Line.of("> ", Style.KEY).and(text, Style.INPUT).and("_", Style.CARET);
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
