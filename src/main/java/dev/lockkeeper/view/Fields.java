package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.List;

/** A page made of labelled parts: each label in the left margin, its lines beside it. */
final class Fields {
  private static final int MARGIN = 9;

  private final int width;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param width columns, the margin included
   */
  Fields(int width) {
    this.width = width;
  }

  /** How many columns are left beside the margin. */
  int room() {
    return width - MARGIN;
  }

  /** Adds a part; one without lines is left out with its label. */
  Fields add(String label, List<Line> part) {
    lines.addAll(Hanging.beside(Line.of(label, Style.TITLE).padRight(MARGIN), part));
    return this;
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }
}
