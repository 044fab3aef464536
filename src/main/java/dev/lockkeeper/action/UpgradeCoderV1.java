package dev.lockkeeper.action;

import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Run {@code helm upgrade} of a Coder v1 to the target, with the operator's own values and nothing
 * else: neither {@code --atomic} nor {@code --force} (C57).
 */
public record UpgradeCoderV1() implements HelmAction {
  @Override
  public String word() {
    return "v1-upgrade";
  }

  @Override
  public boolean isOfCoderV1() {
    return true;
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> target = CoderV1Path.of(snapshot).target();
    if (target.isEmpty()) {
      return Proposal.none("the target version is not known");
    }
    return target.get().major() == 1
        ? HelmGround.withValues(snapshot, ground -> planned(ground, target.get()))
        : Proposal.none("%s is no version of Coder v1".formatted(target.get()));
  }

  private static Proposal planned(HelmGround ground, CoderVersion target) {
    int replicas = ground.seen().replicas();
    UpgradeRequest.Values values =
        new UpgradeRequest.Values(
            ground.own().revision(),
            ground.file(),
            Optional.empty(),
            Optional.empty(),
            "",
            ground.takesBack());
    return Proposal.of(
        new Plan(
            ground.upgrade(CoderV1Chart.spoken(target), values, replicas, Optional.empty()),
            Risk.IRREVERSIBLE,
            effects(ground, target),
            "none for the schema: once the migrations ran, a database snapshot is the only way"
                + " back",
            ground.phrase()));
  }

  private static List<String> effects(HelmGround ground, CoderVersion target) {
    List<String> effects = new ArrayList<>();
    effects.add(
        "the init container %s of each new pod migrates the database to %s"
            .formatted(CoderV1Chart.MIGRATIONS, CoderV1Chart.spoken(target)));
    effects.add("old pods serve until new ones are Ready, and meanwhile run on the newer schema");
    effects.add("your values are those of %s, as they are".formatted(ground.own().spoken()));
    effects.add(
        "helm continues if this screen or the connection dies; it does not wait for the pods");
    if (ground.seen().name().equals(CoderV1Chart.OLDER_NAME)
        && CoderV1Chart.ignoresOldKeys(target)) {
      effects.add("from 1.27 on the Deployment is coderd: this one and its Service go away");
    }
    return effects;
  }
}
