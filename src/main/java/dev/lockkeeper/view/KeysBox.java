package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Binding;
import java.util.ArrayList;
import java.util.List;

/** All keys of a screen. */
final class KeysBox {
  private static final int WIDTH = 84;
  private static final int KEYS = 11;

  private KeysBox() {}

  /** All of them, for a screen of this size. */
  static Box of(List<Binding> bindings, int columns, int rows) {
    List<Line> body = lines(bindings, Box.room(WIDTH, columns), rows - 4);
    Line note = Line.of("any key closes", Style.DIM);
    return new Box(Box.Shape.PLAIN, WIDTH, Line.of("Keys"), note, body, List.of());
  }

  /** Each key with its whole description, or, where these rows are too few, in one line each. */
  static List<Line> lines(List<Binding> bindings, int room, int rows) {
    List<Line> whole = lines(bindings, true, room);
    return whole.size() <= rows ? whole : lines(bindings, false, room);
  }

  private static List<Line> lines(List<Binding> bindings, boolean whole, int room) {
    List<Line> lines = new ArrayList<>();
    for (Binding binding : bindings) {
      Line label = Line.of(binding.label(), Style.KEY).padRight(KEYS);
      if (whole) {
        lines.addAll(Hanging.of(label, binding.description(), Style.TEXT, room));
      } else {
        lines.add(label.and(Line.of(binding.description())).cut(room));
      }
    }
    return lines;
  }
}
