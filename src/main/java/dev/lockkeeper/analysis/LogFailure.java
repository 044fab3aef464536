package dev.lockkeeper.analysis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why coderd ended or does not get on, read off the last lines of its log.
 *
 * @param kind what it is
 * @param text the words that say so, at most 300 characters, raw; never the body of a migration
 * @param number the number in these words: a schema number, or the server's version
 * @param sql why, where a statement failed
 */
public record LogFailure(Kind kind, String text, Optional<Long> number, SqlFailure sql) {
  private static final int LONGEST = 300;
  private static final Pattern STARTED = Pattern.compile("Logs will stream in below");

  /** What a log can say; the words are those of the releases that were seen. */
  public enum Kind {
    NEWER_DATABASE("no migration found for version (-?\\d{1,18})"),
    DIRTY("Dirty database version (-?\\d{1,18})\\. Fix and force version"),
    SQL("migration failed: (.+?)(?: in line \\d+:.*)?$"),
    SQL_NUMBERED("(migration \\d{1,9} \\([\\w-]{1,200}\\): .+? \\(sqlstate=\\w{5}\\).*)"),
    V1_DATABASE("currently connected to a Coder v1 database"),
    OLD_POSTGRES("PostgreSQL version must be v13\\.0\\.0 or higher! Got: (\\d{1,9})"),
    LOCK_TIMEOUT("timeout: can't acquire database lock"),
    NO_SCHEMA("current_schema: converting NULL to string is unsupported"),
    BAD_URL("invalid (?:port after host|userinfo)"),
    UNREACHABLE("unable to connect after \\d+ tries; last error: .+$"),
    RETRYING("(?:ping|connect to) postgres: retrying.*$"),
    SETUP_LOCK("ensure version table: acquire migration lock: .+$"),
    SETUP("migrate setup: (.+)$"),
    OTHER_SQL(
        "(?:^\\s*\\* |migrate up: (?:up: )?)(?!commit tx on unlock|\\d+ errors?"
            + " occurred)(.*\\b(?:pq: |ERROR: |sqlstate=|SQLSTATE ).+|.*\\bbad connection.*)$");

    private final Pattern words;

    Kind(String words) {
      this.words = Pattern.compile(words);
    }

    /** Whether it says that coderd did not get as far as the schema. */
    public boolean outOfReach() {
      return switch (this) {
        case UNREACHABLE, RETRYING, BAD_URL, NO_SCHEMA, OLD_POSTGRES, SETUP_LOCK -> true;
        case NEWER_DATABASE,
            DIRTY,
            SQL,
            SQL_NUMBERED,
            V1_DATABASE,
            LOCK_TIMEOUT,
            SETUP,
            OTHER_SQL ->
            false;
      };
    }

    /** Three ways of saying that a statement of a migration failed. */
    private Kind shown() {
      return this == SQL_NUMBERED || this == OTHER_SQL ? SQL : this;
    }
  }

  /** Whether these lines tell that coderd serves: whatever was before it is over. */
  static boolean over(List<String> lines) {
    return lines.stream().anyMatch(line -> STARTED.matcher(line).find());
  }

  /** The last failure that these lines tell, unless coderd got over it afterwards. */
  public static Optional<LogFailure> last(List<String> lines) {
    for (int at = lines.size() - 1; at >= 0; at--) {
      String line = lines.get(at);
      if (STARTED.matcher(line).find()) {
        return Optional.empty();
      }
      Optional<LogFailure> failure = in(line, lines.subList(at + 1, lines.size()));
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private static Optional<LogFailure> in(String line, List<String> after) {
    for (Kind kind : Kind.values()) {
      Matcher matcher = kind.words.matcher(line);
      if (matcher.find()) {
        String text = text(matcher);
        return Optional.of(
            new LogFailure(
                kind.shown(), text, number(matcher), SqlFailure.of(text, details(line, after))));
      }
    }
    return Optional.empty();
  }

  /** What the driver adds behind the statement, which may have many lines. */
  private static List<String> details(String line, List<String> after) {
    return Stream.concat(Stream.of(line), after.stream())
        .filter(each -> each.contains("details: "))
        .map(each -> each.substring(each.indexOf("details: ")))
        .limit(1)
        .toList();
  }

  private static String text(Matcher matcher) {
    String words =
        matcher.groupCount() > 0 && number(matcher).isEmpty() ? matcher.group(1) : matcher.group();
    return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
  }

  private static Optional<Long> number(Matcher matcher) {
    return matcher.groupCount() > 0 && matcher.group(1).matches("-?\\d{1,18}")
        ? Optional.of(Long.valueOf(matcher.group(1)))
        : Optional.empty();
  }
}
