package dev.lockkeeper.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Checks;
import dev.lockkeeper.check.Guard.Strength;
import dev.lockkeeper.check.Verdict.Answer;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.Right.Use;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.view.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PreflightTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final Runbook RUNBOOK = RunbookFile.bundled("coder-upgrade");
  private static final String OLD_PROBE = "{\"httpGet\":{\"path\":\"/healthz\"}}";

  @Test
  void allThatPassesIsAPass() {
    PreflightReport report = report(backedUp(Scenery.of(UpgradeWorld::running)), right(Use.SCALE));
    assertThat(report.answer()).isEqualTo(Answer.PASS);
    assertThat(text(report, 200)).endsWith("\n\n✔ PASS  0 fail, 0 unknown, 27 pass");
  }

  @Test
  void oneUnknownIsUnknownAndOneFailIsAFailWhateverTheOthersAre() {
    Scenery noBackup = Scenery.of(UpgradeWorld::running);
    assertThat(report(noBackup).answer()).isEqualTo(Answer.UNKNOWN);
    assertThat(report(noBackup, right(Use.SCALE, "patch")).answer()).isEqualTo(Answer.FAIL);
  }

  @Test
  void whatIsToldOnAWideTerminal() {
    Scenery scenery = Scenery.of(UpgradeWorld::running);
    scenery.deployment("livenessProbe", Optional.of(OLD_PROBE));
    assertThat(text(report(scenery, right(Use.WATCH), right(Use.SCALE, "patch")), 160))
        .isEqualTo(
            """
            cluster   prod-eu · ns coder · deploy/coder
            database  coder/coder@pg-1.db.internal:5432
            upgrade   v2.26.6 → v2.29.3, schema 362 → 401, 39 migrations pending
            helm      not read yet; so the wizard cannot run helm upgrade here, and step 4.1 offers other ways
            release   Helm keeps no release of the chart coder in this namespace; so the wizard cannot run helm upgrade here, and step 4.1 offers other ways

            upgrade
            ✔ pass     MUST    the target is newer than what is installed, or in progress  v2.26.6 → v2.29.3, schema 401
            ✔ pass     SHOULD  the target is a release that this program lists             v2.29.3 is listed
            ✔ pass     MUST    the schema is clean and has no known problem                schema 362, not dirty
            ✔ pass     SHOULD  image, running servers and schema number agree              image v2.26.6, served v2.26.6, schema 362
            ✔ pass     SHOULD  no known issue forbids this path                            v2.26.6 → v2.29.3; 5 things to know
            ✔ pass     SHOULD  pending migrations may rewrite only small tables            up to 384 MB by estimate, most of it api_keys
            ✔ pass     SHOULD  there is room for the locks of a large transaction          480 tables and indexes; room for about 6,400 locks (max_locks_per_transaction =
                                                                                           64)
            ✔ pass     MUST    no migration is in progress                                 IDLE at 362
            ✔ pass     SHOULD  no setting of Coder's role stops a migration                nothing of the kind is set for the role coder
            ✔ pass     SHOULD  Coder's role owns what a migration alters                   all that is in Coder's schema may be altered by coder
            ✔ pass     SHOULD  nothing else changes the replica count                      no HPA, no KEDA, not managed by Argo CD or Flux
            ✔ pass     SHOULD  no build is running or pending                              0 running, 0 pending
            ? unknown  SHOULD  a backup is not older than 1 h                              no backup was named
            ✔ pass     SHOULD  no backup is running                                        no base backup, and no session of pg_dump or its like on this server
            ✔ pass     MUST    new pods can start in the place of those that serve         3 pods Ready; the last one started 3h11m ago, and none fails
            ✔ pass     MUST    editing the probe ends no migration                         IDLE at 362
            ✔ pass     MUST    the rollout is not paused                                   spec.paused is not set
            ✔ pass     SHOULD  no open transaction uses a table that a migration needs     no session stays in a transaction on them, and none is prepared
            ✔ pass     SHOULD  no pod was seen to fail with this image and these settings  none with this image and these settings

            database and pods
            ✔ pass     MUST    PostgreSQL is 13 or newer                                   version 17.11
            ✔ pass     SHOULD  the database has connections left for another pod           63 free: 34 of 100 in use, 3 reserved; a pod takes up to 11
            ✔ pass     SHOULD  the quotas allow the pods                                   the namespace has none
            ✔ pass     SHOULD  a node is large enough for such a pod                       node-1 is; what other pods use of it is not seen
            ✔ pass     SHOULD  nothing is seen that evicts pods                            no VerticalPodAutoscaler, Karpenter or cordoned node
            ✔ pass     SHOULD  no session is hidden from our database role                 coder may look into all sessions
            ✔ pass     SHOULD  our database role may end coderd's sessions                 coder may end sessions of other roles

            rights in the cluster
            ✔ pass     MUST    may get, patch deployments/scale (coder)                    allowed
            ✖ fail     MUST    may get, patch deployments/scale (coder)                    no right to patch: neither scaling down nor scaling back can be done from here

            ✖ FAIL  1 fail, 1 unknown, 26 pass
            In the wizard a MUST stops its step; a SHOULD can be waived with a typed reason.\
            """);
  }

  @Test
  void onANarrowTerminalEvidenceStandsBelowWhatDoesNotHold() {
    Scenery scenery = Scenery.of(UpgradeWorld::running);
    scenery.deployment("livenessProbe", Optional.of(OLD_PROBE));
    PreflightReport report = report(scenery, right(Use.SCALE, "patch"));
    assertThat(text(report, 80))
        .contains(
            """
            ✖ fail     MUST    may get, patch deployments/scale (coder)
                               no right to patch: neither\
            """);
    assertThat(report.lines(80)).allSatisfy(line -> assertThat(line.columns()).isLessThan(81));
  }

  /** Charts below 2.30 have it by default, and each way of the upgrade handles it. */
  @Test
  void theDefaultProbeIsNoFailureWhereTheUpgradeSoftensIt() {
    Scenery scenery = backedUp(Scenery.of(UpgradeWorld::running));
    scenery.deployment("livenessProbe", Optional.of(OLD_PROBE));
    assertThat(report(scenery, right(Use.SCALE)).answer()).isEqualTo(Answer.PASS);
  }

  @Test
  void withoutATargetNothingIsAskedAboutIt() {
    PreflightReport report = report(Scenery.of(UpgradeWorld::running).wantsNothing());
    assertThat(ids(report))
        .doesNotContain("target-is-newer", "target-is-listed", "path-is-clear", "nobody-in-the-way")
        .doesNotContain("rewrites-are-small")
        .contains("schema-is-clean");
    assertThat(text(report, 200)).contains("no target was given, so the path was not looked at");
    assertThat(report.json()).containsEntry("to", null).containsEntry("pendingMigrations", null);
  }

  private static Scenery installed(String status) {
    return Scenery.of(UpgradeWorld::running)
        .release(Scenery.revision(4, status, "2.29.3"))
        .helm(Scenery.ownHelm());
  }

  @Test
  void whatHelmNeedsIsAskedBelowItsOwnHeading() {
    assertThat(text(report(installed("pending-upgrade")), 160))
        .contains(
            """
            helm      v3.19.0 (/usr/bin/helm), charts from https://helm.coder.com/v2
            release   prod, revision 4, pending-upgrade, chart coder-2.29.3
            """)
        .containsPattern(
            "if the wizard is to run helm upgrade\n"
                + "✔ pass +MUST +helm can be run from here +helm v3.19.0 ")
        .containsPattern("✖ fail +MUST +no Helm operation is in progress +revision 4 is pending-up")
        .containsPattern("helm rollback\\s+prod 3\\s+--namespace coder --kube-context prod-eu");
  }

  @Test
  void thatThereIsNoHelmOrNoReleaseIsToldAndIsNoFailure() {
    Scenery none = backedUp(installed("deployed").helm(Observed.known(noHelm(), Scenery.NOW)));
    PreflightReport withoutHelm = report(none);
    assertThat(withoutHelm.answer()).isEqualTo(Answer.PASS);
    assertThat(ids(withoutHelm))
        .contains("release-is-known", "helm-is-settled", "image-follows-chart")
        .doesNotContain("helm-is-at-hand", "chart-is-there");
    assertThat(text(withoutHelm, 200)).contains("helm      there is none; so the wizard cannot");
    PreflightReport withoutRelease =
        report(backedUp(Scenery.of(UpgradeWorld::running).helm(Scenery.ownHelm())));
    assertThat(withoutRelease.answer()).isEqualTo(Answer.PASS);
    assertThat(ids(withoutRelease)).doesNotContain("release-is-known", "chart-is-there");
  }

  @Test
  void whyAReleaseIsNotKnownIsSaidOnce() {
    Scenery elsewhere =
        installed("deployed")
            .deployment(
                "metadata.annotations",
                Map.of(
                    "meta.helm.sh/release-name",
                    "prod",
                    "meta.helm.sh/release-namespace",
                    "other"));
    assertThat(ids(report(elsewhere)))
        .contains("release-is-known", "chart-is-there")
        .doesNotContain("helm-is-settled", "image-follows-chart", "chart-leaves-time");
  }

  @Test
  void withoutATargetNoChartIsAskedFor() {
    assertThat(ids(report(installed("deployed").wantsNothing())))
        .contains("helm-is-at-hand", "helm-is-settled")
        .doesNotContain("chart-is-there", "chart-leaves-time");
  }

  @Test
  void programsGetHelmAndReleaseInParts() {
    assertThat(report(installed("deployed")).json().get("helm"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("version", "v3.19.0")
        .containsEntry("trouble", null)
        .extractingByKey("release", InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("name", "prod")
        .containsEntry("revision", 4)
        .containsEntry("replicaCount", 3)
        .containsEntry("imageTag", null);
  }

  private static Helm noHelm() {
    return new Helm(
        new Helm.Client("there is none", "", ""),
        new Helm.Charts("x", Observed.notYet(Scenery.NOW), Optional.empty(), Optional.empty()),
        Optional.empty(),
        "",
        Optional.empty());
  }

  @Test
  void eachConditionIsAskedOnceAndAsStrictAsItsStrictestStep() {
    PreflightReport report = report(Scenery.of(UpgradeWorld::running));
    assertThat(ids(report)).doesNotHaveDuplicates();
    assertThat(strength(report, "no-migration-runs")).isEqualTo(Strength.MUST);
    assertThat(strength(report, "no-build-runs")).isEqualTo(Strength.SHOULD);
  }

  @Test
  void whatOnlyAStepBringsAboutIsNotAsked() {
    assertThat(ids(report(Scenery.of(UpgradeWorld::running))))
        .doesNotContain("image-is-target", "migration-committed", "target-is-served")
        .doesNotContain("window-is-open", "same-targets");
  }

  @Test
  void aDeniedRightSaysWhatWillBeMissing() {
    for (Use use : Use.values()) {
      PreflightReport report = report(Scenery.of(UpgradeWorld::running), right(use, "patch"));
      PreflightReport.Item item = report.items().get(report.items().size() - 1);
      assertThat(item.verdict().answer()).isEqualTo(Answer.FAIL);
      assertThat(item.verdict().evidence()).startsWith("no right to patch: ");
    }
  }

  @Test
  void aRightThatCannotBeAskedForIsUnknown() {
    Right unknown =
        new Right(
            Use.SCALE,
            List.of("patch"),
            "apps",
            "deployments/scale",
            "coder",
            Observed.unknown("no answer", Scenery.NOW));
    PreflightReport report = report(backedUp(Scenery.of(UpgradeWorld::running)), unknown);
    assertThat(report.answer()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void whateverIsSeenThereIsAnAnswerInSafeText() {
    for (Snapshot seen : Scenery.hostile()) {
      PreflightReport report = Preflight.of(seen, KNOWLEDGE, RUNBOOK, List.of());
      assertThat(report.answer()).isNotEqualTo(Answer.PASS);
      assertThat(text(report, 80)).doesNotContain("\u001b", "\u202e");
      assertThat(report.json()).containsKey("checks");
    }
  }

  /** The ids of JSON are the words of runbooks. */
  @Test
  void everyCheckIsKnownByItsWord() throws Exception {
    String document = Files.readString(Path.of("docs/RUNBOOKS.md"));
    for (Check check : Checks.ALL) {
      assertThat(document).contains("| `" + check.word() + "` |");
    }
  }

  private static Scenery backedUp(Scenery scenery) {
    return scenery
        .said("backup-id", "snap-1")
        .said("backup-time", Scenery.NOW.minusSeconds(600).toString());
  }

  private static PreflightReport report(Scenery scenery, Right... rights) {
    return Preflight.of(scenery.seen(), KNOWLEDGE, RUNBOOK, List.of(rights));
  }

  private static Right right(Use use, String... denied) {
    return new Right(
        use,
        List.of("get", "patch"),
        "apps",
        "deployments/scale",
        "coder",
        Observed.known(List.of(denied), Scenery.NOW));
  }

  private static List<String> ids(PreflightReport report) {
    return report.items().stream().map(PreflightReport.Item::id).toList();
  }

  private static Strength strength(PreflightReport report, String id) {
    return report.items().stream()
        .filter(item -> item.id().equals(id))
        .findFirst()
        .orElseThrow()
        .strength();
  }

  private static String text(PreflightReport report, int width) {
    return report.lines(width).stream()
        .map(Line::text)
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }
}
