package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Opened;
import dev.lockkeeper.wizard.ScreenState;
import java.util.List;

/**
 * One panel on the whole screen. No border stands at its sides: what is selected there with the
 * mouse is text alone.
 *
 * <pre>
 *   LOCKKEEPER ─ identity
 *   Pods 3/3                         1 s ago
 *
 *   ▶ ✔ Ready  coder-7d9f8-x2k4p  v2.26.6
 *   message
 *   keys
 * </pre>
 */
final class ZoomedScreen {
  private ZoomedScreen() {}

  static Frame frame(
      ScreenState seen, Opened opened, Line keys, List<Line> message, int columns, int rows) {
    Canvas canvas = new Canvas(columns, rows);
    int said = Math.min(message.size(), 2);
    OpenPanel.draw(canvas, new Area(0, 1, columns, rows - 2 - said), seen, opened);
    canvas.lines(new Area(0, rows - 1 - said, columns, said), message);
    Screens.edges(canvas, seen, keys, columns, rows);
    return canvas.frame();
  }
}
