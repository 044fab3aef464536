package dev.lockkeeper.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shown once the migration is committed: the operator's own values, and no other. */
class TellHelmTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final HelmRelease OLD = Scenery.revision(3, "deployed", "2.26.6");

  private static Scenery upgraded() {
    return Scenery.of(UpgradeWorld::running)
        .deployment("image", "ghcr.io/coder/coder:v2.29.3")
        .helm(Scenery.ownHelm());
  }

  private static String told(Scenery scenery) {
    return String.join("\n", StepInfo.TELL_HELM.lines(scenery.seen(), KNOWLEDGE));
  }

  @Test
  void theReleaseGetsItsOwnValuesAndTheVersionThatRuns() {
    assertThat(told(upgraded().release(OLD)))
        .contains(
            "chart coder-2.26.6; v2.29.3 runs",
            "--version 2.29.3 --reset-values --values",
            "--kube-context prod-eu",
            "coder.replicaCount 3")
        .doesNotContain("replicaCount=1", "3600", "race", "<release>", "--set ", "--force");
  }

  @Test
  void whatSomebodyElseOwnsHelmFourTakesBackByForce() {
    HelmRelease applied = Altered.of(OLD, "serverSide", true);
    assertThat(told(managed("helm: release image replicas").release(applied)))
        .doesNotContain("--force-conflicts");
    assertThat(told(managed("helm: release replicas", "kubectl-edit: image").release(applied)))
        .contains(
            "--force-conflicts --namespace coder",
            "kubectl-edit owns image; from then on Helm owns it");
    assertThat(told(managed("helm: release replicas", "kubectl-edit: image").release(OLD)))
        .as("an upgrade that compares here and not on the server meets no conflict")
        .doesNotContain("--force-conflicts");
    assertThat(told(managed("kube-controller-manager:", "helm: image").release(applied)))
        .as("which of them is the Helm that keeps it is not seen")
        .contains("--force-conflicts --namespace coder", "who owns the image is not seen");
  }

  private static Scenery managed(String... managers) {
    return upgraded()
        .deployment(
            "managers",
            Stream.of(managers)
                .map(each -> each.split(":"))
                .map(
                    each ->
                        new FieldManager(
                            each[0],
                            "",
                            Scenery.NOW,
                            each.length < 2 ? List.of() : List.of(each[1].strip().split(" "))))
                .toList());
  }

  /** Releases that were read and are none are no Helm; releases that were not read are unknown. */
  @Test
  void whereThereIsNoHelmTheManifestIsNamedAndWhereItCannotBeSeenThatIsSaid() {
    Observed<List<HelmRelease>> none = Observed.known(List.of(), Scenery.NOW);
    assertThat(told(upgraded().releases(none).deployment("chart", Optional.empty())))
        .contains("image: ghcr.io/coder/coder:v2.29.3", "replicas: 3")
        .doesNotContain("helm upgrade");
    assertThat(told(upgraded().releases(none)))
        .as("its chart's label says that Helm may keep it elsewhere")
        .contains("release unknown", "helm upgrade")
        .doesNotContain("manifest");
    assertThat(told(upgraded().releases(Observed.unknown("may not list secrets", Scenery.NOW))))
        .contains("release unknown: may not list secrets", "helm upgrade")
        .doesNotContain("manifest");
  }
}
