package dev.lockkeeper.terminal;

import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Span;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * How lines are written to standard output: in colour and wrapped where a person looks at them,
 * bare and unwrapped in a pipe.
 *
 * @param width columns; {@link Integer#MAX_VALUE} where nothing needs to be wrapped
 * @param theme the colours; PLAIN for none at all
 * @param coloured whether escape sequences may be written
 * @param alphabet the characters
 */
public record PlainOutput(int width, Theme theme, boolean coloured, Alphabet alphabet) {
  private static final String ESCAPE = "\u001b[";

  /** What standard output of this process is. */
  public static PlainOutput of(Map<String, String> environment) {
    Theme theme = Theme.chosen(environment);
    Alphabet alphabet = Alphabet.chosen(environment);
    int columns = columns();
    boolean watched = columns > 0;
    String type = environment.getOrDefault("TERM", "");
    boolean coloured = watched && theme != Theme.PLAIN && !type.isEmpty() && !type.equals("dumb");
    return new PlainOutput(watched ? columns : Integer.MAX_VALUE, theme, coloured, alphabet);
  }

  /** The terminal's width; 0 if there is none. */
  private static int columns() {
    if (System.console() == null) {
      return 0;
    }
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .dumb(false)
            .exec(false)
            .type("ansi")
            .systemOutput(TerminalBuilder.SystemOutput.SysOut)
            .build()) {
      return terminal.getSize().getColumns();
    } catch (IOException | IllegalStateException none) {
      return 0;
    }
  }

  /** The line as it is written, without trailing blanks and without a line break. */
  public String text(Line line) {
    return line.spans().stream().map(this::text).collect(Collectors.joining()).stripTrailing();
  }

  private String text(Span span) {
    String text = alphabet.spell(span.shown());
    CellStyle look = theme.look(span.style());
    return !coloured || look.equals(CellStyle.PLAIN) ? text : sequence(look) + text + ESCAPE + "0m";
  }

  private static String sequence(CellStyle look) {
    return ESCAPE
        + (look.bold() ? "1;" : "")
        + (look.underlined() ? "4;" : "")
        + (look.reversed() ? "7;" : "")
        + colour(look.background(), 10)
        + colour(look.foreground(), 0)
        + "m";
  }

  private static String colour(Colour colour, int shift) {
    int code =
        switch (colour) {
          case DEFAULT -> 39;
          case BLACK -> 30;
          case RED -> 31;
          case GREEN -> 32;
          case YELLOW -> 33;
          case BLUE -> 34;
          case MAGENTA -> 35;
          case CYAN -> 36;
          case WHITE -> 37;
          case GREY -> 90;
          case BRIGHT_RED -> 91;
          case BRIGHT_GREEN -> 92;
          case BRIGHT_YELLOW -> 93;
          case BRIGHT_BLUE -> 94;
          case BRIGHT_MAGENTA -> 95;
          case BRIGHT_CYAN -> 96;
          case BRIGHT_WHITE -> 97;
        };
    return (code + shift) + (shift > 0 ? ";" : "");
  }
}
