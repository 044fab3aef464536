package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.List;

/**
 * A command as a person would type it on several lines: it goes on below where a word ends, behind
 * a backslash, and each of several commands begins a line of its own.
 *
 * <pre>
 *   $ helm upgrade prod coder-v2/coder \
 *       --version 2.29.3 --reset-values &amp;&amp;
 *     helm history prod
 * </pre>
 *
 * <p>A statement of SQL needs no backslash. A JSON that is longer than a line goes on between its
 * parts, where a line break means nothing.
 */
final class CommandLines {
  private static final String NEXT = "&&";
  private static final String ON = " \\";
  private static final int INDENT = 2;

  private final boolean sql;
  private final int width;
  private final List<String> lines = new ArrayList<>();
  private String line = "";

  private CommandLines(boolean sql, int width) {
    this.sql = sql;
    this.width = width;
  }

  /** The command, whole; no line is wider than this, and each ends where a word of it does. */
  static List<Line> of(String command, Style style, int width) {
    String inert = Shown.of(command).text().strip();
    return told(inert, inert.endsWith(";"), style, width);
  }

  /** The same for what is a statement of SQL, however it ends. */
  static List<Line> sql(String statement, Style style, int width) {
    return told(Shown.of(statement).text().strip(), true, style, width);
  }

  private static List<Line> told(String inert, boolean sql, Style style, int width) {
    CommandLines typed = new CommandLines(sql, Math.max(4, width));
    ShellWords.of(inert).forEach(typed::add);
    if (!typed.line.isEmpty()) {
      typed.lines.add(typed.line);
    }
    return typed.lines.stream().map(each -> Line.of(each, style)).toList();
  }

  private void add(String word) {
    List<String> parts = ShellWords.apart(word);
    boolean longer = INDENT + columns(word) > room();
    (longer ? parts : List.of(word)).forEach(this::put);
    if (word.equals(NEXT)) {
      lines.add(line);
      line = "";
    }
  }

  private void put(String word) {
    String with = line.isBlank() ? line + word : line + " " + word;
    if (columns(with) <= room()) {
      line = with;
      return;
    }
    if (!line.isBlank()) {
      goOn();
    }
    pieces(word);
  }

  private void pieces(String word) {
    int from = 0;
    while (columns(line + word.substring(from)) > room()) {
      int end = ShellWords.seam(word, from, room() - columns(line));
      boolean quoted = ShellWords.quoted(word, end);
      lines.add(line + word.substring(from, end) + (quoted || sql ? "" : "\\"));
      line = "";
      from = end;
    }
    line = line + word.substring(from);
  }

  private void goOn() {
    lines.add(sql ? line : line + ON);
    line = " ".repeat(INDENT);
  }

  /** A line that is not the last must have room for the backslash. */
  private int room() {
    return width - (sql ? 0 : ON.length());
  }

  private static int columns(String text) {
    return Shown.of(text).columns();
  }
}
