package dev.lockkeeper.practice.coderd;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One migration file.
 *
 * @param version its number
 * @param sql what it does
 * @param extra how much longer it takes on a database larger than this one
 */
record Migration(int version, String sql, Duration extra) {
  private static final Pattern EXTRA = Pattern.compile("^-- takes ([0-9.]+) s\\b.*\\R");

  /** All of them, from the lowest up. */
  static List<Migration> all() {
    return TextFiles.lines("migrations/index.txt").stream().sorted().map(Migration::read).toList();
  }

  private static Migration read(String file) {
    String text = TextFiles.text("migrations/" + file);
    Matcher extra = EXTRA.matcher(text);
    Duration longer = Duration.ZERO;
    if (extra.find()) {
      longer = Duration.ofMillis(Math.round(Double.parseDouble(extra.group(1)) * 1000));
      text = text.substring(extra.end());
    }
    return new Migration(Integer.parseInt(file.substring(0, 6)), text, longer);
  }

  /** The same, which takes so many seconds of life. */
  Migration lasting(double seconds) {
    return new Migration(version, sql, Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** What is sent to the server: the whole file at once, as the original does. */
  String paced(double pace) {
    double seconds = extra.toMillis() / 1000.0 / pace;
    return seconds == 0
        ? sql
        : sql + String.format(Locale.ROOT, "SELECT pg_sleep(%.3f);%n", seconds);
  }
}
