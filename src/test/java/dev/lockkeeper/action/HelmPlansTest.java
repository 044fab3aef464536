package dev.lockkeeper.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ValuesFile;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What running helm would be. */
class HelmPlansTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();

  private static Scenery drained() {
    return Scenery.of(UpgradeWorld::drained)
        .release(Scenery.revision(3, "deployed", "2.26.6"))
        .helm(Scenery.ownHelm());
  }

  private static Plan plan(boolean migrating, Scenery seen) {
    Proposal proposal = new HelmUpgrade(migrating).propose(seen.seen(), KNOWLEDGE);
    assertThat(proposal.reason()).isEmpty();
    return proposal.plan().orElseThrow();
  }

  private static UpgradeRequest request(boolean migrating, Scenery seen) {
    return (UpgradeRequest) plan(migrating, seen).request();
  }

  private static HelmRelease borrowed() {
    return Altered.of(
        Altered.of(Scenery.revision(4, "deployed", "2.29.3"), "description", Scenery.lent(3, 3)),
        "values",
        new HelmRelease.Values(Optional.of(1), Optional.empty(), Map.of(), List.of()));
  }

  @Test
  void theMigrationTakesOneReplicaAndTheValuesAsTheyAre() {
    Plan plan = plan(true, drained());
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.request().command())
        .isEqualTo(
            "(umask 077 && helm get values prod --revision 3 --output yaml --namespace coder"
                + " --kube-context prod-eu > values.yaml) && helm upgrade prod coder"
                + " --repo https://helm.coder.com/v2 --version 2.29.3 --reset-values"
                + " --values values.yaml --set coder.replicaCount=1,coder.livenessProbe.initialDelaySeconds=3600 --description"
                + " 'lockkeeper: values of revision 3, coder.replicaCount 3 for the time of the migration'"
                + " --namespace coder --kube-context prod-eu");
    assertThat(String.join("\n", plan.effects())).contains("39 migrations", "your values say 3");
  }

  @Test
  void theProbeOfTheChartIsKeptAwayWhereTheChartHasAValueForIt() {
    assertThat(relief("v2.24.2", Map.of())).isEmpty();
    assertThat(relief("v2.29.3", Map.of())).contains("initialDelaySeconds=3600");
    assertThat(relief("v2.30.1", Map.of())).isEmpty();
    assertThat(relief("v2.30.1", Map.of("enabled", "true"))).contains("enabled=false");
    assertThat(request(false, drained()).values().livenessProbe()).isEmpty();
  }

  private static Optional<String> relief(String target, Map<String, String> probe) {
    HelmRelease release =
        Altered.of(
            Scenery.revision(3, "deployed", "2.24.0"),
            "values",
            new HelmRelease.Values(Optional.of(3), Optional.empty(), probe, List.of()));
    Scenery seen = drained().release(release).recalls(RunFacts.TARGET, target);
    return request(true, seen).values().livenessProbe();
  }

  @Test
  void helmNeitherWaitsNorRollsBackByItself() {
    assertThat(request(true, drained()).arguments("v"))
        .doesNotContain("--wait", "--atomic", "--rollback-on-failure", "--force-conflicts");
  }

  @Test
  void afterwardsTheOperatorsOwnValuesAreTakenFromTheRevisionThatHasThem() {
    Scenery seen =
        Scenery.of(now -> UpgradeWorld.upgraded(now, 1))
            .release(borrowed())
            .helm(Scenery.ownHelm());
    UpgradeRequest request = request(false, seen);
    assertThat(request.values().revision()).isEqualTo(3);
    assertThat(request.place().revision()).isEqualTo(4);
    assertThat(request.to()).isEqualTo(3);
    assertThat(request.arguments("v")).doesNotContain("--set", "--description");
  }

  @Test
  void aSecondTryAfterAFailureStillTakesTheValuesOfBefore() {
    Scenery failed =
        drained()
            .release(Scenery.revision(4, "failed", "2.29.3"))
            .recalls(RunFacts.HELM_REVISION, "3")
            .recalls(RunFacts.HELM_REPLICAS, "3");
    assertThat(request(true, failed).values().revision()).isEqualTo(3);
    assertThat(request(true, failed).ownReplicas()).contains(3);
  }

  @Test
  void aSecondTryAfterAFailureKeepsTheProbeAwayEvenWhereTheFailedOneHadNone() {
    HelmRelease failed =
        Altered.of(
            Scenery.revision(4, "failed", "2.30.1"),
            "values",
            values(Map.of("coder", Map.of("livenessProbe", Map.of("enabled", false)))));
    HelmRelease.Before own =
        Scenery.before(
            3,
            "2.26.6",
            values(
                Map.of(
                    "coder", Map.of("replicaCount", 3, "livenessProbe", Map.of("enabled", true)))));
    Scenery seen =
        drained().release(failed.after(Optional.of(own))).recalls(RunFacts.TARGET, "v2.30.1");
    assertThat(request(true, seen).values().livenessProbe()).contains("enabled=false");
    assertThat(request(true, seen).values().revision()).isEqualTo(3);
  }

  @Test
  void aFailureAfterABorrowedRevisionTakesTheValuesThatWereBorrowedOf() {
    HelmRelease failed =
        Scenery.revision(5, "failed", "2.29.3").after(Optional.of(lending(lent(3), "2.29.3")));
    UpgradeRequest request = request(false, drained().release(failed));
    assertThat(request.values().revision()).isEqualTo(3);
    assertThat(request.to()).as("and not the one of the migration").isEqualTo(3);
  }

  @Test
  void aCopyOfABorrowedRevisionIsNobodysOwn() {
    HelmRelease back =
        Altered.of(Altered.of(borrowed(), "description", "Rollback to 4"), "revision", 6);
    Scenery known = drained().release(back.after(Optional.of(lending(lent(3), "2.29.3"))));
    assertThat(request(false, known).values().revision()).isEqualTo(3);
    assertThat(request(false, known).ownReplicas()).contains(3);
    Scenery remembered =
        drained()
            .release(back)
            .recalls(RunFacts.HELM_REVISION, "3")
            .recalls(RunFacts.HELM_REPLICAS, "2");
    assertThat(request(false, remembered).values().revision()).isEqualTo(3);
    assertThat(request(false, remembered).ownReplicas()).contains(2);
  }

  @Test
  void aCopyOfWhatTheOperatorWantedIsAsGoodAsThat() {
    HelmRelease back =
        Altered.of(Scenery.revision(6, "deployed", "2.26.6"), "description", "Rollback to 3");
    Scenery seen =
        drained()
            .release(back.after(Optional.of(Scenery.before(3, "2.26.6", HelmRelease.Values.NONE))));
    assertThat(request(true, seen).values().revision()).isEqualTo(6);
  }

  @Test
  void whatWasBorrowedOfAFileNeedsThatFile() {
    HelmRelease.Lent file = HelmRelease.Lent.of(named(), 3);
    HelmRelease lent = Altered.of(borrowed(), "description", file.note());
    Scenery without = drained().release(lent);
    assertThat(new HelmUpgrade(false).propose(without.seen(), KNOWLEDGE).reason())
        .contains("from a file with the digest c0ffeec0ffee")
        .endsWith("name it with --values");
    UpgradeRequest request = request(false, without.helm(with(named())));
    assertThat(request.file()).map(UpgradeRequest.Given::path).contains("/home/me/values.yaml");
    assertThat(request.to()).isEqualTo(3);
    Scenery another = without.helm(with(Altered.of(named(), "sha256", "0".repeat(64))));
    assertThat(new HelmUpgrade(false).propose(another.seen(), KNOWLEDGE).plan()).isEmpty();
    Scenery failed =
        drained()
            .release(
                Scenery.revision(5, "failed", "2.29.3")
                    .after(Optional.of(lending(file, "2.29.3"))));
    assertThat(new HelmUpgrade(true).propose(failed.seen(), KNOWLEDGE).reason())
        .contains("from a file with the digest c0ffeec0ffee");
  }

  @Test
  void aFileStandsInPlaceOfTheRevision() {
    Scenery seen = drained().helm(with(named()));
    Plan plan = plan(true, seen);
    UpgradeRequest request = (UpgradeRequest) plan.request();
    assertThat(request.valuesArguments()).isEmpty();
    assertThat(request.command())
        .startsWith("helm upgrade prod coder")
        .contains("--values /home/me/values.yaml --set coder.replicaCount=1")
        .contains("'lockkeeper: values of file c0ffeec0ffee, coder.replicaCount 3 for the time")
        .doesNotContain("get values");
    assertThat(plan.effects()).contains("the values are those of your file /home/me/values.yaml");
    assertThat(request.identity())
        .containsEntry("values-sha256", named().sha256())
        .containsEntry("values-revision", "");
  }

  @Test
  void anotherContentOfTheFileIsAnotherRequest() {
    Plan confirmed = plan(true, drained().helm(with(named())));
    Plan now = plan(true, drained().helm(with(Altered.of(named(), "sha256", "0".repeat(64)))));
    assertThat(confirmed.covers(now)).isFalse();
  }

  @Test
  void aBrokenFileIsNotPassedOver() {
    Scenery seen = drained().helm(with(Altered.of(named(), "trouble", "line 3, column 9: no")));
    assertThat(new HelmUpgrade(true).propose(seen.seen(), KNOWLEDGE).reason())
        .isEqualTo("values.yaml: line 3, column 9: no");
  }

  @Test
  void theOwnFileIsGivenBackAsItIs() {
    assertThat(request(false, drained().helm(with(named()))).arguments("/v"))
        .contains("--values", "/v")
        .doesNotContain("--set", "--description");
  }

  private static HelmRelease.Values values(Map<?, ?> config) {
    return HelmRelease.Values.of(config);
  }

  private static HelmRelease.Lent lent(int revision) {
    return HelmRelease.Lent.of(revision, 3);
  }

  /** The borrowed revision, from behind. */
  private static HelmRelease.Before lending(HelmRelease.Lent lent, String version) {
    return new HelmRelease.Before(
        4, version, values(Map.of("coder", Map.of("replicaCount", 1))), false, Optional.of(lent));
  }

  /** A file that the operator named. */
  private static ValuesFile named() {
    return new ValuesFile(
        "/home/me/values.yaml",
        Optional.empty(),
        true,
        Scenery.kept(3).sha256(),
        "",
        values(Map.of("coder", Map.of("replicaCount", 3))));
  }

  private static Helm with(ValuesFile file) {
    return Altered.of(Scenery.ownHelm(), "values", Optional.of(file));
  }

  @Test
  void helmFourIsToldToTakeBackFieldsOnlyWhereItAppliesOnTheServersSide() {
    HelmRelease applied = Altered.of(Scenery.revision(3, "deployed", "2.26.6"), "serverSide", true);
    Scenery four =
        drained().release(applied).helm(Altered.of(Scenery.ownHelm(), "version", "v4.0.1"));
    assertThat(request(true, four).arguments("v")).contains("--force-conflicts");
    assertThat(request(true, drained().release(applied)).arguments("v"))
        .doesNotContain("--force-conflicts");
  }

  @Test
  void anotherRevisionIsAnotherRequest() {
    Plan confirmed = plan(true, drained());
    Plan now = plan(true, drained().release(Scenery.revision(4, "deployed", "2.26.6")));
    assertThat(confirmed.covers(now)).isFalse();
  }

  @Test
  void nothingIsProposedWhereReleaseOrProgramAreNotKnown() {
    Scenery none = Scenery.of(UpgradeWorld::drained).helm(Scenery.ownHelm());
    assertThat(new HelmUpgrade(true).propose(none.seen(), KNOWLEDGE).reason())
        .contains("no release of the chart coder");
    Scenery unable = drained().helm(Altered.of(Scenery.ownHelm(), "trouble", "no helm here"));
    assertThat(new HelmUpgrade(true).propose(unable.seen(), KNOWLEDGE).reason())
        .contains("no helm here");
  }

  @Test
  void whatHelmBorrowsIsOwedFromTheIntentionOn() {
    Entry started = Entry.started(Scenery.NOW, "coder-upgrade", Map.of());
    Entry intended = Entry.intended(Scenery.NOW, "4.2h", request(true, drained()));
    Progress progress = Progress.of(List.of(started, intended), Scenery.NOW);
    assertThat(progress.debts())
        .extracting(Debt::word, Debt::from)
        .contains(tuple(RunFacts.HELM_REPLICAS, "3"));
    assertThat(progress.facts().recalled(RunFacts.HELM_REVISION)).contains("3");
  }

  @Test
  void aReleaseThatHasOneReplicaOwesNothingUnlessTheProbeIsBorrowedToo() {
    HelmRelease single =
        Altered.of(
            Scenery.revision(3, "deployed", "2.26.6"),
            "values",
            new HelmRelease.Values(Optional.empty(), Optional.empty(), Map.of(), List.of()));
    Scenery seen = drained().release(single);
    assertThat(owed(seen.recalls(RunFacts.TARGET, "v2.30.1"))).isEmpty();
    assertThat(owed(seen.recalls(RunFacts.TARGET, "v2.29.3"))).isPresent();
  }

  private static Optional<Debt> owed(Scenery seen) {
    Entry intended = Entry.intended(Scenery.NOW, "4.2h", request(true, seen));
    return Progress.of(List.of(intended), Scenery.NOW).debt(RunFacts.HELM_REPLICAS);
  }
}
