package dev.lockkeeper.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * libpq's other way to write an address: {@code host=db user=coder password='p w'}. A value with
 * blanks stands between single quotes; a backslash makes a quote or a backslash plain.
 */
final class Conninfo {
  private static final Pattern PAIR =
      Pattern.compile(
          "\\G\\s*(?<word>[A-Za-z_][\\w.]*)\\s*=\\s*(?:'(?<quoted>(?:[^'\\\\]|\\\\.)*)'|(?<plain>(?:[^\\s'\\\\]|\\\\.)*))(?=\\s|$)",
          Pattern.DOTALL);

  private Conninfo() {}

  /** Whether the text is written so, and not as a URL. */
  static boolean looksLike(String text) {
    return PAIR.matcher(text).lookingAt();
  }

  /**
   * Its words; a later one of a name wins.
   *
   * @throws DatabaseException if the text cannot be read to its end; the message quotes no value
   */
  static Map<String, String> words(String text) throws DatabaseException {
    Map<String, String> words = new HashMap<>();
    Matcher pair = PAIR.matcher(text);
    int end = 0;
    String last = "";
    while (pair.find()) {
      last = pair.group("word");
      String quoted = pair.group("quoted");
      String value = quoted == null ? pair.group("plain") : quoted;
      words.put(last, value.replaceAll("(?s)\\\\(.)", "$1"));
      end = pair.end();
    }
    if (!text.substring(end).isBlank()) {
      throw new DatabaseException(
          "The address cannot be understood after %s: write keyword=value, and a value with blanks or"
                  .formatted(last)
              + " quotes between single quotes, with \\ before ' and \\.");
    }
    return words;
  }
}
