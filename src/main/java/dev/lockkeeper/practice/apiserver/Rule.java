package dev.lockkeeper.practice.apiserver;

import java.util.List;

/**
 * A permission, as RBAC writes it.
 *
 * @param apiGroups the groups; the core group is the empty text; {@code *} is any
 * @param resources plural names, with a subresource as {@code pods/log}; {@code *} is any
 * @param resourceNames the objects' names; any when empty
 * @param verbs get, list, watch, create, update, patch, delete; {@code *} is any
 */
public record Rule(
    List<String> apiGroups,
    List<String> resources,
    List<String> resourceNames,
    List<String> verbs) {
  public Rule {
    apiGroups = List.copyOf(apiGroups);
    resources = List.copyOf(resources);
    resourceNames = List.copyOf(resourceNames);
    verbs = List.copyOf(verbs);
  }

  /** A rule for objects of any name. */
  public static Rule of(String group, List<String> resources, String... verbs) {
    return new Rule(List.of(group), resources, List.of(), List.of(verbs));
  }

  /** The same rule for these objects only. */
  public Rule named(String... names) {
    return new Rule(apiGroups, resources, List.of(names), verbs);
  }

  boolean allows(Access access) {
    return covers(apiGroups, access.group())
        && covers(resources, access.resourcePath())
        && covers(verbs, access.verb())
        && (resourceNames.isEmpty() || resourceNames.contains(access.name()));
  }

  private static boolean covers(List<String> allowed, String wanted) {
    return allowed.contains("*") || allowed.contains(wanted);
  }
}
