package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;

/** Let Helm put everything back to the newest revision that went through (C12). */
public record RollBackRelease() implements HelmAction {
  @Override
  public String word() {
    return "roll-back-release";
  }

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
        .map(last -> plan(ground, last.number(), force(ground)))
        .map(Proposal::of)
        .orElseGet(
            () ->
                Proposal.none(
                    "no revision of the release %s went through".formatted(release.name())));
  }

  /** Helm 4 goes by how the revision was applied that comes back. */
  private static boolean force(HelmGround ground) {
    return ground.helm().major() >= 4
        && ground.release().earlier().before().filter(HelmRelease.Before::serverSide).isPresent();
  }

  private static String of(HelmGround ground, int to) {
    return ground
        .release()
        .earlier()
        .before()
        .filter(each -> each.revision() == to)
        .map(
            each ->
                "image %s, %s, its probes"
                    .formatted(
                        each.image().orElse("of that revision"),
                        Durations.count(each.values().replicas(), "replica")))
        .orElse("its image, its replica count, its probes");
  }

  private static Plan plan(HelmGround ground, int to, boolean force) {
    return new Plan(
        new RollbackRequest(ground.place(), to, force, ground.named()),
        Risk.IRREVERSIBLE,
        List.of(
            "all objects of the chart are as in revision %d again: %s"
                .formatted(to, of(ground, to)),
            "pods are replaced where that differs from now; the database stays as it is"),
        "none: the way forward again is another helm upgrade",
        ground.phrase());
  }
}
