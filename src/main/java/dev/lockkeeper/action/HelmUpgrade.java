package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.OwnValues;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Run {@code helm upgrade} to the target: with one replica, so that one pod migrates, or with the
 * operator's own values once more (C11 to C13, C16).
 *
 * @param migrating whether this is the one that starts the pod that migrates
 */
public record HelmUpgrade(boolean migrating) implements HelmAction {
  /** The replicas with which a migration is run. */
  private static final int ONE = 1;

  @Override
  public String word() {
    return migrating ? "helm-upgrade" : "helm-values-back";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    return target
        .map(
            version ->
                HelmGround.withValues(snapshot, at -> planned(at, version, snapshot, knowledge)))
        .orElseGet(() -> Proposal.none("the target version is not known"));
  }

  private Proposal planned(
      HelmGround ground, CoderVersion target, Snapshot snapshot, Knowledge knowledge) {
    Optional<String> relief =
        migrating
                && ReleaseLookup.rendersLiveness(
                    OwnValues.read(ground.release(), snapshot), target, knowledge)
            ? knowledge.chart(target).livenessRelief()
            : Optional.empty();
    UpgradeRequest request = request(ground, target, relief);
    return Proposal.of(
        new Plan(
            request,
            migrating ? Risk.IRREVERSIBLE : Risk.DISRUPTIVE,
            migrating ? migration(snapshot, knowledge, ground, relief) : back(ground, request),
            migrating
                ? "none for the schema: once the migration commits, a database snapshot is the only"
                    + " way back"
                : request.undo(),
            ground.phrase()));
  }

  private UpgradeRequest request(HelmGround ground, CoderVersion target, Optional<String> relief) {
    OwnValues own = ground.own();
    return ground.upgrade(
        target.toString().replaceFirst("^v", ""),
        new UpgradeRequest.Values(
            own.revision(),
            ground.file(),
            migrating ? Optional.of(ONE) : Optional.empty(),
            relief,
            migrating ? own.lent().note() : "",
            ground.takesBack()),
        migrating ? ONE : own.replicas().orElse(ONE),
        own.replicas());
  }

  private static List<String> migration(
      Snapshot snapshot, Knowledge knowledge, HelmGround ground, Optional<String> relief) {
    List<String> effects = new ArrayList<>();
    String migrations =
        Durations.count(UpgradePath.of(snapshot, knowledge).pending(knowledge).size(), "migration");
    effects.add(
        "one pod of the new version starts and runs %s in one transaction".formatted(migrations));
    if (ground.seen().replicas() > ONE) {
      effects.add(
          "the %d replicas become 1: old ones stop while the new one starts"
              .formatted(ground.seen().replicas()));
    }
    ground
        .own()
        .replicas()
        .filter(count -> count != ONE)
        .ifPresent(
            count ->
                effects.add(
                    "your values say %d replicas; that comes back after the migration"
                        .formatted(count)));
    ground
        .file()
        .ifPresent(
            file -> effects.add("the values are those of your file %s".formatted(file.path())));
    relief.ifPresent(
        value ->
            effects.add(
                "the liveness probe is kept from killing the migration (%s), and comes back with your values"
                    .formatted(value)));
    effects.add(
        "helm continues if this screen or the connection dies; it does not wait for the pods");
    effects.add("what was changed by hand, and is set by the chart, is as in the chart again");
    return effects;
  }

  private static List<String> back(HelmGround ground, UpgradeRequest request) {
    int more = request.to() - ground.seen().replicas();
    return List.of(
        more > 0
            ? Durations.count(more, "pod")
                + (more == 1 ? " starts" : " start")
                + "; no migration is left to run"
            : "the replica count of your values is %d".formatted(request.to()),
        "the release has your own values again, those of " + ground.own().spoken(),
        "if that changes the pod template (a liveness probe, for example), the running pod is"
            + " replaced");
  }
}
