package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;

/** Let Helm put everything back to the newest revision that went through (C12). */
public record RollBackRelease() implements HelmAction {
  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    return HelmGround.on(snapshot, RollBackRelease::planned);
  }

  private static Proposal planned(HelmGround ground) {
    HelmRelease release = ground.release();
    if (release.deployed()) {
      return Proposal.none("revision %d is deployed".formatted(release.revision()));
    }
    if (!ground.helm().rollsBack()) {
      return Proposal.none("the bundled helm cannot roll back: put a helm into PATH");
    }
    return release
        .lastDeployed()
        .map(last -> plan(ground, last.number()))
        .map(Proposal::of)
        .orElseGet(
            () ->
                Proposal.none(
                    "no revision of the release %s went through".formatted(release.name())));
  }

  private static Plan plan(HelmGround ground, int to) {
    return new Plan(
        new RollbackRequest(ground.place(), to, ground.takesBack(), ground.named()),
        Risk.IRREVERSIBLE,
        List.of(
            "all objects of the chart are as in revision %d again: its image, its replica count, its probes"
                .formatted(to),
            "pods are replaced where that differs from now; the database stays as it is"),
        "none: forward again is a helm upgrade",
        ground.phrase());
  }
}
