package dev.lockkeeper.cli;

import java.util.Locale;

/** How a journal is printed. */
public enum JournalFormat {
  /** Line by line, for a person. */
  TABLE,
  /** Line by line, for a program. */
  JSON,
  /** What the run has come to, for a ticket. */
  MARKDOWN;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
