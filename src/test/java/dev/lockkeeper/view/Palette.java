package dev.lockkeeper.view;

import dev.lockkeeper.terminal.Colour;
import java.util.List;

/**
 * The sixteen colours as a pleasant terminal shows them, for pictures: paper, ink and the frame of
 * the window, then the colours from black to bright white.
 */
enum Palette {
  DARK("#11151c", "#d5dbe6", "#1c2230", dark()),
  LIGHT("#fbfaf6", "#2a2f3a", "#e4e1d8", light());

  private final String paper;
  private final String ink;
  private final String chrome;
  private final List<String> colours;

  Palette(String paper, String ink, String chrome, List<String> colours) {
    this.paper = paper;
    this.ink = ink;
    this.chrome = chrome;
    this.colours = colours;
  }

  private static List<String> dark() {
    return List.of(
        "#11151c", "#b3323f", "#8fc77e", "#e6c07b", "#2b5c9e", "#c792d9", "#6cc5d9", "#d5dbe6",
        "#727e97", "#f2727f", "#a9e08f", "#f3d58d", "#7ab3ff", "#e3a6f2", "#8ee6f5", "#ffffff");
  }

  private static List<String> light() {
    return List.of(
        "#ffffff", "#b3323f", "#2f7d32", "#8a5a00", "#2b5c9e", "#8b3fa0", "#0b6e84", "#2a2f3a",
        "#7c8290", "#c22f3d", "#2f7d32", "#8a5a00", "#2563c9", "#8b3fa0", "#0b6e84", "#ffffff");
  }

  String paper() {
    return paper;
  }

  String chrome() {
    return chrome;
  }

  String ink(Colour colour) {
    return colour == Colour.DEFAULT ? ink : solid(colour);
  }

  String paper(Colour colour) {
    return colour == Colour.DEFAULT ? paper : solid(colour);
  }

  private String solid(Colour colour) {
    return switch (colour) {
      case DEFAULT -> ink;
      case BLACK -> colours.get(0);
      case RED -> colours.get(1);
      case GREEN -> colours.get(2);
      case YELLOW -> colours.get(3);
      case BLUE -> colours.get(4);
      case MAGENTA -> colours.get(5);
      case CYAN -> colours.get(6);
      case WHITE -> colours.get(7);
      case GREY -> colours.get(8);
      case BRIGHT_RED -> colours.get(9);
      case BRIGHT_GREEN -> colours.get(10);
      case BRIGHT_YELLOW -> colours.get(11);
      case BRIGHT_BLUE -> colours.get(12);
      case BRIGHT_MAGENTA -> colours.get(13);
      case BRIGHT_CYAN -> colours.get(14);
      case BRIGHT_WHITE -> colours.get(15);
    };
  }
}
