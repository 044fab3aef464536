package dev.lockkeeper.wizard;

import java.util.ArrayList;
import java.util.List;

/** Sentences on lines that fit onto the smallest screen; what is longer than a line stays whole. */
final class Paragraph {
  private static final int WIDTH = 72;

  private Paragraph() {}

  static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.addAll(wrapped(line));
    }
    return lines;
  }

  private static List<String> wrapped(String line) {
    List<String> lines = new ArrayList<>();
    String indent = " ".repeat(line.length() - line.stripLeading().length());
    StringBuilder current = new StringBuilder();
    for (String word : line.strip().split("\\s+")) {
      if (!current.isEmpty() && current.length() + 1 + word.length() > WIDTH) {
        lines.add(current.toString());
        current.setLength(0);
      }
      current.append(current.isEmpty() ? indent : " ").append(word);
    }
    lines.add(current.toString());
    return lines;
  }
}
