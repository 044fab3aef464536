package dev.lockkeeper.snapshot;

import java.util.Locale;
import java.util.Optional;

/**
 * An object as Helm names it in what it says.
 *
 * @param kind such as {@code ServiceAccount}
 * @param name its name
 * @param namespace its namespace; empty for an object of the whole cluster
 */
public record ObjectName(String kind, String name, String namespace) {
  /** Its kind, if it is one that can be looked at from here. */
  public Optional<ObjectKind> known() {
    return ObjectKind.of(kind).filter(each -> each.namespaced() != namespace.isEmpty());
  }

  /** Such as {@code ServiceAccount coder}. */
  public String spoken() {
    return kind + " " + name;
  }

  /** How kubectl is told it, such as {@code serviceaccount/coder}. */
  public String word() {
    return kind.toLowerCase(Locale.ROOT) + "/" + name;
  }
}
