package dev.lockkeeper.action;

/** Text as one word of a POSIX shell, for commands that a person copies; nothing here runs one. */
final class ShellWord {
  private ShellWord() {}

  static String of(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
