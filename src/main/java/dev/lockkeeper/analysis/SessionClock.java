package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a session did before and after moments of the cluster, whose clock is another one. Where the
 * difference of the clocks is not known, nothing is said.
 *
 * @param all what is seen
 * @param backend the session
 */
record SessionClock(Origins all, Backend backend) {
  /** Clocks whose difference was measured may still differ by this much. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Whether it was there before this moment of the cluster; not known where a clock is not. */
  boolean beganBefore(Instant moment) {
    return here(moment)
        .flatMap(end -> age().map(age -> all.now().minus(age).plus(MARGIN).isBefore(end)))
        .orElse(false);
  }

  /** Whether it had begun at this moment of the cluster, whose moments are whole seconds. */
  boolean thereAt(Instant moment) {
    return here(moment)
        .flatMap(at -> age().map(age -> !all.now().minus(age).isAfter(at.plus(SECOND))))
        .orElse(false);
  }

  boolean statementAfter(Instant moment) {
    return here(moment)
        .flatMap(
            end ->
                backend
                    .activity()
                    .pulse()
                    .statementAge()
                    .map(age -> all.now().minus(age).isAfter(end.plus(MARGIN))))
        .orElse(false);
  }

  /** A moment of the cluster's clock by ours. */
  Optional<Instant> here(Instant moment) {
    return all.cluster().flatMap(Cluster::skew).map(moment::minus);
  }

  Optional<Duration> age() {
    return backend.activity().pulse().age().or(backend::transactionAge);
  }
}
