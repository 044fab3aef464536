package dev.lockkeeper.app;

import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.journal.Anchor;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.live.LiveSources;
import dev.lockkeeper.live.Policies;
import dev.lockkeeper.report.JournalAnchorRef;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.worlds.WorldClient;
import java.util.Map;
import java.util.Optional;

/** The head of a run's journal that its wizard left in the operator's Lease. */
final class LeaseAnchor {
  private LeaseAnchor() {}

  /**
   * Looks where this journal led. A file may be anybody's: what it names is not opened, and no
   * cluster is asked unless told to.
   *
   * @param lease whether it was told to
   * @throws Failure if there is a configuration and it does not hold
   */
  static JournalAnchorRef of(
      Journals journals, Journals.Found found, boolean lease, Map<String, String> environment)
      throws Failure {
    if (found.chain().entries().isEmpty()) {
      return JournalAnchorRef.nowhere("the journal does not say where its run led");
    }
    if (!found.own() && !lease) {
      return JournalAnchorRef.nowhere(
          "a file alone names no cluster to ask: give the head by --head, or use --lease");
    }
    Target named = RunTarget.of(found.chain().entries().get(0).data(), Optional.empty());
    Optional<WorldClient> world = journals.world(found.path());
    Target target =
        world.isPresent()
            ? named.by(Optional.of(world.get().kubeconfig()))
            : found.own() ? named : named.by(Optional.empty());
    return of(found.chain(), target, environment);
  }

  /**
   * Looks where the run led; takes some seconds at most.
   *
   * @throws Failure if there is a configuration and it does not hold
   */
  private static JournalAnchorRef of(Chain chain, Target target, Map<String, String> environment)
      throws Failure {
    Policies.of(environment, target.readOnly());
    try (ClusterConnection connection =
        ClusterConnection.open(LiveSources.options(target), environment)) {
      return kept(connection.lease(), chain.run());
    } catch (ClusterException e) {
      return JournalAnchorRef.nowhere("the cluster cannot be asked: " + e.getMessage());
    }
  }

  private static JournalAnchorRef kept(Observed<OperatorLease> seen, String run) {
    if (!seen.reason().isEmpty()) {
      return JournalAnchorRef.nowhere("the operator's Lease cannot be read: " + seen.reason());
    }
    OperatorLease lease = seen.value().orElseThrow();
    return lease
        .anchor()
        .flatMap(Anchor::of)
        .filter(anchor -> anchor.run().equals(run))
        .map(anchor -> JournalAnchorRef.inLease(anchor.head().hash(), lease.name()))
        .orElseGet(
            () ->
                JournalAnchorRef.nowhere(
                    "lease/%s holds no head of this run".formatted(lease.name())));
  }
}
