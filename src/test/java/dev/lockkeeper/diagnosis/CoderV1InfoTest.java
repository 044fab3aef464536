package dev.lockkeeper.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.reading.StepInfo;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease.Given;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.CoderV1Scene;
import dev.lockkeeper.story.Scenery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the steps of the runbook about v1 show. */
class CoderV1InfoTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();

  private static String read(StepInfo reading, Scenery seen) {
    return String.join("\n", reading.lines(seen.seen(), KNOWLEDGE));
  }

  @Test
  void theWayIsShownWithWhatIsKnownOfIt() {
    Scenery far =
        CoderV1Scene.installed()
            .recalls(RunFacts.SOURCE, "v1.20.4")
            .recalls(RunFacts.TARGET, "v1.30.2");
    assertThat(read(StepInfo.V1_PATH, far))
        .contains("stops 1.21, 1.22, 1.23", "… 1.30", "UUIDs", "called coderd");
    assertThat(read(StepInfo.V1_PATH, CoderV1Scene.installed()))
        .contains("from  1.43.1", "to    1.44.3", "stops 1.44")
        .doesNotContain("UUIDs");
  }

  @Test
  void oldValuesAreMarkedAndOthersAreNot() {
    Scenery seen =
        CoderV1Scene.installed()
            .release(
                CoderV1Scene.revision(
                    3,
                    "deployed",
                    CoderV1Scene.OLD,
                    new Given("coderd.image", "docker.io/coderenvs/coder-service:1.43.1"),
                    new Given("cemanager.replicas", "2"),
                    new Given("coderd.replicas", "3")));
    assertThat(StepInfo.V1_VALUES.lines(seen.seen(), KNOWLEDGE))
        .contains(
            "helm gets the values of revision 3, kept in /runs/helm/values-3.yaml: edit it, and helm"
                + " gets it",
            "! coderd.image: docker.io/coderenvs/coder-service:1.43.1"
                + "  ← of an older version: remove it, or name the target's",
            "! cemanager.replicas: 2  ← since 1.21: coderd.replicas",
            "  coderd.replicas: 3");
  }

  @Test
  void theCommandsOfBothGuidesStandSideBySide() {
    assertThat(read(StepInfo.V1_COMMANDS, CoderV1Scene.installed()))
        .contains(
            "$ helm upgrade prod coder/coder --version 1.44.3 --values",
            "--install --atomic --wait --version 1.44.3",
            "but not the old database");
  }

  @Test
  void whatHelmRefusedIsRecognisedInItsOwnWords() {
    Scenery owned = CoderV1Scene.refused(CoderV1Scene.NOT_OWNED);
    assertThat(read(StepInfo.V1_OUTCOME, owned))
        .contains("helm ended with status 1", "Handing it over to Helm helps");
    assertThat(read(StepInfo.V1_ADOPTION, owned))
        .contains(
            "$ kubectl --context prod-eu -n coder label serviceaccount/coder"
                + " app.kubernetes.io/managed-by=Helm",
            "meta.helm.sh/release-name=prod meta.helm.sh/release-namespace=coder");
    assertThat(read(StepInfo.V1_OUTCOME, CoderV1Scene.refused("Error: no route")))
        .contains("does not know this failure");
  }

  /** Whoever ran helm: the failed revision remembers why. */
  @Test
  void theNoteOfAFailedRevisionIsReadAsWell() {
    Scenery failed =
        CoderV1Scene.installed()
            .release(
                Altered.of(
                    CoderV1Scene.revision(4, "failed", CoderV1Scene.NEW),
                    "description",
                    CoderV1Scene.IMMUTABLE));
    assertThat(read(StepInfo.V1_OUTCOME, failed)).contains("The cause is --force");
    assertThat(read(StepInfo.V1_OUTCOME, CoderV1Scene.installed())).doesNotContain("--force");
    assertThat(read(StepInfo.V1_ADOPTION, failed)).contains("something else than ownership");
  }

  @Test
  void imagesOfThePublicSectorAreNoted() {
    assertThat(read(StepInfo.V1_SOURCE, CoderV1Scene.installed())).contains("Coder's own");
    Scenery elsewhere =
        CoderV1Scene.installed().deployment("image", "registry.example/coder-service:1.43.1");
    assertThat(read(StepInfo.V1_SOURCE, elsewhere)).contains("NOTE", "If it is", "one release");
    Scenery iron =
        CoderV1Scene.installed().deployment("image", "images.dso.mil/coder-service:1.43.1");
    assertThat(read(StepInfo.V1_SOURCE, iron)).contains("NOTE: these are the public sector's");
  }

  @Test
  void theLogOfTheMigrationsIsShownWithItsCommand() {
    PodLog log =
        new PodLog(
            "coderd-7d9-abc",
            0,
            Observed.known(List.of("migrating 1.44"), Scenery.NOW),
            Observed.known(List.of(), Scenery.NOW));
    assertThat(read(StepInfo.V1_LOGS, CoderV1Scene.installed().cluster("logs", List.of(log))))
        .contains(
            "kubectl --context prod-eu -n coder logs deploy/coderd -c migrations",
            "| migrating 1.44");
  }

  @Test
  void theWayBackFollowsWhatWasSaid() {
    Scenery said =
        CoderV1Scene.upgraded()
            .said("image-version", "1.42.0")
            .helm(keeping("ours.yaml"))
            .deployment("replicas", 0);
    assertThat(read(StepInfo.V1_DOWNGRADE, said))
        .contains(
            "--version 1.42.0 --values ours.yaml",
            "kubectl --context prod-eu -n coder scale deployment/coderd --replicas=3");
    Scenery odd = CoderV1Scene.upgraded().helm(keeping("a b; rm -rf /"));
    assertThat(read(StepInfo.V1_DOWNGRADE, odd)).contains("--values 'a b; rm -rf /'");
  }

  @Test
  void aReleaseThatHangsIsFreedOnTheWayBack() {
    Scenery hangs =
        CoderV1Scene.upgraded()
            .release(CoderV1Scene.revision(4, "pending-upgrade", CoderV1Scene.NEW));
    assertThat(read(StepInfo.V1_DOWNGRADE, hangs))
        .contains("$ helm rollback prod 3 --namespace coder --kube-context prod-eu");
  }

  @Test
  void whoRestoresToAnotherServerIsToldHowTheRunEnds() {
    Scenery elsewhere = CoderV1Scene.upgraded().databaseIdentity("systemIdentifier", "4242");
    assertThat(read(StepInfo.V1_DOWNGRADE, elsewhere))
        .contains("another database server", "x leaves it out");
  }

  @Test
  void theWayBackNamesTheVersionOfBefore() {
    assertThat(read(StepInfo.V1_DOWNGRADE, CoderV1Scene.upgraded()))
        .contains(
            "$ helm upgrade prod coder --repo https://helm.coder.com --version 1.43.1"
                + " --values /runs/helm/values-3.yaml",
            "3 of them, as before the run")
        .doesNotContain("$ helm rollback", "another database server");
    assertThat(read(StepInfo.V1_REINSTALL, CoderV1Scene.installed()))
        .contains(
            "helm uninstall prod --namespace coder --kube-context prod-eu",
            "--values /runs/helm/values-3.yaml");
  }

  private static Helm keeping(String path) {
    return Altered.of(
        CoderV1Scene.helm(), "values", Optional.of(Altered.of(Scenery.kept(3), "path", path)));
  }
}
