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
public record Look(
    Colour foreground, Colour background, boolean bold, boolean underlined, boolean reversed) {
  static final Look PLAIN = of(Colour.DEFAULT);

  static Look of(Colour foreground) {
    return new Look(foreground, Colour.DEFAULT, false, false, false);
  }

  Look on(Colour colour) {
    return new Look(foreground, colour, bold, underlined, reversed);
  }

  Look strong() {
    return new Look(foreground, background, true, underlined, reversed);
  }

  Look lined() {
    return new Look(foreground, background, bold, true, reversed);
  }

  Look turned() {
    return new Look(foreground, background, bold, underlined, true);
  }
}
