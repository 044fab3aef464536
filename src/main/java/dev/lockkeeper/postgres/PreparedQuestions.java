package dev.lockkeeper.postgres;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The questions that the server has a plan of, in a session that is ours alone. To plan what is
 * asked at each look costs it twice as much as to answer it, so what is asked a second time is
 * prepared.
 */
final class PreparedQuestions {
  /** A question with a list of pids is asked once; there must be no end of those. */
  private static final int MOST = 64;

  private static final Pattern READS = Pattern.compile("(--.*\\R)*(SELECT|WITH)\\b[^;]*");

  /** No such statement, one of that name already, or the table was changed since. */
  private static final Set<String> OUTDATED = Set.of("26000", "42P05", "0A000");

  /** The name of each, or an empty one as long as it was asked once only. */
  private final Map<Asked, String> names = new HashMap<>();

  private int made;

  private record Asked(String searchPath, String question) {}

  /** How it is asked: as it stands, or by its name. */
  String of(ReadSettings terms, String question) {
    Asked asked = new Asked(terms.searchPath(), question);
    String name = names.get(asked);
    if (name == null) {
      if (names.size() < MOST && READS.matcher(question).matches()) {
        names.put(asked, "");
      }
      return question;
    }
    if (!name.isEmpty()) {
      return "EXECUTE " + name;
    }
    made++;
    String given = DriverProperties.APPLICATION + "_" + made;
    names.put(asked, given);
    return "PREPARE %s AS %s\n;EXECUTE %s".formatted(given, question, given);
  }

  /**
   * Forgets them all after a message that failed: which of them it had prepared is not known.
   *
   * @return what makes the server forget them, too; empty if there is nothing to forget
   */
  String forget() {
    boolean any = names.values().stream().anyMatch(name -> !name.isEmpty());
    names.clear();
    return any ? "DEALLOCATE ALL" : "";
  }

  /** Whether it failed because of what was prepared, and not because of what was asked. */
  static boolean outdated(SQLException failure) {
    return OUTDATED.contains(Failures.state(failure));
  }
}
