package dev.lockkeeper.analysis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What newer builds of coderd tell of their migrations: lines with a field {@code event}. No
 * release that was seen has them, so nothing may rest on their being there.
 *
 * @param event such as {@code migration_run_started}
 * @param line the whole line, raw
 */
public record MigrationLog(String event, String line) {
  private static final Pattern EVENT =
      Pattern.compile("\\bevent\"?[=:]\\s?\"?(migration_[a-z_]{1,60})");

  /** The last such line, if there is one. */
  public static Optional<MigrationLog> last(List<String> lines) {
    for (int at = lines.size() - 1; at >= 0; at--) {
      Matcher matcher = EVENT.matcher(lines.get(at));
      if (matcher.find()) {
        return Optional.of(new MigrationLog(matcher.group(1), lines.get(at)));
      }
    }
    return Optional.empty();
  }

  /** How far it says to be, if it says so: {@code migration 371 api_key_scopes, 9 of 39}. */
  Optional<String> progress() {
    if (!event.startsWith("migration_run_") && !event.equals("migration_heartbeat")) {
      return Optional.empty();
    }
    return field("version")
        .map(
            number ->
                "migration "
                    + number
                    + field("name").map(" "::concat).orElse("")
                    + field("position")
                        .flatMap(at -> field("total").map(all -> ", " + at + " of " + all))
                        .orElse("")
                    + (event.equals("migration_run_applied") ? ", applied and not committed" : ""));
  }

  private Optional<String> field(String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "\"?[=:]\\s?\"?([\\w.-]{1,80})").matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
