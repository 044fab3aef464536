package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.CoderUrl;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters that an address sets for its sessions: as a word of its own, or within {@code
 * options}.
 */
final class AskedParameters {
  private static final Set<String> ENDING =
      Set.of(
          "statement_timeout",
          "lock_timeout",
          "idle_in_transaction_session_timeout",
          "transaction_timeout",
          "idle_session_timeout",
          "default_transaction_read_only",
          "temp_file_limit");

  private static final Pattern OPTION = Pattern.compile("(?:-c\\s*|--)([\\w.-]+)=((?:\\\\.|\\S)*)");

  private AskedParameters() {}

  /** What this address says, as Coder's own. */
  static CoderUrl of(DatabaseAddress address) {
    return new CoderUrl(
        Optional.of(address.user()).filter(user -> !user.isEmpty()), in(address.settings()));
  }

  /** Those parameters that can end a statement, a session or every write. */
  static Map<String, String> in(Map<String, String> settings) {
    Map<String, String> asked = new HashMap<>();
    Matcher option = OPTION.matcher(settings.getOrDefault("options", ""));
    while (option.find()) {
      asked.put(option.group(1).replace('-', '_'), option.group(2).replaceAll("\\\\(.)", "$1"));
    }
    asked.putAll(settings);
    asked.keySet().retainAll(ENDING);
    return asked;
  }
}
