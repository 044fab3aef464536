package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.snapshot.Masked;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a log, bounded in lines and in characters. */
final class LogTail {
  static final int MOST_LINES = 2_000;

  private static final int MOST_CHARACTERS = 512 * 1024;

  /** Shown of a line; masked is more of it, for a secret may lie across the cut. */
  private static final int LONGEST = 2_000;

  private static final int LONGEST_KEPT = 8 * LONGEST;

  private final Deque<String> lines = new ArrayDeque<>();
  private long characters;
  private long omitted;

  /**
   * What is kept of it, without what looks like a secret.
   *
   * @param omitted how many lines before it were given up
   */
  record Kept(List<String> lines, long omitted) {
    Kept {
      lines = List.copyOf(lines);
    }
  }

  void add(String line) {
    String kept = line.length() > LONGEST_KEPT ? line.substring(0, LONGEST_KEPT) : line;
    lines.add(kept);
    characters += kept.length();
    while (lines.size() > MOST_LINES || characters > MOST_CHARACTERS) {
      characters -= lines.removeFirst().length();
      omitted++;
    }
  }

  /** All of it is masked together: what names a secret may stand on the line before it. */
  Kept kept() {
    return new Kept(
        Masked.of(String.join("\n", lines)).lines().stream()
            .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
            .toList(),
        omitted);
  }
}
