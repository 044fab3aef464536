package dev.lockkeeper.view;

import dev.lockkeeper.terminal.Colour;

/** The sixteen colours as a pleasant dark terminal shows them, for pictures. */
final class Palette {
  static final String PAPER = "#11151c";
  static final String INK = "#d5dbe6";
  static final String CHROME = "#1c2230";

  private Palette() {}

  static String ink(Colour colour) {
    return colour == Colour.DEFAULT ? INK : solid(colour);
  }

  static String paper(Colour colour) {
    return colour == Colour.DEFAULT ? PAPER : solid(colour);
  }

  private static String solid(Colour colour) {
    return switch (colour) {
      case DEFAULT, WHITE -> INK;
      case BLACK -> "#11151c";
      case RED -> "#b3323f";
      case GREEN -> "#8fc77e";
      case YELLOW -> "#e6c07b";
      case BLUE -> "#2b5c9e";
      case MAGENTA -> "#c792d9";
      case CYAN -> "#6cc5d9";
      case GREY -> "#727e97";
      case BRIGHT_RED -> "#f2727f";
      case BRIGHT_GREEN -> "#a9e08f";
      case BRIGHT_YELLOW -> "#f3d58d";
      case BRIGHT_BLUE -> "#7ab3ff";
      case BRIGHT_MAGENTA -> "#e3a6f2";
      case BRIGHT_CYAN -> "#8ee6f5";
      case BRIGHT_WHITE -> "#ffffff";
    };
  }
}
