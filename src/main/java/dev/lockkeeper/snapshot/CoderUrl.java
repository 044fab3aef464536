package dev.lockkeeper.snapshot;

import java.util.Map;
import java.util.Optional;

/**
 * What Coder's own address says that is no secret.
 *
 * @param user the role; empty when it names none
 * @param settings the parameters that it sets for its sessions, by name
 */
public record CoderUrl(Optional<String> user, Map<String, String> settings) {
  public CoderUrl {
    settings = Map.copyOf(settings);
  }

  /** The address could not be read. */
  public static CoderUrl unread() {
    return new CoderUrl(Optional.empty(), Map.of());
  }
}
