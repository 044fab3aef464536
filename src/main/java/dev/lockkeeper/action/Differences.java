package dev.lockkeeper.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** In what two requests of the same kind differ, in people's words. */
final class Differences {
  /** Nobody reads a value to its end that is longer than this, in characters. */
  private static final int LONGEST = 60;

  /** How the journal calls the old value and the new one says little to somebody in a hurry. */
  private static final Map<String, String> SPOKEN = Map.of("from", "found", "to", "wanted");

  private Differences() {}

  /** A line for each value that is another one, old and new. */
  static List<String> between(Map<String, String> before, Map<String, String> now) {
    Map<String, String> all = new TreeMap<>(before);
    now.forEach(all::putIfAbsent);
    List<String> lines = new ArrayList<>();
    for (String word : all.keySet()) {
      String old = before.getOrDefault(word, "");
      String fresh = now.getOrDefault(word, "");
      if (!old.equals(fresh)) {
        lines.add(line(SPOKEN.getOrDefault(word, word), old, fresh));
      }
    }
    return lines;
  }

  static String line(String word, String old, String fresh) {
    return "%s: %s → %s".formatted(word, shown(old), shown(fresh));
  }

  private static String shown(String value) {
    String some = value.isEmpty() ? "none" : value;
    return some.codePointCount(0, some.length()) <= LONGEST
        ? some
        : some.substring(0, some.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
