package dev.lockkeeper.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the database server wrote down about the statements that came to it, where its log has them
 * at all.
 *
 * @param world the world's directory
 */
record StatementLog(Path world) {
  /** A message begins with its time; its other lines are indented. */
  private static final Pattern MESSAGE = Pattern.compile("(?m)^(?=\\d{4}-\\d\\d-\\d\\d )");

  private static final Pattern STATEMENT =
      Pattern.compile("(?s)LOG:  (?:statement|execute [^:]*): (.*)");
  private static final Pattern CHANGE =
      Pattern.compile(
          "(ALTER DATABASE \\S+ CONNECTION LIMIT -?\\d+|ROLLBACK PREPARED '[^']*'"
              + "|UPDATE \\S*schema_migrations SET version)(?s).*");
  private static final Pattern SESSION = Pattern.compile("\\$3 = '(\\w+)', \\$4 = '(\\w+)'");

  /**
   * The acts upon the database that were sent to the server, oldest first, whatever it answered:
   * {@code TERMINATE CODERD} is one session, the others are told by their statements.
   */
  List<String> acts() {
    String[] messages = MESSAGE.split(Witness.read(world.resolve("postgres.log")));
    return Stream.iterate(0, i -> i < messages.length, i -> i + 1)
        .map(i -> act(messages[i], i + 1 < messages.length ? messages[i + 1] : ""))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The values of a statement are in the message behind it. */
  private static String act(String message, String next) {
    Matcher statement = STATEMENT.matcher(message);
    if (!statement.find()) {
      return null;
    }
    String text = statement.group(1).replaceAll("(?m)^\\s*--.*\\n", "").strip();
    if (text.contains("AS signalled")) {
      Matcher session = SESSION.matcher(next);
      return session.find() ? session.group(1) + " " + session.group(2) : "?";
    }
    Matcher change = CHANGE.matcher(text);
    return change.matches() ? change.group(1) : null;
  }
}
