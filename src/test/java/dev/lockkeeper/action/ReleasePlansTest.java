package dev.lockkeeper.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ValuesFile;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.CoderV1Scene;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is done with a release besides upgrading it. */
class ReleasePlansTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();

  private static Scenery deployed() {
    return Scenery.of(UpgradeWorld::running)
        .release(Scenery.revision(3, "deployed", "2.26.6"))
        .helm(without(Scenery.ownHelm()));
  }

  private static Scenery hanging() {
    return Scenery.of(UpgradeWorld::running).release(pending(false)).helm(Scenery.ownHelm());
  }

  private static HelmRelease pending(boolean applied) {
    HelmRelease.Before before =
        new HelmRelease.Before(3, "2.26.6", HelmRelease.Values.NONE, applied, Optional.empty());
    return Scenery.revision(4, "pending-upgrade", "2.29.3").after(Optional.of(before));
  }

  private static Helm without(Helm helm) {
    return Altered.of(helm, "values", Optional.empty());
  }

  private static Plan plan(Action action, Scenery seen) {
    Proposal proposal = action.propose(seen.seen(), KNOWLEDGE);
    assertThat(proposal.reason()).isEmpty();
    return proposal.plan().orElseThrow();
  }

  private static String none(Action action, Scenery seen) {
    Proposal proposal = action.propose(seen.seen(), KNOWLEDGE);
    assertThat(proposal.plan()).isEmpty();
    return proposal.reason();
  }

  @Test
  void theValuesAreKeptWhereNothingIsYet() {
    Plan plan = plan(new KeepValues(), deployed());
    assertThat(plan.risk()).isEqualTo(Risk.SAFE);
    assertThat(plan.request())
        .isEqualTo(
            new ValuesRequest(
                new HelmRequest.Place(Contexts.in("coder"), "prod", 3),
                3,
                "/runs/helm/values-3.yaml"));
    assertThat(plan.request().command())
        .isEqualTo(
            "(umask 077 && helm get values prod --revision 3 --output yaml --namespace coder"
                + " --kube-context prod-eu > /runs/helm/values-3.yaml)");
    assertThat(plan.undo()).isEqualTo("rm /runs/helm/values-3.yaml");
  }

  @Test
  void aFolderWithSpacesIsQuoted() {
    Helm helm = Altered.of(without(Scenery.ownHelm()), "folder", "/my runs");
    Plan plan = plan(new KeepValues(), deployed().helm(helm));
    assertThat(plan.request().command()).endsWith("> '/my runs/values-3.yaml')");
    assertThat(plan.undo()).isEqualTo("rm '/my runs/values-3.yaml'");
  }

  @Test
  void ofABorrowedRevisionTheOwnersValuesAreKept() {
    HelmRelease lent =
        Altered.of(Scenery.revision(4, "deployed", "2.29.3"), "description", Scenery.lent(3, 3));
    ValuesRequest request =
        (ValuesRequest) plan(new KeepValues(), deployed().release(lent)).request();
    assertThat(request.revision()).isEqualTo(3);
    assertThat(request.place().revision()).isEqualTo(4);
    assertThat(request.file()).isEqualTo("/runs/helm/values-3.yaml");
  }

  @Test
  void nothingIsKeptWhereAFileIsEditedOrNamed() {
    ValuesFile edited = Altered.of(Scenery.kept(3), "edited", true);
    assertThat(none(new KeepValues(), with(deployed(), edited)))
        .isEqualTo("your values are in /runs/helm/values-3.yaml");
    ValuesFile named = Altered.of(Altered.of(edited, "revision", Optional.empty()), "path", "/v");
    assertThat(none(new KeepValues(), with(deployed(), named))).isEqualTo("your values are in /v");
    assertThat(none(new KeepValues(), with(deployed(), Altered.of(named, "trouble", "line 1: no"))))
        .isEqualTo("v: line 1: no");
  }

  @Test
  void aNewerRevisionIsKeptBesideTheOldCopy() {
    Scenery seen =
        with(deployed().release(Scenery.revision(4, "deployed", "2.26.6")), Scenery.kept(3));
    ValuesRequest request = (ValuesRequest) plan(new KeepValues(), seen).request();
    assertThat(request.file()).isEqualTo("/runs/helm/values-4.yaml");
  }

  private static Scenery with(Scenery seen, ValuesFile file) {
    return seen.helm(Altered.of(Scenery.ownHelm(), "values", Optional.of(file)));
  }

  @Test
  void aRevisionThatHangsIsForgottenAsItWasSeen() {
    Plan plan = plan(new ForgetRevision(), hanging());
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.request().command())
        .isEqualTo("kubectl --context prod-eu -n coder delete secret/sh.helm.release.v1.prod.v4");
    assertThat(plan.request().identity())
        .containsEntry("uid", "uid-4")
        .containsEntry("resource-version", "7");
    assertThat(String.join("\n", plan.effects()))
        .contains("nothing that runs is touched", "the next upgrade starts from revision 3");
  }

  @Test
  void forgettingNeedsNoHelm() {
    Helm none = Altered.of(Scenery.ownHelm(), "trouble", "no helm here");
    assertThat(plan(new ForgetRevision(), hanging().helm(none)).request())
        .isInstanceOf(ForgetRequest.class);
  }

  @Test
  void onlyWhatHangsIsForgotten() {
    assertThat(none(new ForgetRevision(), deployed())).isEqualTo("revision 3 is deployed");
    assertThat(
            none(new ForgetRevision(), deployed().release(Scenery.revision(4, "failed", "2.29.3"))))
        .isEqualTo("revision 4 is failed");
    HelmRelease first =
        Altered.of(Scenery.revision(1, "pending-install", "2.29.3"), "history", List.of());
    assertThat(none(new ForgetRevision(), deployed().release(first)))
        .contains("no revision would be left");
  }

  @Test
  void aRevisionThatWasWrittenSinceIsAnotherRequest() {
    Plan confirmed = plan(new ForgetRevision(), hanging());
    HelmRelease written =
        Altered.of(
            pending(false),
            "record",
            new HelmRelease.Secret("sh.helm.release.v1.prod.v4", "uid-4", "8"));
    assertThat(confirmed.covers(plan(new ForgetRevision(), hanging().release(written)))).isFalse();
  }

  @Test
  void aRollbackGoesToTheLastThatWentThrough() {
    Plan plan = plan(new RollBackRelease(), hanging());
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.request().command())
        .isEqualTo("helm rollback prod 3 --namespace coder --kube-context prod-eu");
    assertThat(plan.effects())
        .contains(
            "all objects of the chart are as in revision 3 again: image 2.26.6, 1 replica, its"
                + " probes");
  }

  /** Helm 4 goes by how the revision was applied that comes back, and not by the newest one. */
  @Test
  void aRollbackTakesFieldsBackOnlyWhereItsTargetWasAppliedOnTheServersSide() {
    assertThat(forced("v4.0.1", false, true)).isTrue();
    assertThat(forced("v4.0.1", true, false)).isFalse();
    assertThat(forced("v3.19.0", true, true)).isFalse();
  }

  private static boolean forced(String version, boolean newest, boolean target) {
    Scenery seen =
        hanging()
            .release(Altered.of(pending(target), "serverSide", newest))
            .helm(Altered.of(Scenery.ownHelm(), "version", version));
    RollbackRequest request = (RollbackRequest) plan(new RollBackRelease(), seen).request();
    assertThat(request.arguments("").contains("--force-conflicts"))
        .isEqualTo(request.forceConflicts());
    return request.forceConflicts();
  }

  @Test
  void nothingIsRolledBackThatIsDeployedOrByAHelmThatCannot() {
    assertThat(none(new RollBackRelease(), deployed())).isEqualTo("revision 3 is deployed");
    Helm bundled = Altered.of(Scenery.ownHelm(), "program", Helm.BUNDLED);
    assertThat(none(new RollBackRelease(), hanging().helm(bundled)))
        .contains("put a helm into PATH");
  }

  @Test
  void uninstallingNeedsAUsableFileOfItsValues() {
    Scenery seen = CoderV1Scene.installed();
    assertThat(none(new UninstallRelease(), seen.helm(without(CoderV1Scene.helm()))))
        .isEqualTo("its values are in no file yet, and would be gone with the release");
    ValuesFile broken = Altered.of(Scenery.kept(3), "trouble", "line 1: no");
    assertThat(
            none(
                new UninstallRelease(),
                seen.helm(Altered.of(CoderV1Scene.helm(), "values", Optional.of(broken)))))
        .contains("in no file");
    Plan plan = plan(new UninstallRelease(), CoderV1Scene.installed());
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.request().command())
        .isEqualTo("helm uninstall prod --namespace coder --kube-context prod-eu");
    assertThat(plan.effects())
        .first()
        .asString()
        .isEqualTo("2 objects gone, and nobody can use Coder: Deployment coder, Service coder");
    assertThat(plan.undo()).contains("/runs/helm/values-3.yaml");
  }

  @Test
  void aDatabaseOfTheChartItselfGoesWithIt() {
    HelmRelease release =
        Altered.of(
            CoderV1Scene.revision(3, "deployed", CoderV1Scene.OLD),
            "objects",
            List.of("Deployment coderd", "StatefulSet timescale"));
    assertThat(plan(new UninstallRelease(), CoderV1Scene.installed().release(release)).effects())
        .contains(
            "StatefulSet timescale goes too: if your database is there, only the snapshot brings it"
                + " back")
        .noneMatch(effect -> effect.contains("not touched"));
    assertThat(plan(new UninstallRelease(), CoderV1Scene.installed()).effects())
        .contains("the database is no part of this release, and is not touched");
  }

  @Test
  void onlyWhatThisRunUninstalledIsInstalledAgain() {
    assertThat(none(new InstallAgain(), CoderV1Scene.gone().helm(CoderV1Scene.helm())))
        .isEqualTo("this run has uninstalled nothing");
    Plan plan = plan(new InstallAgain(), uninstalled());
    UpgradeRequest request = (UpgradeRequest) plan.request();
    assertThat(request.installs()).isTrue();
    assertThat(request.command())
        .isEqualTo(
            "helm upgrade prod --install coder --repo https://helm.coder.com --version 1.44.3"
                + " --reset-values --values /runs/helm/values-3.yaml --namespace coder"
                + " --kube-context prod-eu");
    assertThat(request.seen()).isEqualTo(HelmRequest.Seen.none("coderd"));
    assertThat(request.undo()).startsWith("helm uninstall prod ");
  }

  @Test
  void nothingIsInstalledWithoutTheValues() {
    assertThat(none(new InstallAgain(), uninstalled().helm(without(CoderV1Scene.helm()))))
        .contains("the file with the values is not there");
    assertThat(none(new InstallAgain(), uninstalled().helm(Observed.notYet(Scenery.NOW))))
        .contains("helm cannot be run from here");
  }

  private static Scenery uninstalled() {
    return CoderV1Scene.gone()
        .helm(CoderV1Scene.helm())
        .recalls(RunFacts.HELM_RELEASE, "prod")
        .recalls(RunFacts.HELM_DEPLOYMENT, "coderd");
  }
}
