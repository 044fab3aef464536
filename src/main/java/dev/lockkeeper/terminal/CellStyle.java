package dev.lockkeeper.terminal;

/**
 * How a style looks.
 *
 * @param foreground the colour of the letters
 * @param background the colour behind them
 * @param bold whether the letters are bold
 * @param underlined whether they are underlined
 * @param reversed whether foreground and background change places
 */
public record CellStyle(
    Colour foreground, Colour background, boolean bold, boolean underlined, boolean reversed) {
  static final CellStyle PLAIN = of(Colour.DEFAULT);

  static CellStyle of(Colour foreground) {
    return new CellStyle(foreground, Colour.DEFAULT, false, false, false);
  }

  CellStyle on(Colour colour) {
    return new CellStyle(foreground, colour, bold, underlined, reversed);
  }

  CellStyle strong() {
    return new CellStyle(foreground, background, true, underlined, reversed);
  }

  CellStyle lined() {
    return new CellStyle(foreground, background, bold, true, reversed);
  }

  CellStyle turned() {
    return new CellStyle(foreground, background, bold, underlined, true);
  }
}
