package dev.lockkeeper.check.upgrade;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.OperatorLease.Holder;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** We hold the Lease by which one operator at a time acts. */
public record NobodyElseActs() implements Check {
  private static final String FREE =
      "you do not hold the lease: take it in the step 'Be the only operator', again with r";

  @Override
  public String word() {
    return "nobody-else-acts";
  }

  @Override
  public String question() {
    return "nobody else acts on this deployment";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    if (cluster.isEmpty()) {
      return Verdict.unknown("the cluster cannot be read");
    }
    Observed<OperatorLease> operator = cluster.get().operator();
    Optional<OperatorLease> lease = operator.fresh(snapshot.now(), OperatorLease.RECENT);
    if (lease.isEmpty()) {
      return Verdict.unknown("who else acts is not known: " + FreshFacts.why(operator));
    }
    return lease.get().ours()
        ? Verdict.pass("you hold the lease " + lease.get().name())
        : Verdict.fail(lease.get().other().map(NobodyElseActs::other).orElse(FREE));
  }

  private static String other(Holder holder) {
    return "%s %s, last seen %s ago: take it over in the step 'Be the only operator'"
        .formatted(
            holder.identity(),
            holder.expired() ? "holds the lease and is silent" : "acts here",
            Durations.of(holder.silent()));
  }
}
