package dev.lockkeeper.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Everything that a source handed on. */
public final class Observations implements Consumer<Observed<Cluster>> {
  private final List<Observed<Cluster>> all = new CopyOnWriteArrayList<>();

  @Override
  public void accept(Observed<Cluster> observed) {
    all.add(observed);
  }

  public int count() {
    return all.size();
  }

  public Observed<Cluster> last() {
    return all.get(all.size() - 1);
  }

  /** Waits for a known cluster of which this is true. */
  public Cluster known(Predicate<Cluster> condition) {
    return until(
            Duration.ofSeconds(60), o -> o.isKnown() && o.value().filter(condition).isPresent())
        .value()
        .get();
  }

  /** Waits for a loss whose reason contains this. */
  public Observed<Cluster> lost(Duration limit, String reason) {
    return until(limit, o -> !o.isKnown() && o.reason().contains(reason));
  }

  public Observed<Cluster> until(Duration limit, Predicate<Observed<Cluster>> condition) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO)
        .atMost(limit)
        .until(() -> !all.isEmpty() && condition.test(last()));
    return last();
  }
}
