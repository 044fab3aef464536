package dev.lockkeeper.action;

import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import java.util.List;
import java.util.Optional;

/**
 * Install a Coder v1 that this run has uninstalled, at its target, from the values that were kept
 * (C60).
 */
public record InstallAgain() implements HelmAction {
  @Override
  public String word() {
    return "v1-install";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Helm> helm = snapshot.freshHelm().filter(Helm::usable);
    Optional<ValuesFile> values = helm.flatMap(Helm::values).filter(ValuesFile::usable);
    Optional<String> release = snapshot.run().recalled(RunFacts.HELM_RELEASE);
    Optional<CoderVersion> target = CoderV1Path.of(snapshot).target();
    if (cluster.isEmpty() || helm.isEmpty()) {
      return Proposal.none("the cluster cannot be read, or helm cannot be run from here");
    }
    if (release.isEmpty()) {
      return Proposal.none("this run has uninstalled nothing");
    }
    if (values.isEmpty()) {
      return Proposal.none("the file with the values is not there, or cannot be read");
    }
    return target
        .map(
            version ->
                Proposal.of(plan(cluster.get(), helm.get(), values.get(), snapshot.run(), version)))
        .orElseGet(() -> Proposal.none("the target version is not known"));
  }

  private static Plan plan(
      Cluster cluster, Helm helm, ValuesFile values, RunFacts run, CoderVersion version) {
    String release = run.recalled(RunFacts.HELM_RELEASE).orElseThrow();
    String deployment = run.recalled(RunFacts.HELM_DEPLOYMENT).orElse("");
    UpgradeRequest request =
        new UpgradeRequest(
            new HelmRequest.Place(cluster.identity().pinned(), release, 0),
            new UpgradeRequest.Chart(
                helm.repository(), ReleaseLookup.CHART, CoderV1Chart.spoken(version)),
            new UpgradeRequest.Values(
                0,
                Optional.of(new UpgradeRequest.Given(values.path(), values.sha256())),
                Optional.empty(),
                Optional.empty(),
                "",
                false),
            HelmRequest.Seen.none(deployment),
            1,
            Optional.empty());
    return new Plan(
        request,
        Risk.IRREVERSIBLE,
        List.of(
            "everything that the chart has is created again, from the values in " + values.path(),
            "the init container %s migrates the database to %s"
                .formatted(CoderV1Chart.MIGRATIONS, CoderV1Chart.spoken(version)),
            "helm does not wait for the pods; it goes on if this screen or the connection dies"),
        "none for the schema: once the migrations ran, a database snapshot is the only way back",
        cluster.identity().phrase());
  }
}
