package dev.lockkeeper.wizard;

/**
 * How much of what can be scrolled is in sight, as the display tells it after each picture.
 *
 * @param page how many lines or rows of it are in sight, at least one
 * @param last how many lines it can be scrolled down at most
 */
public record Extent(int page, int last) {
  /** Before the first picture, and of what was opened after the last one. */
  public static final Extent UNKNOWN = new Extent(10, Integer.MAX_VALUE);

  public Extent {
    page = Math.max(1, page);
    last = Math.max(0, last);
  }

  /** A text of so many lines in an area of so many. */
  public static Extent of(int lines, int height) {
    return new Extent(height - 1, lines - height);
  }

  /** This many lines further down, or up, and never out of the text. */
  public int moved(int scroll, long lines) {
    return (int) Math.max(0, Math.min(last, scroll + lines));
  }
}
