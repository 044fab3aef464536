package dev.lockkeeper.action;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Let Helm forget the revision that hangs, and leave all that runs as it is (C12). */
public record ForgetRevision() implements Action {
  @Override
  public String word() {
    return "forget-revision";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    Optional<Cluster> cluster = snapshot.freshCluster();
    if (cluster.isEmpty() || sight.release().isEmpty()) {
      return Proposal.none("which Helm release this is, is not known: " + sight.reason());
    }
    HelmRelease release = sight.release().get();
    if (!release.pending()) {
      return Proposal.none("revision %d is %s".formatted(release.revision(), release.status()));
    }
    return release
        .lastDeployed()
        .map(last -> Proposal.of(plan(cluster.get(), release, last)))
        .orElseGet(() -> Proposal.none("no revision would be left: helm uninstall is the way"));
  }

  private static Plan plan(Cluster cluster, HelmRelease release, HelmRelease.Revision last) {
    List<String> effects = new ArrayList<>();
    effects.add("nothing that runs is touched");
    effects.add(
        "for Helm, revision %d was never tried; the next upgrade starts from revision %d"
            .formatted(release.revision(), last.number()));
    effects.add("if a helm still runs on it, that helm fails at its end");
    return new Plan(
        new ForgetRequest(
            cluster.identity().pinned().in(release.namespace()),
            release.name(),
            release.revision(),
            release.status(),
            release.info().record()),
        Risk.IRREVERSIBLE,
        effects,
        "none: the revision's record is gone; the next helm upgrade writes a new one",
        cluster.identity().phrase());
  }
}
