package dev.lockkeeper.snapshot;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was concluded from a snapshot by whoever asked first, so that nobody works it out once more.
 * It is no fact: snapshots that tell the same are equal, whatever was concluded from either.
 *
 * @param kept the last conclusions, and from which snapshot they were drawn
 */
public record Conclusions(Kept kept) {
  /** Nothing was concluded yet. */
  static Conclusions none() {
    return new Conclusions(new Kept());
  }

  /**
   * The conclusion of this kind.
   *
   * @param from that very snapshot; what was concluded from any other one does not count
   * @param kind what is asked for
   * @param work draws the conclusion, unless that was done
   */
  <T> T of(Snapshot from, Class<T> kind, Supplier<T> work) {
    Object known = kept.last.of(from).get(kind);
    if (known != null) {
      return kind.cast(known);
    }
    T what = work.get();
    // What it was drawn from may have been drawn meanwhile.
    Map<Class<?>, Object> all = new HashMap<>(kept.last.of(from));
    all.put(kind, what);
    kept.last = new Drawn(from, all);
    return what;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Conclusions;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "";
  }

  /** The one place that changes; whoever reads finds whole conclusions or none. */
  private static final class Kept {
    private volatile Drawn last = new Drawn("nothing", Map.of());
  }

  private record Drawn(Object from, Map<Class<?>, Object> what) {
    Map<Class<?>, Object> of(Snapshot snapshot) {
      return from == snapshot ? what : Map.of();
    }
  }
}
