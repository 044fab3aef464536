package dev.lockkeeper.practice.apiserver;

import java.util.List;

/**
 * What a user may do.
 *
 * @param namespace where; everywhere when empty
 * @param rules any of which allows
 */
public record Role(String namespace, List<Rule> rules) {
  public Role {
    rules = List.copyOf(rules);
  }

  boolean covers(String where) {
    return namespace.isEmpty() || namespace.equals(where);
  }

  boolean allows(Access access) {
    return covers(access.namespace()) && rules.stream().anyMatch(rule -> rule.allows(access));
  }
}
