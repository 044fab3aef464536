package dev.lockkeeper.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a statement of a migration failed: by its SQLSTATE where the log has it, else by the server's
 * words. A server that speaks another language than English is understood by its SQLSTATE alone.
 *
 * @param cause what kind of cause it is
 * @param state the SQLSTATE; empty where the log has none
 * @param parameter the configuration parameter that ended it, if that is the cause
 * @param inWords whether the server's words say so; a SQLSTATE alone may have several causes
 */
public record SqlFailure(
    Cause cause, Optional<String> state, Optional<String> parameter, boolean inWords) {
  private static final String NONE = "";

  /** What kind of cause a failure has; each has its own cure. */
  public enum Cause {
    /** Two got into each other's way: it need not happen again. */
    PASSING,
    /** The connection was lost; whether a COMMIT that was under way is kept, it does not say. */
    LOST,
    /** It waited for a lock for as long as it may. */
    LOCK_WAIT,
    /** Somebody ended the statement or the session by hand. */
    ENDED,
    /** A parameter ended it. */
    SETTING,
    /** Disk, memory, or the table of locks is full. */
    ROOM,
    /** The role does not own what the migration alters, or may not do it. */
    RIGHTS,
    /** The server, or the session, takes no writes. */
    PLACE,
    /** The data, or the schema, is not as the migration expects. */
    DATA,
    /** The words are not known. */
    UNTOLD
  }

  /** One row of what is known: a start of SQLSTATEs, words, and what follows from them. */
  private record Known(String states, Pattern words, Cause cause, String parameter) {
    static Known of(String states, String words, Cause cause) {
      return of(states, words, cause, NONE);
    }

    static Known of(String states, String words, Cause cause, String parameter) {
      return new Known(states, Pattern.compile(words), cause, parameter);
    }
  }

  /** Words before SQLSTATEs, because one SQLSTATE has several causes. */
  private static final List<Known> WORDS =
      List.of(
          Known.of(
              "57014",
              "canceling statement due to statement timeout",
              Cause.SETTING,
              "statement_timeout"),
          Known.of("57014", "canceling statement due to user request", Cause.ENDED),
          Known.of(
              "55P03", "canceling statement due to lock timeout", Cause.LOCK_WAIT, "lock_timeout"),
          Known.of("55P03", "could not obtain lock on", Cause.LOCK_WAIT),
          Known.of(
              "25P03",
              "due to idle-in-transaction timeout",
              Cause.SETTING,
              "idle_in_transaction_session_timeout"),
          Known.of("25P04", "due to transaction timeout", Cause.SETTING, "transaction_timeout"),
          Known.of("57P05", "due to idle-session timeout", Cause.SETTING, "idle_session_timeout"),
          Known.of("53400", "exceeds temp_file_limit", Cause.SETTING, "temp_file_limit"),
          Known.of("57P01", "terminating connection due to administrator command", Cause.ENDED),
          Known.of("40P01", "deadlock detected", Cause.PASSING),
          Known.of(
              "40001", "could not serialize access|due to conflict with recovery", Cause.PASSING),
          Known.of(
              "25006",
              "in a read-only transaction|during recovery",
              Cause.PLACE,
              "default_transaction_read_only"),
          Known.of("53100", "No space left on device|could not (?:extend|write) file", Cause.ROOM),
          Known.of("53200", "out of (?:shared )?memory", Cause.ROOM),
          Known.of(
              "42501",
              "must be (?:owner|superuser|member|able to)|permission denied",
              Cause.RIGHTS),
          Known.of(
              "08",
              "bad connection|connection reset|broken pipe|unexpected EOF|server closed the"
                  + " connection|connection refused|i/o timeout|database system is",
              Cause.LOST),
          Known.of(
              "2",
              "contains null values|violates|already exists|does not exist|duplicate key|could not"
                  + " create unique index|invalid input|cannot be cast|value too long|out of"
                  + " range|already an? |cannot drop|depend",
              Cause.DATA));

  private static final List<Known> STATES =
      List.of(
          Known.of("53[123]00|54...", NONE, Cause.ROOM),
          Known.of("40...|55006", NONE, Cause.PASSING),
          Known.of("08...|57P0[23]", NONE, Cause.LOST),
          Known.of("57014|57P04", NONE, Cause.ENDED),
          Known.of("2[0-4]...|42...|2B...|3F...|P0001|0A000", NONE, Cause.DATA));

  private static final Pattern STATE =
      Pattern.compile("(?:(?i:sqlstate)[=: ]+([0-9A-Z]{5})\\b|\\bpq: .*\\(([0-9A-Z]{5})\\))");

  /** What follows from these words, of which the first are the failure's own. */
  public static SqlFailure of(String words, List<String> after) {
    Optional<String> state = state(words);
    for (String line : after) {
      state = state.or(() -> state(line));
    }
    return of(words, state);
  }

  private static SqlFailure of(String words, Optional<String> state) {
    Optional<Known> spelled =
        spelled(words).filter(each -> state.isEmpty() || agrees(each, state.get()));
    Optional<Known> known = spelled.or(() -> state.flatMap(SqlFailure::byState));
    return new SqlFailure(
        known.map(Known::cause).orElse(Cause.UNTOLD),
        state,
        known.map(Known::parameter).filter(name -> !name.isEmpty()),
        spelled.isPresent());
  }

  /** What is said first counts: a value of a row is quoted behind the message. */
  private static Optional<Known> spelled(String words) {
    Optional<Known> found = Optional.empty();
    int earliest = Integer.MAX_VALUE;
    for (Known each : WORDS) {
      Matcher matcher = each.words().matcher(words);
      if (matcher.find() && matcher.start() < earliest) {
        earliest = matcher.start();
        found = Optional.of(each);
      }
    }
    return found;
  }

  /** Words within a SQLSTATE's own message can be a table's name: the SQLSTATE counts more. */
  private static boolean agrees(Known known, String state) {
    return state.startsWith(known.states()) || known.cause() == Cause.DATA && !isOther(state);
  }

  private static boolean isOther(String state) {
    return first(WORDS, each -> each.states().length() == 5 && each.states().equals(state))
        .isPresent();
  }

  private static Optional<Known> byState(String state) {
    return first(WORDS, each -> each.states().equals(state))
        .or(() -> first(STATES, each -> state.matches(each.states())));
  }

  private static Optional<Known> first(List<Known> rows, Predicate<Known> fits) {
    return rows.stream().filter(fits).findFirst();
  }

  private static Optional<String> state(String line) {
    Matcher state = STATE.matcher(line);
    return state.find()
        ? Arrays.asList(state.group(1), state.group(2)).stream()
            .filter(each -> each != null)
            .findFirst()
        : Optional.empty();
  }
}
