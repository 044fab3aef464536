package dev.lockkeeper.practice.coderd;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A database role besides that of coderd.
 *
 * @param name its name
 * @param grants the roles that it is a member of; without any it sees what anybody sees
 */
public record DatabaseRole(
    @JsonProperty(value = "name", required = true) String name,
    @JsonProperty("grants") List<String> grants) {
  public DatabaseRole {
    grants = grants == null ? List.of() : List.copyOf(grants);
  }
}
