package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.at;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.helm.ChartIsThere;
import dev.lockkeeper.check.helm.ChartLeavesTime;
import dev.lockkeeper.check.helm.HelmCanUpgrade;
import dev.lockkeeper.check.helm.HelmHasUpgraded;
import dev.lockkeeper.check.helm.HelmIsAtHand;
import dev.lockkeeper.check.helm.HelmIsSettled;
import dev.lockkeeper.check.helm.HelmKnowsWhatRuns;
import dev.lockkeeper.check.helm.HelmValuesAreBack;
import dev.lockkeeper.check.helm.ImageFollowsChart;
import dev.lockkeeper.check.helm.ReleaseIsKnown;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Surroundings;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Helm release, and what there is to run Helm with. */
final class RowsOfHelm {
  private RowsOfHelm() {}

  static List<Row> all() {
    return Stream.of(program(), release(), chart(), known(), upgraded(), beforehand())
        .flatMap(List::stream)
        .toList();
  }

  /** Asked while Coder still serves: each thing by itself, and what cannot be asked is unknown. */
  private static List<Row> beforehand() {
    Check can = new HelmCanUpgrade();
    HelmRelease deployed = Scenery.revision(3, "deployed", "2.26.6");
    return List.of(
        row(can, "nothing is missing", kept(deployed), PASS, "no right is missing"),
        row(can, "Helm has nothing to do with it", running(), PASS, "does not keep"),
        row(
            can,
            "another way was chosen",
            allowed(kept(deployed), List.of("patch")).chose("way", "wizard"),
            PASS,
            "another way"),
        row(
            can,
            "a right to what the chart made is missing",
            allowed(kept(deployed), List.of("patch")),
            FAIL,
            "no right to patch roles (coder)"),
        row(
            can,
            "the same where helm is the way",
            allowed(kept(deployed), List.of("patch")).chose("way", "helm"),
            FAIL,
            "no right to patch roles (coder)"),
        row(
            can,
            "a right cannot be asked for",
            rights(
                kept(deployed), Observed.known(List.of(right(Observed.unknown("503", NOW))), NOW)),
            UNKNOWN,
            "503"),
        row(
            can,
            "nobody asked yet",
            rights(kept(deployed), Observed.notYet(NOW)),
            UNKNOWN,
            "not read yet"),
        row(
            can,
            "it was asked too long ago",
            rights(kept(deployed), Observed.known(List.of(), NOW.minusSeconds(61))),
            UNKNOWN,
            "too long ago"),
        row(
            can,
            "the chart is not there",
            kept(deployed).helm(chart(Optional.empty())),
            FAIL,
            "no chart coder"),
        row(
            can,
            "there is no helm",
            kept(deployed).helm(helm("trouble", "no helm")),
            FAIL,
            "no helm"),
        row(
            can,
            "secrets may not be read",
            kept(deployed).releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"));
  }

  private static Scenery kept(HelmRelease release) {
    return running().release(release).helm(Scenery.ownHelm());
  }

  private static Scenery allowed(Scenery scenery, List<String> denied) {
    return rights(scenery, Observed.known(List.of(right(Observed.known(denied, NOW))), NOW));
  }

  private static Right right(Observed<List<String>> denied) {
    return new Right(
        Right.Use.RUN_HELM,
        List.of("get", "patch"),
        "rbac.authorization.k8s.io",
        "roles",
        "coder",
        denied);
  }

  private static Scenery rights(Scenery scenery, Observed<List<Right>> rights) {
    return scenery.cluster("around", Altered.of(Surroundings.notYet(NOW), "helm", rights));
  }

  private static List<Row> program() {
    Check hand = new HelmIsAtHand();
    Check chart = new ChartIsThere();
    return List.of(
        row(hand, "there is one", drained().helm(Scenery.ownHelm()), PASS, "v3.19.0"),
        row(hand, "there is none", drained().helm(helm("trouble", "no helm")), FAIL, "no helm"),
        row(hand, "nobody looked yet", drained(), UNKNOWN, "not read yet"),
        row(chart, "it is there", drained().helm(Scenery.ownHelm()), PASS, "coder-2.29.3"),
        row(
            chart,
            "it is not",
            drained().helm(chart(Optional.empty())),
            FAIL,
            "https://helm.coder.com/v2 has no chart coder of v2.29.3: another --helm-repository"),
        row(
            chart,
            "it is not, but an older one",
            drained()
                .helm(Altered.of(chart(Optional.empty()), "newestChart", Optional.of("2.28.1"))),
            FAIL,
            "no chart coder of v2.29.3, its newest is 2.28.1"),
        row(
            chart,
            "it is another one",
            drained().helm(chart(Optional.of("2.29.2"))),
            FAIL,
            "coder-2.29.2"),
        row(
            chart,
            "the repository is that of v1",
            drained().helm(helm("repository", "https://helm.coder.com")),
            FAIL,
            "Coder v1"),
        row(
            chart,
            "the repository does not answer",
            drained().helm(helm("chart", Observed.unknown("no route", NOW))),
            UNKNOWN,
            "no route"));
  }

  private static List<Row> release() {
    Check known = new ReleaseIsKnown();
    Check settled = new HelmIsSettled();
    Check follows = new ImageFollowsChart();
    HelmRelease deployed = Scenery.revision(3, "deployed", "2.26.6");
    HelmRelease other = Altered.of(deployed, "name", "other");
    return List.of(
        row(
            known,
            "the deployment names it",
            drained().release(deployed),
            PASS,
            "prod, revision 3"),
        row(known, "Helm keeps none", drained().releases(all(List.of())), FAIL, "no release"),
        row(
            known,
            "the deployment names none",
            drained().releases(all(List.of(deployed))),
            FAIL,
            "does not say"),
        row(
            known,
            "there are two",
            drained().releases(all(List.of(deployed, other))),
            FAIL,
            "several releases"),
        row(
            known,
            "it is of another chart",
            drained().release(Altered.of(deployed, "chart.name", "coder-provisioner")),
            FAIL,
            "coder-provisioner"),
        row(
            known,
            "Helm keeps it in another namespace",
            drained().release(deployed).deployment("metadata.annotations", noted("elsewhere")),
            FAIL,
            "the release prod in namespace elsewhere and not in coder"),
        row(
            known,
            "Helm keeps it in no Secret",
            drained().releases(all(List.of())).deployment("metadata.annotations", noted("coder")),
            FAIL,
            "HELM_DRIVER=configmap"),
        row(
            known,
            "secrets may not be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(
            settled,
            "secrets may not be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(
            follows,
            "secrets may not be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(settled, "it is deployed", drained().release(deployed), PASS, "revision 3 is deployed"),
        row(
            settled,
            "the releases cannot be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(
            settled,
            "the last one failed",
            drained().release(Scenery.revision(4, "failed", "2.29.3")),
            PASS,
            "revision 4 is failed"),
        row(
            settled,
            "it is pending",
            running().release(Scenery.revision(4, "pending-upgrade", "2.29.3")),
            FAIL,
            "by hand, once no helm runs any more: helm rollback prod 3 --namespace coder"
                + " --kube-context prod-eu"),
        row(
            settled,
            "it is pending and everything is scaled down",
            drained().release(Scenery.revision(4, "pending-upgrade", "2.29.3")),
            FAIL,
            "kubectl --context prod-eu -n coder delete secret/sh.helm.release.v1.prod.v4; helm"
                + " rollback would bring"),
        row(
            settled,
            "it is pending and the schema is migrated",
            at(running().release(Scenery.revision(4, "pending-upgrade", "2.29.3")), 401, false),
            FAIL,
            "kubectl --context prod-eu -n coder delete secret/sh.helm.release.v1.prod.v4; helm"
                + " rollback would bring"),
        row(
            settled,
            "it is pending and the chart's version says nothing",
            running().release(Scenery.revision(4, "pending-upgrade", "9")),
            FAIL,
            "kubectl --context prod-eu -n coder delete secret/sh.helm.release.v1.prod.v4"),
        row(
            settled,
            "its first installation is pending",
            drained()
                .release(
                    Altered.of(
                        Scenery.revision(1, "pending-install", "2.29.3"), "history", List.of())),
            FAIL,
            "no earlier revision was ever deployed"),
        row(
            settled,
            "our own helm runs",
            drained().release(deployed).helm(Scenery.ownHelm(run(HelmRun.State.RUNNING, 0))),
            FAIL,
            "helm has run for"),
        row(follows, "no tag is set", drained().release(deployed), PASS, "not set"),
        row(
            follows,
            "the releases cannot be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(follows, "the old tag is set", drained().release(pinned("v2.26.6")), FAIL, "v2.26.6"),
        row(follows, "a moving tag is set", drained().release(pinned("latest")), FAIL, "latest"),
        row(follows, "the target is set", drained().release(pinned("v2.29.3")), PASS, "v2.29.3"));
  }

  private static List<Row> chart() {
    Check time = new ChartLeavesTime();
    HelmRelease old = Scenery.revision(3, "deployed", "2.24.0");
    return List.of(
        row(
            time,
            "it delays it",
            drained().release(old).recalls(RunFacts.TARGET, "v2.29.3"),
            PASS,
            "--set coder.livenessProbe.initialDelaySeconds=3600"),
        row(
            time,
            "it has none",
            drained().release(old).recalls(RunFacts.TARGET, "v2.30.1"),
            PASS,
            "no liveness probe"),
        row(
            time,
            "it always has one",
            drained().release(old).recalls(RunFacts.TARGET, "v2.24.2"),
            FAIL,
            "about 90 s"),
        row(
            time,
            "the releases cannot be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"));
  }

  /** What is seen goes before what is said. */
  private static List<Row> known() {
    Check knows = new HelmKnowsWhatRuns();
    HelmRelease there = Scenery.revision(4, "deployed", "2.29.3");
    Observed<List<HelmRelease>> hidden = Observed.unknown("may not list secrets", NOW);
    Observed<List<HelmRelease>> none = Observed.known(List.of(), NOW);
    return List.of(
        row(knows, "Helm says the same", ran().release(there), PASS, "says"),
        row(
            knows,
            "Helm says an older one",
            ran().release(Scenery.revision(3, "deployed", "2.26.6")),
            FAIL,
            "2.26.6, and the deployment names v2.29.3"),
        row(
            knows,
            "somebody says another than Helm",
            ran()
                .release(Scenery.revision(3, "deployed", "2.26.6"))
                .said("told-version", "v2.29.3"),
            FAIL,
            "2.26.6, and the deployment names v2.29.3"),
        row(
            knows,
            "the revision failed",
            ran().release(Scenery.revision(4, "failed", "2.29.3")),
            FAIL,
            "is failed"),
        row(knows, "nobody may look", ran().releases(hidden), UNKNOWN, "may not list"),
        row(knows, "no Helm and nothing said", ran().releases(none), UNKNOWN, "no Helm release"),
        row(
            knows,
            "nobody may look, and it is said",
            ran().releases(hidden).said("told-version", "v2.29.3"),
            PASS,
            "you said v2.29.3"),
        row(
            knows,
            "what is said is not what runs",
            ran().releases(none).said("told-version", "v2.26.6"),
            FAIL,
            "you said v2.26.6, and the deployment names v2.29.3"));
  }

  private static Scenery ran() {
    return Scenery.of(UpgradeWorld::running).deployment("image", "ghcr.io/coder/coder:v2.29.3");
  }

  private static List<Row> upgraded() {
    Check upgraded = new HelmHasUpgraded();
    Check back = new HelmValuesAreBack();
    HelmRelease there = Scenery.revision(4, "deployed", "2.29.3");
    return List.of(
        row(upgraded, "the target is deployed", drained().release(there), PASS, "coder-2.29.3"),
        row(
            upgraded,
            "the releases cannot be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(
            upgraded,
            "the target's chart, with another image",
            drained().release(tagged(there, "v2.26.6")),
            FAIL,
            "coder.image.tag v2.26.6"),
        row(
            upgraded,
            "the target's chart, with its image",
            drained().release(tagged(there, "v2.29.3")),
            PASS,
            "coder-2.29.3"),
        row(
            upgraded,
            "the old one is deployed",
            drained().release(Scenery.revision(3, "deployed", "2.26.6")),
            FAIL,
            "coder-2.26.6"),
        row(
            upgraded,
            "the target failed",
            drained()
                .release(Scenery.revision(4, "failed", "2.29.3"))
                .helm(Scenery.ownHelm(run(HelmRun.State.ENDED, 1))),
            FAIL,
            "helm ended with status 1 (run 1): Error: no"),
        row(
            upgraded,
            "helm still works",
            drained().release(there).helm(Scenery.ownHelm(run(HelmRun.State.RUNNING, 0))),
            FAIL,
            "helm has run for"),
        row(
            upgraded,
            "helm vanished and the release says it is done",
            drained().release(there).helm(Scenery.ownHelm(run(HelmRun.State.VANISHED, 0))),
            PASS,
            "revision 4, deployed"),
        row(
            upgraded,
            "secrets may not be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(
            back,
            "secrets may not be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(
            back,
            "the releases cannot be read",
            drained().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"),
        row(
            back,
            "they are",
            drained().release(there).recalls(RunFacts.HELM_REPLICAS, "3"),
            PASS,
            "coder.replicaCount 3"),
        row(
            back,
            "they are borrowed",
            drained().release(RowsOfReleases.borrowed()),
            FAIL,
            "for the time of the migration"),
        row(
            back,
            "they are others",
            drained().release(there).recalls(RunFacts.HELM_REPLICAS, "5"),
            FAIL,
            "coder.replicaCount 3"));
  }

  private static Map<String, String> noted(String namespace) {
    return Map.of("meta.helm.sh/release-name", "prod", "meta.helm.sh/release-namespace", namespace);
  }

  private static HelmRelease pinned(String tag) {
    return tagged(Scenery.revision(3, "deployed", "2.26.6"), tag);
  }

  private static HelmRelease tagged(HelmRelease release, String tag) {
    return Altered.of(
        release,
        "values",
        new HelmRelease.Values(Optional.of(3), Optional.of(tag), Map.of(), List.of()));
  }

  private static Helm helm(String component, Object value) {
    return Altered.of(Scenery.ownHelm(), component, value);
  }

  private static Helm chart(Optional<String> version) {
    return helm("chart", Observed.known(version, NOW));
  }

  private static Observed<List<HelmRelease>> all(List<HelmRelease> releases) {
    return Observed.known(releases, NOW);
  }

  static HelmRun run(HelmRun.State state, int status) {
    boolean ended = state == HelmRun.State.ENDED;
    return new HelmRun(
        "1",
        "d",
        state,
        ended ? Optional.of(status) : Optional.empty(),
        4711,
        NOW.minusSeconds(9),
        ended ? Optional.of(NOW) : Optional.empty(),
        List.of("Error: no"));
  }
}
