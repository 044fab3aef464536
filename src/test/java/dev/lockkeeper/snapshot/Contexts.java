package dev.lockkeeper.snapshot;

import java.util.List;

/** Contexts as tests name them. */
public final class Contexts {
  private Contexts() {}

  /** A namespace of the context {@code prod-eu}, which kubectl finds by itself. */
  public static PinnedContext in(String namespace) {
    return new PinnedContext("prod-eu", List.of(), namespace);
  }
}
