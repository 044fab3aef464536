package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Binding;
import dev.lockkeeper.wizard.KeyMap;
import dev.lockkeeper.wizard.PanelKey;
import dev.lockkeeper.wizard.PanelKeys;
import java.util.ArrayList;
import java.util.List;

/** All keys of a screen, and what the marks mean. */
final class KeysBox {
  static final String NOTE = "esc closes, ↑ ↓ pgdn scroll";

  private static final int WIDTH = 84;
  private static final int KEYS = 11;
  private static final int MARKS = 4;

  private KeysBox() {}

  /** All of them, for a screen of this many columns. */
  static Box of(Binding.Place place, int columns) {
    Line note = Line.of(NOTE, Style.DIM);
    List<Line> body = lines(place, Box.room(WIDTH, columns));
    return new Box(Box.Shape.PLAIN, WIDTH, Line.of("Keys"), note, body, List.of());
  }

  /** Each key and each mark with its whole description; where there is no room, it is scrolled. */
  static List<Line> lines(Binding.Place place, int room) {
    List<Line> lines = new ArrayList<>();
    for (Binding binding : KeyMap.bindings(place)) {
      Line label = Line.of(binding.label(), Style.KEY).padRight(KEYS);
      lines.addAll(Hanging.of(label, binding.description(place), Style.TEXT, room));
    }
    lines.add(Line.EMPTY);
    lines.add(Line.of("In an open panel", Style.TITLE));
    for (PanelKey key : PanelKeys.all()) {
      Line label = Line.of(key.label(), Style.KEY).padRight(KEYS);
      lines.addAll(Hanging.of(label, key.description(), Style.TEXT, room));
    }
    lines.add(Line.EMPTY);
    lines.add(Line.of("Marks", Style.TITLE));
    for (Mark mark : Mark.values()) {
      Line sign = Line.of(mark.sign(), mark.style()).padRight(MARKS);
      lines.addAll(Hanging.of(sign, mark.meaning(), Style.TEXT, room));
    }
    return lines;
  }
}
