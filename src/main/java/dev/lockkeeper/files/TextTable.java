package dev.lockkeeper.files;

import dev.lockkeeper.parsing.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * A bundled table in plain text: a row a line, words separated by blanks, {@code #} begins a
 * comment. It is read many times faster than YAML, which counts before the first frame.
 */
final class TextTable {
  private TextTable() {}

  /**
   * A row.
   *
   * @param words never empty
   */
  record Row(String file, int line, List<String> words) {
    Malformed malformed(String what) {
      return new Malformed(file + ":" + line + ": " + what);
    }

    /** The word at this place, which every row of the table must have. */
    String word(int place, String meaning) {
      if (place >= words.size()) {
        throw malformed("no " + meaning + ": the row has only " + words.size() + " words");
      }
      return words.get(place);
    }

    long number(int place, String meaning) {
      String word = word(place, meaning);
      try {
        return Long.parseLong(word);
      } catch (NumberFormatException e) {
        throw malformed("'" + word + "' is no " + meaning + ": a whole number is wanted");
      }
    }

    void nothingAfter(int place) {
      if (words.size() > place + 1) {
        throw malformed("'" + words.get(place + 1) + "' is more than the row should have");
      }
    }
  }

  static List<Row> read(String file, String text) {
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String content = line.split("#", 2)[0].strip();
      if (!content.isEmpty()) {
        rows.add(new Row(file, number, List.of(content.split("\\s+"))));
      }
    }
    return rows;
  }
}
