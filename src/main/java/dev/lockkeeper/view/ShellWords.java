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
    apart(command).forEach(word -> add(words, word));
    return words;
  }

  /** The words, in order, an option and its value apart. */
  static List<String> apart(String command) {
    List<String> words = new ArrayList<>();
    int from = 0;
    char quote = 0;
    for (int at = 0; at <= command.length(); at++) {
      if (at == command.length() || command.charAt(at) == ' ' && quote == 0) {
        words.add(command.substring(from, at));
        from = at + 1;
      } else {
        quote = after(command.charAt(at), quote);
      }
    }
    words.removeIf(String::isEmpty);
    return words;
  }

  private static void add(List<String> words, String word) {
    int last = words.size() - 1;
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
   * Where a word that is longer than this may be broken best from there on: between the parts of a
   * JSON or of a path, else where the room ends.
   */
  static int seam(String word, int from, int columns) {
    int best = from;
    int at = from;
    int used = 0;
    boolean text = word.substring(0, from).chars().filter(each -> each == '"').count() % 2 == 1;
    while (at < word.length()) {
      int width = Columns.width(word.codePointAt(at));
      if (used + width > columns && at > from) {
        break;
      }
      used += width;
      char here = word.charAt(at);
      text = here == '"' ? !text : text;
      at += Character.charCount(word.codePointAt(at));
      best = !text && (SEAMS.indexOf(here) >= 0 || here == ' ') ? at : best;
    }
    return best - from > columns / 3 ? best : at;
  }

  /** Whether this place of a word stands between single quotes, where a backslash is none. */
  static boolean quoted(String word, int end) {
    char quote = 0;
    for (int at = 0; at < end; at++) {
      quote = after(word.charAt(at), quote);
    }
    return quote == '\'';
  }
}
