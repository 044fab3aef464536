package dev.lockkeeper.terminal;

import dev.lockkeeper.view.Style;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What meanings look like, in the sixteen colours of the terminal's own palette. Text keeps the
 * terminal's colours, so that dark and light terminals both stay readable.
 */
public enum Theme {
  STANDARD(Colour.GREEN, Colour.YELLOW, Colour.BRIGHT_RED),
  /** Red and green look alike: blue is good, magenta is bad. */
  DEUTERANOPIA(Colour.BRIGHT_BLUE, Colour.BRIGHT_YELLOW, Colour.BRIGHT_MAGENTA),
  /** Blue and green, yellow and pink look alike: cyan is good, red is bad, a warning is bold. */
  TRITANOPIA(Colour.BRIGHT_CYAN, Colour.BRIGHT_WHITE, Colour.BRIGHT_RED),
  /** No colour at all: bold, underlined and reversed letters. */
  PLAIN(Colour.DEFAULT, Colour.DEFAULT, Colour.DEFAULT);

  /** The variable that names a theme. */
  public static final String VARIABLE = "LOCKKEEPER_THEME";

  private final Colour good;
  private final Colour warn;
  private final Colour bad;

  Theme(Colour good, Colour warn, Colour bad) {
    this.good = good;
    this.warn = warn;
    this.bad = bad;
  }

  /**
   * The theme that this environment asks for: {@code NO_COLOR} (not empty) means {@link #PLAIN},
   * else {@code LOCKKEEPER_THEME} names one; {@link #STANDARD} if it names none that there is.
   */
  public static Theme chosen(Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return PLAIN;
    }
    return named(environment.getOrDefault(VARIABLE, "")).orElse(STANDARD);
  }

  /** The theme of this name, in any case. */
  public static Optional<Theme> named(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(theme -> theme.name().equals(wanted)).findFirst();
  }

  /** The names to choose from, for a message or a help text. */
  public static String names() {
    return Arrays.stream(values())
        .map(theme -> theme.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** How this style looks. */
  public CellStyle look(Style style) {
    return this == PLAIN ? plain(style) : coloured(style);
  }

  private CellStyle coloured(Style style) {
    return switch (style) {
      case TEXT, INPUT -> CellStyle.PLAIN;
      case DIM, BORDER -> CellStyle.of(Colour.GREY);
      case STRONG -> CellStyle.PLAIN.strong();
      case TITLE -> CellStyle.PLAIN.strong();
      case GOOD -> CellStyle.of(good);
      case WARN -> this == TRITANOPIA ? CellStyle.of(warn).strong() : CellStyle.of(warn);
      case BAD -> CellStyle.of(bad).strong();
      case UNKNOWN -> CellStyle.of(Colour.MAGENTA);
      case ACCENT -> CellStyle.of(Colour.BLACK).on(Colour.CYAN);
      case FOUND -> CellStyle.of(Colour.BLACK).on(Colour.YELLOW);
      case KEY -> CellStyle.of(Colour.CYAN).strong();
      case BANNER -> CellStyle.of(Colour.BRIGHT_WHITE).on(Colour.BLUE).strong();
      case BANNER_PRACTICE -> CellStyle.of(Colour.BLACK).on(Colour.GREEN).strong();
      case BANNER_PRODUCTION -> CellStyle.of(Colour.BRIGHT_WHITE).on(Colour.RED).strong();
      case DANGER -> CellStyle.of(Colour.BRIGHT_WHITE).on(Colour.RED).strong();
      case COMMAND -> CellStyle.PLAIN;
      case CARET -> CellStyle.PLAIN.turned();
    };
  }

  private static CellStyle plain(Style style) {
    return switch (style) {
      case TEXT, DIM, BORDER, GOOD, UNKNOWN, INPUT -> CellStyle.PLAIN;
      case STRONG, TITLE, WARN, KEY, COMMAND -> CellStyle.PLAIN.strong();
      case BAD -> CellStyle.PLAIN.strong().lined();
      case ACCENT, CARET, FOUND -> CellStyle.PLAIN.turned();
      case BANNER, BANNER_PRACTICE, BANNER_PRODUCTION, DANGER -> CellStyle.PLAIN.strong().turned();
    };
  }
}
