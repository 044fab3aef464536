package dev.lockkeeper.cli;

import java.util.Locale;

/** How an answer is printed. */
public enum OutputFormat {
  /** For a person. */
  TABLE,
  /** For a program. */
  JSON;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
