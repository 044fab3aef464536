package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.List;

/** The words of a command: what stands between quotes is one, and an option keeps its value. */
final class ShellWords {
  private static final String SEAMS = ",{[:/=";

  private ShellWords() {}

  /** The words, in order; {@code -n coder} is one of them. */
  static List<String> of(String command) {
    List<String> words = new ArrayList<>();
    int from = 0;
    char quote = 0;
    for (int at = 0; at <= command.length(); at++) {
      if (at == command.length() || command.charAt(at) == ' ' && quote == 0) {
        add(words, command.substring(from, at));
        from = at + 1;
      } else {
        quote = after(command.charAt(at), quote);
      }
    }
    return words;
  }

  private static void add(List<String> words, String word) {
    int last = words.size() - 1;
    if (word.isEmpty()) {
      return;
    }
    boolean value = last >= 0 && words.get(last).matches("--?[A-Za-z][\\w-]*");
    if (value && !word.startsWith("-")) {
      words.set(last, words.get(last) + " " + word);
    } else {
      words.add(word);
    }
  }

  /** Which quote is open behind this character; 0 for none. */
  private static char after(char next, char open) {
    if (open != 0) {
      return next == open ? 0 : open;
    }
    return next == '\'' || next == '"' ? next : 0;
  }

  /**
   * Where a word that is longer than this may be broken best: between the parts of a JSON or of a
   * path, else where the room ends.
   */
  static int seam(String word, int columns) {
    int best = 0;
    int at = 0;
    boolean text = false;
    for (int used = 0; at < word.length(); at += Character.charCount(word.codePointAt(at))) {
      used += Columns.width(word.codePointAt(at));
      if (used > columns) {
        break;
      }
      char here = word.charAt(at);
      text = here == '"' ? !text : text;
      best = !text && (SEAMS.indexOf(here) >= 0 || here == ' ') ? at + 1 : best;
    }
    int least = Character.charCount(word.codePointAt(0));
    return Math.max(least, best > columns / 3 ? best : at);
  }

  /** Whether this place of a word stands between single quotes, where a backslash is none. */
  static boolean within(String word, int end) {
    char quote = 0;
    for (int at = 0; at < end; at++) {
      quote = after(word.charAt(at), quote);
    }
    return quote == '\'';
  }
}
