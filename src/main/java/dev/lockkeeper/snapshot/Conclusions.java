package dev.lockkeeper.snapshot;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was concluded from a snapshot by whoever asked first, so that nobody works it out once more.
 * It is no fact: snapshots that tell the same are equal, whatever was concluded from either.
 *
 * @param kept the last conclusion, and from which snapshot it was drawn
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
    Drawn last = kept.last;
    Optional<Object> known =
        last.from == from && kind.isInstance(last.what) ? Optional.of(last.what) : Optional.empty();
    T what = known.map(kind::cast).orElseGet(work);
    kept.last = new Drawn(from, what);
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

  /** The one place that changes; whoever reads finds a whole conclusion or none. */
  private static final class Kept {
    private volatile Drawn last = new Drawn("nothing", "nothing");
  }

  private record Drawn(Object from, Object what) {}
}
