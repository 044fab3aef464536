package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Another replica count than the one that this run has set: somebody changed it since. It looks the
 * same while what is seen is older than the act, and when the operator or an autoscaler changes the
 * count after the commit, which nobody has to answer.
 */
final class ScaledAgain {
  private static final String OURSELVES = "lockkeeper";

  private ScaledAgain() {}

  static Optional<Finding> find(RuleInput sight) {
    RunFacts run = sight.snapshot().run();
    Optional<Integer> set = run.recalled(RunFacts.REPLICAS_SET).map(Integer::valueOf);
    Optional<Instant> at = run.recalled(RunFacts.REPLICAS_SET_AT).map(Instant::parse);
    Optional<Deployment> deployment = sight.deployment();
    if (set.isEmpty() || at.isEmpty() || deployment.isEmpty() || !seenSince(sight, at.get())) {
      return Optional.empty();
    }
    int now = deployment.get().replicas();
    return now == set.get() || serves(sight, now)
        ? Optional.empty()
        : Optional.of(finding(sight, deployment.get(), set.get(), at.get()));
  }

  /** What was read before the act ended, or right after it, does not tell what came of it. */
  private static boolean seenSince(RuleInput sight, Instant done) {
    return sight.snapshot().cluster().at().isAfter(done.plus(Snapshot.FRESH));
  }

  /** Any number of replicas is as good as another once nothing is left to migrate. */
  private static boolean serves(RuleInput sight, int now) {
    return sight.migration().kind() == MigrationState.Kind.COMMITTED && now > 0;
  }

  private static Finding finding(RuleInput sight, Deployment seen, int set, Instant at) {
    List<String> evidence = new ArrayList<>();
    evidence.add("this run set %d; the deployment wants %d".formatted(set, seen.replicas()));
    seen.metadata().managers().stream()
        .filter(each -> each.at().isAfter(at) && !each.name().equals(OURSELVES))
        .filter(each -> !each.subresource().equals("status"))
        .map(ScaledAgain::writer)
        .forEach(evidence::add);
    boolean works = sight.migration().underWay();
    return Finding.proven(
        Kind.SCALED_BACK,
        Urgency.ACT,
        "The replicas were changed to %d; this run had set %d".formatted(seen.replicas(), set),
        sight.inCluster(evidence),
        works
            ? Advice.findOut(
                "A migration is in progress: leave it alone, and stop whoever changed the"
                    + " replicas.",
                Steps.SCALERS)
            : Advice.act(
                "Stop whoever changed it, then set it again: r repeats the step.",
                Steps.SCALE_DOWN),
        "go on as if it were as you left it: old pods that come back block the migration.");
  }

  private static String writer(FieldManager manager) {
    return "written since by %s%s"
        .formatted(
            manager.name(),
            manager.subresource().isEmpty() ? "" : " (" + manager.subresource() + ")");
  }
}
