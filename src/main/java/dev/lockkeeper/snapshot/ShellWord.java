package dev.lockkeeper.snapshot;

import java.util.regex.Pattern;

/**
 * Text as one word of a POSIX shell, for commands that a person copies; nothing here runs one.
 *
 * @param text the text, raw
 */
public record ShellWord(String text) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** In quotes where a shell would take it for anything else. */
  public String quoted() {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
