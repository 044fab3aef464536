package dev.lockkeeper.snapshot;

import java.util.Set;

/**
 * The environment variables of the coderd container by their names alone: values may be secrets.
 *
 * @param set the variables that are named in the container
 * @param empty those of them whose value is written there and is empty
 * @param whole whether these are all: what comes whole from a Secret or a ConfigMap ({@code
 *     envFrom}) is not looked into
 */
public record VariableNames(Set<String> set, Set<String> empty, boolean whole) {
  /** Of a container of which nothing is known. */
  public static final VariableNames UNSEEN = new VariableNames(Set.of(), Set.of(), false);

  public VariableNames {
    set = Set.copyOf(set);
    empty = Set.copyOf(empty);
  }
}
