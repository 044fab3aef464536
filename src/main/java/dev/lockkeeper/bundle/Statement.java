package dev.lockkeeper.bundle;

import dev.lockkeeper.snapshot.Masked;
import java.util.regex.Pattern;

/**
 * A statement of somebody else, without its values: what is written in quotes may be anything, and
 * tells nothing of locks.
 *
 * @param text the statement with each value as an ellipsis
 */
record Statement(String text) {
  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^']|'')*(?:'|$)|(\\$[A-Za-z_]*\\$)(?s:.)*?(?:\\1|$)");

  static Statement of(String query) {
    return new Statement(Masked.of(QUOTED.matcher(query).replaceAll("'…'")).text());
  }
}
