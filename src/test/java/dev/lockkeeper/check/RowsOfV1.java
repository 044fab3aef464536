package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.coderv1.CoderV1ChartIsThere;
import dev.lockkeeper.check.coderv1.CoderV1IsGone;
import dev.lockkeeper.check.coderv1.CoderV1PodsAreReady;
import dev.lockkeeper.check.coderv1.CoderV1UpgradeEnded;
import dev.lockkeeper.check.coderv1.CoderV1ValuesFit;
import dev.lockkeeper.check.coderv1.CoderV1WasRefused;
import dev.lockkeeper.check.coderv1.IsV1;
import dev.lockkeeper.check.database.IsSuperuser;
import dev.lockkeeper.check.deployment.OneVersionAtATime;
import dev.lockkeeper.check.helm.ObjectIsHelms;
import dev.lockkeeper.snapshot.DatabaseRights;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.HelmRelease.Given;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.NamedObject;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ServiceAddress;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.CoderV1Scene;
import dev.lockkeeper.story.Scenery;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Coder of before 2.0. */
final class RowsOfV1 {
  private static final Check STEP = new OneVersionAtATime();
  private static final Check VALUES = new CoderV1ValuesFit();

  private RowsOfV1() {}

  static List<Row> all() {
    return Stream.of(what(), path(), values(), chart(), ended(), objects(), pods())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> what() {
    Check v1 = new IsV1();
    Check superuser = new IsSuperuser();
    return List.of(
        row(v1, "the chart is v1's", CoderV1Scene.installed(), PASS, "chart coder-1.43.1"),
        row(
            v1,
            "without a label the image tells",
            CoderV1Scene.installed().deployment("chart", Optional.empty()),
            PASS,
            "coder-service:1.43.1"),
        row(v1, "it is a v2", running(), FAIL, "coder"),
        row(v1, "it is gone", CoderV1Scene.gone(), UNKNOWN, "--deployment"),
        row(superuser, "it is one", CoderV1Scene.installed(), PASS, "rolsuper"),
        row(
            superuser,
            "it is none",
            CoderV1Scene.installed().database("rights", new DatabaseRights(true, true, false)),
            FAIL,
            "is no superuser"),
        row(superuser, "nobody looked", blind(), UNKNOWN, "cannot be read"));
  }

  private static List<Row> path() {
    return List.of(
        row(STEP, "one further", path("v1.15.2", "v1.16.0"), PASS, "1.15.2 → 1.16.0"),
        row(STEP, "two further", path("v1.15.2", "v1.17.0"), FAIL, "go to 1.16 first"),
        row(STEP, "many further", path("v1.20.4", "v1.44.3"), FAIL, "1.21, 1.22"),
        row(STEP, "a patch further", path("v1.44.1", "v1.44.3"), PASS, "1.44.1 → 1.44.3"),
        row(STEP, "backwards", path("v1.44.3", "v1.43.1"), FAIL, "snapshot"),
        row(STEP, "to v2", path("v1.44.3", "v2.0.2"), FAIL, "not upgraded to v2"),
        row(STEP, "from v2", path("v2.29.3", "v1.44.3"), FAIL, "not both are v1"),
        row(STEP, "no target", CoderV1Scene.installed().wantsNothing(), UNKNOWN, "--to 1.x.y"));
  }

  private static Scenery path(String from, String to) {
    return CoderV1Scene.installed().recalls(RunFacts.SOURCE, from).recalls(RunFacts.TARGET, to);
  }

  private static List<Row> values() {
    return List.of(
        row(VALUES, "they are few", given("coderd.replicas", "1"), PASS, "1 values"),
        row(
            VALUES,
            "an image is pinned",
            given("coderd.image", "docker.io/coderenvs/coder-service:1.43.1"),
            FAIL,
            "coderd.image names 1.43.1"),
        row(
            VALUES,
            "the target's image is named",
            given("coderd.image", "docker.io/coderenvs/coder-service:1.44.3"),
            PASS,
            "looked at"),
        row(VALUES, "a key is old", given("cemanager.replicas", "1"), FAIL, "coderd.replicas"),
        row(
            VALUES,
            "the database's key is old",
            given("timescale.resources.requests", "••••••"),
            FAIL,
            "postgres.default.resources.requests"),
        row(
            VALUES,
            "an old key is still understood",
            given("cemanager.replicas", "1").recalls(RunFacts.TARGET, "v1.26.2"),
            PASS,
            "looked at"),
        row(
            VALUES,
            "secrets may not be read",
            CoderV1Scene.installed().releases(Observed.unknown("may not list", Row.NOW)),
            UNKNOWN,
            "may not list"));
  }

  private static Scenery given(String path, String shown) {
    return CoderV1Scene.installed()
        .release(CoderV1Scene.revision(3, "deployed", CoderV1Scene.OLD, new Given(path, shown)));
  }

  private static List<Row> chart() {
    Check chart = new CoderV1ChartIsThere();
    Observed<Optional<String>> none = Observed.known(Optional.empty(), Row.NOW);
    Observed<Optional<String>> v2 = Observed.known(Optional.of("2.29.3"), Row.NOW);
    return List.of(
        row(chart, "it is there", CoderV1Scene.installed(), PASS, "coder-1.44.3"),
        row(chart, "it is not", helm("chart", none), FAIL, "no chart coder"),
        row(chart, "it is one of v2", helm("chart", v2), FAIL, "coder-2.29.3"),
        row(
            chart,
            "the repository is v2's",
            helm("repository", "https://helm.coder.com/v2"),
            FAIL,
            "--helm-repository https://helm.coder.com"),
        row(
            chart,
            "the repository does not answer",
            helm("chart", Observed.unknown("no route", Row.NOW)),
            UNKNOWN,
            "no route"));
  }

  private static Scenery helm(String component, Object value) {
    return CoderV1Scene.installed().helm(Altered.of(CoderV1Scene.helm(), component, value));
  }

  private static List<Row> ended() {
    Check ended = new CoderV1UpgradeEnded();
    Check refused = new CoderV1WasRefused();
    HelmRun running = RowsOfHelm.run(HelmRun.State.RUNNING, 0);
    return List.of(
        row(refused, "it did not", CoderV1Scene.refused("no"), PASS, "coder-1.43.1"),
        row(refused, "the target is there", CoderV1Scene.upgraded(), FAIL, "coder-1.44.3"),
        row(
            refused,
            "the target failed",
            CoderV1Scene.installed().release(CoderV1Scene.revision(4, "failed", CoderV1Scene.NEW)),
            PASS,
            "failed"),
        row(
            refused,
            "nobody may look",
            CoderV1Scene.installed().releases(Observed.unknown("may not list", Row.NOW)),
            UNKNOWN,
            "may not list"),
        row(ended, "nobody tried", CoderV1Scene.installed(), FAIL, "coder-1.43.1"),
        row(
            ended,
            "helm would say no",
            CoderV1Scene.installed().recalls(RunFacts.HELM_REFUSED, "not owned"),
            PASS,
            "nothing was changed: not owned"),
        row(
            ended,
            "helm would say no no longer",
            CoderV1Scene.installed().recalls(RunFacts.HELM_REFUSED, ""),
            FAIL,
            "coder-1.43.1"),
        row(ended, "helm said no", CoderV1Scene.refused("no"), PASS, "status 1"),
        row(
            ended,
            "helm still works",
            CoderV1Scene.installed().helm(CoderV1Scene.helm(running)),
            FAIL,
            "helm has run for"),
        row(
            ended,
            "somebody else did it",
            CoderV1Scene.installed().release(CoderV1Scene.revision(4, "failed", CoderV1Scene.NEW)),
            PASS,
            "failed"),
        row(
            ended,
            "nobody may look",
            CoderV1Scene.installed().releases(Observed.unknown("may not list", Row.NOW)),
            UNKNOWN,
            "may not list"));
  }

  private static List<Row> objects() {
    Check ours = new ObjectIsHelms();
    HelmClaim half = new HelmClaim(Optional.of("Helm"), Optional.empty(), Optional.empty());
    return List.of(
        row(ours, "nothing was refused", CoderV1Scene.installed(), PASS, "names no object"),
        row(
            ours,
            "something else was refused",
            CoderV1Scene.refused(CoderV1Scene.IMMUTABLE),
            PASS,
            "names no object"),
        row(ours, "it is the release's", account(CoderV1Scene.OURS), PASS, "coder belongs to it"),
        row(ours, "it is nobody's", account(CoderV1Scene.NOBODYS), FAIL, "nothing of a release"),
        row(ours, "only half is there", account(half), FAIL, "managed-by=Helm"),
        row(
            ours,
            "it is another release's",
            account(HelmClaim.of("prod", "elsewhere")),
            FAIL,
            "prod in namespace elsewhere"),
        row(
            ours,
            "it is gone",
            account(CoderV1Scene.OURS)
                .cluster(
                    "named",
                    Observed.known(
                        new NamedObject(CoderV1Scene.ACCOUNT, Optional.empty()), Row.NOW)),
            PASS,
            "is gone"),
        row(
            ours,
            "another one was looked up",
            CoderV1Scene.named(
                CoderV1Scene.NOT_OWNED_EITHER, CoderV1Scene.ACCOUNT, CoderV1Scene.OURS),
            UNKNOWN,
            "Role coder: it is being looked up"),
        row(
            ours,
            "it may not be read",
            account(CoderV1Scene.OURS)
                .cluster("named", Observed.unknown("may not get it", Row.NOW)),
            UNKNOWN,
            "may not get it"),
        row(
            ours,
            "its kind is not looked at",
            CoderV1Scene.refused(CoderV1Scene.NOT_OWNED.replace("ServiceAccount", "Gateway")),
            UNKNOWN,
            "a Gateway is not looked at"),
        row(
            ours,
            "the release is not known",
            account(CoderV1Scene.OURS).releases(Observed.unknown("may not list", Row.NOW)),
            UNKNOWN,
            "may not list"));
  }

  private static Scenery account(HelmClaim claim) {
    return CoderV1Scene.named(CoderV1Scene.NOT_OWNED, CoderV1Scene.ACCOUNT, claim);
  }

  private static List<Row> pods() {
    Check ready = new CoderV1PodsAreReady();
    Check gone = new CoderV1IsGone();
    Scenery mixed =
        CoderV1Scene.installed()
            .deployment("image", "docker.io/coderenvs/coder-service:" + CoderV1Scene.NEW);
    return List.of(
        row(ready, "all are", CoderV1Scene.upgraded(), PASS, "3 of 3 Ready"),
        row(ready, "old ones are left", mixed, FAIL, "3 others"),
        row(
            ready,
            "none is wanted",
            CoderV1Scene.installed().deployment("replicas", 0),
            FAIL,
            "of 0 Ready"),
        row(
            ready,
            "the controller has not looked yet",
            CoderV1Scene.upgraded().deployment("generation", 99L),
            FAIL,
            "3 of 3"),
        row(ready, "it is gone", CoderV1Scene.gone(), UNKNOWN, "cannot be read"),
        row(gone, "it is", CoderV1Scene.gone(), PASS, "no deployment, 0 pods left"),
        row(gone, "it is not", CoderV1Scene.installed(), FAIL, "coderd is there, 3 pods left"),
        row(
            gone,
            "pods are still there",
            CoderV1Scene.installed().cluster("deployment", Optional.empty()),
            FAIL,
            "3 pods left"),
        row(
            gone,
            "the public address is not given back yet",
            CoderV1Scene.gone()
                .cluster(
                    "services",
                    Observed.known(
                        List.of(
                            new ServiceAddress("web-ingress", "LoadBalancer", "203.0.113.7", true)),
                        Row.NOW)),
            FAIL,
            "web-ingress LoadBalancer 203.0.113.7 (going) is there"),
        row(
            gone,
            "services may not be listed",
            CoderV1Scene.gone().cluster("services", Observed.unknown("may not list", Row.NOW)),
            UNKNOWN,
            "may not list"),
        row(gone, "nobody looked", blind(), UNKNOWN, "cannot be read"));
  }

  private static Scenery blind() {
    return CoderV1Scene.installed().unread();
  }
}
