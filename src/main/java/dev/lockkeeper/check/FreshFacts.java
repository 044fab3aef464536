package dev.lockkeeper.check;

import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;

/**
 * Facts that are read less often than the others, so that reading them costs the servers little.
 */
public final class FreshFacts {
  /** They are read every 2 to 10 s; a slow answer is asked for less often. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private FreshFacts() {}

  /** The fact, if it can be read and was read not too long ago to act upon. */
  public static <T> Optional<T> read(Observed<T> fact, Snapshot snapshot) {
    return fact.fresh(snapshot.now(), LIMIT);
  }

  /** Why it cannot be acted upon. */
  public static String why(Observed<?> fact) {
    return fact.isKnown() ? "it was read too long ago" : fact.reason();
  }
}
