package dev.lockkeeper.view;

/** What is shown on a terminal that is too small for anything else. */
public final class TooSmall {
  /** The least size that the wizard draws on. */
  public static final int COLUMNS = 60;

  public static final int ROWS = 20;

  private TooSmall() {}

  /** Whether this size is too small for the wizard. */
  public static boolean applies(int columns, int rows) {
    return columns < COLUMNS || rows < ROWS;
  }

  /** The notice; it fits any size, down to one cell. */
  public static Frame frame(int columns, int rows) {
    int width = Math.max(1, columns);
    int height = Math.max(1, rows);
    String size = "%dx%d is too small, %dx%d needed".formatted(columns, rows, COLUMNS, ROWS);
    Canvas canvas = new Canvas(width, height);
    canvas.put(0, 0, Line.of(size, Style.WARN));
    if (height > 1) {
      canvas.put(0, 1, Line.of("Make the window larger."));
    }
    if (height > 2) {
      canvas.put(0, 2, Line.of("Nothing is lost.", Style.DIM));
    }
    if (height > 3) {
      canvas.put(0, 3, Line.of("Until then only esc and ctrl-c work.", Style.DIM));
    }
    return canvas.frame();
  }
}
