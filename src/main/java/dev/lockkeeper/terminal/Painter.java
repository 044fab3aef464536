package dev.lockkeeper.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.screen.Screen;
import dev.lockkeeper.view.Columns;
import dev.lockkeeper.view.Frame;
import dev.lockkeeper.view.Style;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** Lays a frame in the colours of a theme into the cells of a Lanterna screen. */
final class Painter {
  private final Map<Style, TextCharacter> blanks = new EnumMap<>(Style.class);

  Painter(Theme theme) {
    for (Style style : Style.values()) {
      blanks.put(style, blank(theme.look(style)));
    }
  }

  /**
   * Sets every cell of the screen that is not so already; those outside the frame become blank.
   *
   * @param before the frame that lies in the screen, laid at its present size by this painter;
   *     empty when that is not known
   */
  void lay(Frame frame, Optional<Frame> before, Screen screen) {
    TerminalSize size = screen.getTerminalSize();
    for (int row = 0; row < size.getRows(); row++) {
      for (int column = 0; column < size.getColumns(); column++) {
        // Lanterna covers the cell by itself; writing there would wipe out the wide character.
        if (!covered(frame, column, row) && !same(frame, before, column, row)) {
          screen.setCharacter(column, row, cell(frame, column, row, size.getColumns()));
        }
      }
    }
  }

  private static boolean same(Frame frame, Optional<Frame> before, int column, int row) {
    if (before.isEmpty()) {
      return false;
    }
    Frame old = before.get();
    boolean within = within(frame, column, row);
    return within == within(old, column, row)
        && (!within
            || frame.codePoint(column, row) == old.codePoint(column, row)
                && frame.style(column, row) == old.style(column, row));
  }

  private TextCharacter cell(Frame frame, int column, int row, int columns) {
    if (!within(frame, column, row)) {
      return blanks.get(Style.TEXT);
    }
    TextCharacter blank = blanks.get(frame.style(column, row));
    int codePoint = frame.codePoint(column, row);
    // Half a wide character at the edge of a terminal that shrank would wrap to the next row.
    boolean fits = column + Columns.width(codePoint) <= columns;
    return fits ? blank.withCharacter((char) codePoint) : blank;
  }

  private static boolean covered(Frame frame, int column, int row) {
    return within(frame, column, row) && frame.codePoint(column, row) == Frame.COVERED;
  }

  private static boolean within(Frame frame, int column, int row) {
    return column < frame.columns() && row < frame.rows();
  }

  private static TextCharacter blank(CellStyle look) {
    EnumSet<SGR> modifiers = EnumSet.noneOf(SGR.class);
    if (look.bold()) {
      modifiers.add(SGR.BOLD);
    }
    if (look.underlined()) {
      modifiers.add(SGR.UNDERLINE);
    }
    if (look.reversed()) {
      modifiers.add(SGR.REVERSE);
    }
    TextColor foreground = colour(look.foreground());
    return TextCharacter.fromString(" ", foreground, colour(look.background()), modifiers)[0];
  }

  private static TextColor colour(Colour colour) {
    return switch (colour) {
      case DEFAULT -> TextColor.ANSI.DEFAULT;
      case BLACK -> TextColor.ANSI.BLACK;
      case RED -> TextColor.ANSI.RED;
      case GREEN -> TextColor.ANSI.GREEN;
      case YELLOW -> TextColor.ANSI.YELLOW;
      case BLUE -> TextColor.ANSI.BLUE;
      case MAGENTA -> TextColor.ANSI.MAGENTA;
      case CYAN -> TextColor.ANSI.CYAN;
      case WHITE -> TextColor.ANSI.WHITE;
      case GREY -> TextColor.ANSI.BLACK_BRIGHT;
      case BRIGHT_RED -> TextColor.ANSI.RED_BRIGHT;
      case BRIGHT_GREEN -> TextColor.ANSI.GREEN_BRIGHT;
      case BRIGHT_YELLOW -> TextColor.ANSI.YELLOW_BRIGHT;
      case BRIGHT_BLUE -> TextColor.ANSI.BLUE_BRIGHT;
      case BRIGHT_MAGENTA -> TextColor.ANSI.MAGENTA_BRIGHT;
      case BRIGHT_CYAN -> TextColor.ANSI.CYAN_BRIGHT;
      case BRIGHT_WHITE -> TextColor.ANSI.WHITE_BRIGHT;
    };
  }
}
