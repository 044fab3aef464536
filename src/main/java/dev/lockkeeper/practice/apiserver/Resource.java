package dev.lockkeeper.practice.apiserver;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A kind of object that the server stores, and how it is addressed.
 *
 * @param group the API group; empty for the core group
 * @param version the version within the group
 * @param plural the name in URLs
 * @param kind the name in objects
 * @param shortNames what kubectl accepts instead of the plural
 * @param traits what is special about it
 */
public record Resource(
    String group,
    String version,
    String plural,
    String kind,
    List<String> shortNames,
    Set<Trait> traits) {

  /** What not every resource has. */
  public enum Trait {
    /** Its objects belong to a namespace. */
    NAMESPACED,
    /** It has a status subresource: ordinary writes leave the status alone. */
    STATUS,
    /** It has a scale subresource. */
    SCALE,
    /** Changes of its spec are counted in {@code metadata.generation}. */
    GENERATION
  }

  public Resource {
    shortNames = List.copyOf(shortNames);
    traits = Set.copyOf(traits);
  }

  /** Whether it has a trait. */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Whether its objects belong to a namespace. */
  public boolean namespaced() {
    return has(Trait.NAMESPACED);
  }

  /** {@code apps/v1}, or {@code v1} for the core group. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code deployments.apps}, as messages name it; {@code pods} for the core group. */
  public String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** The singular name that kubectl accepts. */
  public String singular() {
    return kind.toLowerCase(Locale.ROOT);
  }

  /** The URL of the group and version, without a slash at either end. */
  public String root() {
    return (group.isEmpty() ? "api/" : "apis/") + apiVersion();
  }
}
