package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import java.time.Duration;
import java.util.List;

/** Clocks that disagree, so that ages and times beside each other mislead. */
final class ClockSkew {
  private static final Duration NOTICED = Duration.ofSeconds(10);

  private ClockSkew() {}

  static List<Finding> find(RuleInput sight) {
    return sight
        .cluster()
        .flatMap(Cluster::skew)
        .filter(skew -> skew.abs().compareTo(NOTICED) > 0)
        .map(skew -> finding(sight, skew))
        .stream()
        .toList();
  }

  private static Finding finding(RuleInput sight, Duration skew) {
    return Finding.proven(
        Kind.CLOCK_SKEW,
        Urgency.KNOW,
        "The cluster's clock is %s %s this machine's"
            .formatted(Durations.of(skew.abs()), skew.isNegative() ? "behind" : "ahead of"),
        sight.inCluster(List.of("by the Date header of the API server's answers")),
        Advice.findOut(
            "Set the clock of this machine; until then, ages of pods and events are wrong by as"
                + " much."),
        "");
  }
}
