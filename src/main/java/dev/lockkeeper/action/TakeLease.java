package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.OperatorLease.Holder;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Become the one operator who acts on the Deployment. */
public record TakeLease() implements Action {
  /** What is longer nobody types without a mistake. */
  private static final int LONGEST_PHRASE = 60;

  @Override
  public String word() {
    return "take-lease";
  }

  @Override
  public boolean takesLease() {
    return true;
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    if (cluster.isEmpty()) {
      return Proposal.none("the cluster cannot be read now");
    }
    Observed<OperatorLease> operator = cluster.get().operator();
    Optional<OperatorLease> lease = operator.fresh(snapshot.now(), OperatorLease.RECENT);
    if (lease.isEmpty()) {
      return Proposal.none(
          "who acts here is not known: "
              + (operator.isKnown() ? "it was read too long ago" : operator.reason()));
    }
    // Before the run began it was looked at by nobody in particular.
    if (lease.get().me().isEmpty()) {
      return Proposal.none("who acts here is being read: wait a moment");
    }
    return lease.get().ours()
        ? Proposal.none("you hold it")
        : Proposal.of(plan(cluster.get(), lease.get()));
  }

  private static Plan plan(Cluster cluster, OperatorLease lease) {
    LeaseRequest request =
        new LeaseRequest(
            cluster.identity().pinned(),
            lease.name(),
            lease.there(),
            lease.holder().map(Holder::identity),
            lease.me());
    Risk risk =
        lease
            .other()
            .map(holder -> holder.expired() ? Risk.DISRUPTIVE : Risk.IRREVERSIBLE)
            .orElse(Risk.SAFE);
    return new Plan(
        request,
        risk,
        List.of(
            lease.other().map(TakeLease::from).orElse("nobody else acts here"),
            "other operators' lockkeeper can then no longer act here; kubectl and helm do not look"
                + " at the lease"),
        risk == Risk.IRREVERSIBLE ? "none for what both have done meanwhile" : request.undo(),
        phrase(cluster, lease));
  }

  private static String from(Holder holder) {
    String silent = Durations.of(holder.silent());
    return holder.expired()
        ? "%s holds it and has been silent for %s, longer than it promised"
            .formatted(holder.identity(), silent)
        : "%s acts here NOW, last seen %s ago: talk to them first"
            .formatted(holder.identity(), silent);
  }

  /** Whom one pushes aside; what no keyboard types is confirmed by the place instead. */
  private static String phrase(Cluster cluster, OperatorLease lease) {
    return lease
        .other()
        .map(Holder::identity)
        .filter(name -> name.length() <= LONGEST_PHRASE && name.matches("[!-~]+( [!-~]+)*"))
        .orElse(cluster.identity().phrase());
  }
}
