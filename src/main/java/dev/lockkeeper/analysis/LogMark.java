package dev.lockkeeper.analysis;

import java.util.List;
import java.util.regex.Pattern;

/** What a line of coderd's log is about, for whoever reads many of them. */
public enum LogMark {
  /** coderd starts, or serves from here on. */
  START,
  /** It is about the migration of the schema. */
  MIGRATION,
  /** It says that coderd failed, in words that are known. */
  FAILURE,
  NONE;

  private static final Pattern STARTS =
      Pattern.compile(
          "Started HTTP listener|Logs will stream in below|Self-Hosted Remote Development");

  private static final Pattern MIGRATES = Pattern.compile("(?i)migrat");

  /** What this line is about; a failure counts more than what failed. */
  public static LogMark of(String line) {
    if (STARTS.matcher(line).find()) {
      return START;
    }
    if (LogFailure.last(List.of(line)).isPresent()) {
      return FAILURE;
    }
    return MIGRATES.matcher(line).find() ? MIGRATION : NONE;
  }
}
