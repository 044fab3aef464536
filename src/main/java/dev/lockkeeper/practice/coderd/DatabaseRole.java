package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.parsing.YamlNode;
import java.util.List;
import java.util.Set;

/**
 * A database role besides that of coderd.
 *
 * @param name its name
 * @param grants the roles that it is a member of; without any it sees what anybody sees
 */
public record DatabaseRole(String name, List<String> grants) {
  public DatabaseRole {
    grants = List.copyOf(grants);
  }

  /** What a scenario says of it. */
  public static DatabaseRole of(YamlNode node) {
    node.only(Set.of("name", "grants"));
    return new DatabaseRole(node.text("name"), node.items("grants").map(YamlNode::text).toList());
  }
}
