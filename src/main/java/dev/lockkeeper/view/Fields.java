package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.List;

/** A page made of labelled parts: each label in the left margin, its lines beside it. */
final class Fields {
  private static final int MARGIN = 9;

  private final int width;
  private final List<List<Line>> parts = new ArrayList<>();

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
    if (!part.isEmpty()) {
      parts.add(Hanging.beside(Line.of(label, Style.TITLE).padRight(MARGIN), part));
    }
    return this;
  }

  List<Line> lines() {
    return parts.stream().flatMap(List::stream).toList();
  }

  /** The same with a blank line between the parts, where this many lines give room for it. */
  List<Line> lines(int height) {
    List<Line> close = lines();
    if (close.size() + parts.size() - 1 > height) {
      return close;
    }
    List<Line> airy = new ArrayList<>();
    for (List<Line> part : parts) {
      if (!airy.isEmpty()) {
        airy.add(Line.EMPTY);
      }
      airy.addAll(part);
    }
    return airy;
  }
}
