package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.at;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.database.SameTargets;
import dev.lockkeeper.check.helm.HelmIsSettled;
import dev.lockkeeper.check.helm.HelmRollsBack;
import dev.lockkeeper.check.helm.ImageFollowsChart;
import dev.lockkeeper.check.helm.ReleaseHangs;
import dev.lockkeeper.check.helm.RepositoryIsKnown;
import dev.lockkeeper.check.helm.RollbackFitsSchema;
import dev.lockkeeper.check.helm.ValuesAreKept;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A release that hangs, failed or borrows, and where the operator's own values are. */
final class RowsOfReleases {
  private RowsOfReleases() {}

  static List<Row> all() {
    return Stream.of(kept(), hanging(), rollback(), settled(), pinned(), uninstalled(), known())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> known() {
    Check known = new RepositoryIsKnown();
    Helm own = Scenery.ownHelm();
    return List.of(
        row(known, "it is", drained().helm(own), PASS, "coder-v2 is https://helm.coder.com/v2"),
        row(
            known,
            "it is another one",
            drained().helm(Altered.of(own, "repository", "https://charts.example.invalid")),
            FAIL,
            "none of its repositories"),
        row(
            known,
            "the list was not read",
            drained().helm(Altered.of(own, "repositories", Optional.empty())),
            UNKNOWN,
            "not read yet"),
        row(
            known,
            "there is only the bundled helm",
            drained().helm(Altered.of(own, "program", Helm.BUNDLED)),
            PASS,
            "needs none"));
  }

  private static List<Row> kept() {
    Check kept = new ValuesAreKept();
    HelmRelease third = Scenery.revision(3, "deployed", "2.26.6");
    HelmRelease fourth = Scenery.revision(4, "deployed", "2.29.3");
    ValuesFile edited = Altered.of(Scenery.kept(3), "edited", true);
    ValuesFile broken = Altered.of(edited, "trouble", "line 4, column 2: no YAML from here on");
    return List.of(
        row(
            kept,
            "they are",
            drained().release(third).helm(with(Scenery.kept(3))),
            PASS,
            "has them"),
        row(kept, "the file is edited", drained().release(third).helm(with(edited)), PASS, "get"),
        row(
            kept,
            "an old copy is edited, and stands before those of now",
            drained().release(fourth).helm(with(edited)),
            FAIL,
            "is of revision 3, and the release is at 4: move it away"),
        row(
            kept,
            "the copy is edited after the migration borrowed of its revision",
            drained().release(borrowed()).helm(with(edited)),
            PASS,
            "values-3.yaml; helm gives back those of revision 3"),
        row(
            kept,
            "the release went on since",
            drained().release(fourth).helm(with(Scenery.kept(3))),
            FAIL,
            "is of revision 3, and the release is at 4"),
        row(
            kept,
            "the newest revision only borrows of the one that is kept",
            drained().release(borrowed()).helm(with(Scenery.kept(3))),
            PASS,
            "values-3.yaml"),
        row(
            kept,
            "the newest revision failed",
            drained().release(Scenery.revision(4, "failed", "2.29.3")).helm(with(Scenery.kept(3))),
            PASS,
            "values-3.yaml"),
        row(
            kept,
            "the release is gone, and its values are not",
            drained().releases(all(List.of())).helm(with(Scenery.kept(3))),
            PASS,
            "values-3.yaml, as Helm had them"),
        row(
            kept,
            "the file is broken",
            drained().release(third).helm(with(broken)),
            FAIL,
            "values-3.yaml: line 4, column 2: no YAML"),
        row(
            kept,
            "there is none",
            drained().release(third).helm(helm("values", Optional.empty())),
            FAIL,
            "no file"),
        row(kept, "nobody looked yet", drained().release(third), UNKNOWN, "not read yet"));
  }

  private static List<Row> hanging() {
    Check hangs = new ReleaseHangs();
    return List.of(
        row(
            hangs,
            "it does",
            running().release(Scenery.revision(4, "pending-upgrade", "2.29.3")),
            PASS,
            "revision 4 is pending-upgrade since"),
        row(
            hangs,
            "an uninstallation was begun",
            running().release(Scenery.revision(4, "uninstalling", "2.29.3")),
            FAIL,
            "revision 4 is uninstalling"),
        row(
            hangs,
            "it failed, which Helm has settled itself",
            running().release(Scenery.revision(4, "failed", "2.29.3")),
            FAIL,
            "revision 4 is failed"),
        row(
            hangs,
            "the releases cannot be read",
            running().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"));
  }

  private static List<Row> rollback() {
    Check can = new HelmRollsBack();
    Check fits = new RollbackFitsSchema();
    HelmRelease hangs = Scenery.revision(4, "pending-upgrade", "2.29.3");
    HelmRelease known = hangs.after(Optional.of(before(Optional.empty())));
    return List.of(
        row(can, "it is the operator's own", running().helm(Scenery.ownHelm()), PASS, "v3.19.0"),
        row(
            can,
            "it is the bundled one",
            running().helm(helm("program", Helm.BUNDLED)),
            FAIL,
            "put a helm into PATH"),
        row(can, "there is none", running().helm(helm("trouble", "no helm")), UNKNOWN, "no helm"),
        row(can, "nobody looked yet", running(), UNKNOWN, "not read yet"),
        row(fits, "nothing was migrated", at(running().release(known), 362, false), PASS, "362"),
        row(fits, "it was migrated", at(running().release(known), 401, false), FAIL, "401"),
        row(
            fits,
            "it was migrated and the values of before name the new version",
            at(
                running().release(hangs.after(Optional.of(before(Optional.of("v2.29.3"))))),
                401,
                false),
            PASS,
            "401"),
        row(
            fits,
            "the values of before name no version",
            at(
                running().release(hangs.after(Optional.of(before(Optional.of("latest"))))),
                362,
                false),
            UNKNOWN,
            "cannot be read"),
        row(
            fits,
            "that revision was not read",
            running().release(hangs),
            UNKNOWN,
            "cannot be read"),
        row(
            fits,
            "the releases cannot be read",
            running().releases(Observed.unknown("may not list secrets", NOW)),
            UNKNOWN,
            "may not list secrets"));
  }

  private static HelmRelease.Before before(Optional<String> tag) {
    return Scenery.before(
        3, "2.26.6", new HelmRelease.Values(Optional.of(3), tag, Map.of(), List.of()));
  }

  private static List<Row> settled() {
    Check settled = new HelmIsSettled();
    HelmRelease deployed = Scenery.revision(3, "deployed", "2.26.6");
    Observed<Helm> old =
        Observed.known(
            Scenery.ownHelm(RowsOfHelm.run(HelmRun.State.RUNNING, 0)),
            NOW.minus(Snapshot.FRESH).minusSeconds(1));
    return List.of(
        row(
            settled,
            "our own helm was looked at too long ago",
            drained().release(deployed).helm(old),
            UNKNOWN,
            "too long ago"),
        row(
            settled,
            "our own helm runs on what is not there yet",
            drained()
                .releases(all(List.of()))
                .helm(Scenery.ownHelm(RowsOfHelm.run(HelmRun.State.RUNNING, 0))),
            FAIL,
            "helm has run for"),
        row(
            settled,
            "Helm keeps none",
            drained().releases(all(List.of())).helm(Scenery.ownHelm()),
            PASS,
            "no release of Coder"),
        row(
            settled,
            "it hangs, and a way out of it is told",
            running().release(Scenery.revision(4, "pending-upgrade", "2.29.3")),
            FAIL,
            "lockkeeper run helm-pending"));
  }

  /** Whose tag it is depends on where the operator's own values are. */
  private static List<Row> pinned() {
    Check follows = new ImageFollowsChart();
    HelmRelease failed = Altered.of(pinned("v2.29.3"), "status", "failed");
    failed = Altered.of(failed, "revision", 4);
    return List.of(
        row(
            follows,
            "a file pins the old one, and Helm's values none",
            drained()
                .release(Scenery.revision(3, "deployed", "2.26.6"))
                .helm(with(file("v2.26.6"))),
            FAIL,
            "coder.image.tag is v2.26.6"),
        row(
            follows,
            "Helm's values pin the old one, and the file none",
            drained()
                .release(pinned("v2.26.6"))
                .helm(with(Altered.of(Scenery.kept(3), "edited", true))),
            PASS,
            "not set"),
        row(
            follows,
            "the file is broken",
            drained()
                .release(pinned("v2.29.3"))
                .helm(with(Altered.of(file("v2.29.3"), "trouble", "line 1: nothing"))),
            UNKNOWN,
            "line 1: nothing"),
        row(
            follows,
            "the failed revision has the target, and the operator's own has the old one",
            retried().release(failed.after(Optional.of(before(Optional.of("v2.26.6"))))),
            FAIL,
            "coder.image.tag is v2.26.6"),
        row(
            follows,
            "the operator's own revision was not read, and no copy of it is kept",
            retried().release(failed).helm(helm("values", Optional.empty())),
            UNKNOWN,
            "was not read"),
        row(
            follows,
            "the operator's own revision was not read, but a copy of it is kept",
            retried().release(failed).helm(with(Altered.of(file("v2.26.6"), "edited", false))),
            FAIL,
            "coder.image.tag is v2.26.6"));
  }

  /** What this run itself took away is not missed. */
  private static List<Row> uninstalled() {
    Check same = new SameTargets();
    return List.of(
        row(same, "this run uninstalled it", gone(), PASS, "unchanged"),
        row(
            same,
            "this run uninstalled it and it is back",
            running().recalls(RunFacts.HELM_RELEASE, "prod").deployment("uid", "uid-anew"),
            PASS,
            "unchanged"),
        row(
            same,
            "this run uninstalled it, and this is another database",
            gone().databaseIdentity("systemIdentifier", "9999"),
            FAIL,
            "7301 → 9999"),
        row(
            same,
            "somebody else took it away",
            running().cluster("deployment", Optional.empty()),
            FAIL,
            "the deployment is gone"));
  }

  private static Scenery gone() {
    return running().recalls(RunFacts.HELM_RELEASE, "prod").cluster("deployment", Optional.empty());
  }

  /** An upgrade that took the values of revision 3 was tried. */
  private static Scenery retried() {
    return drained().recalls(RunFacts.HELM_REVISION, "3").recalls(RunFacts.HELM_REPLICAS, "3");
  }

  private static Helm with(ValuesFile file) {
    return helm("values", Optional.of(file));
  }

  /** The copy of revision 3, in which somebody wrote this tag. */
  private static ValuesFile file(String tag) {
    return Altered.of(
        Altered.of(Scenery.kept(3), "edited", true),
        "values",
        HelmRelease.Values.of(Map.of("coder", Map.of("image", Map.of("tag", tag)))));
  }

  /** One replica, for the time of the migration. */
  static HelmRelease borrowed() {
    return Altered.of(
        Altered.of(Scenery.revision(4, "deployed", "2.29.3"), "description", Scenery.lent(3, 3)),
        "values",
        new HelmRelease.Values(Optional.of(1), Optional.empty(), Map.of(), List.of()));
  }

  private static HelmRelease pinned(String tag) {
    return Altered.of(
        Scenery.revision(3, "deployed", "2.26.6"),
        "values",
        new HelmRelease.Values(Optional.of(3), Optional.of(tag), Map.of(), List.of()));
  }

  private static Helm helm(String component, Object value) {
    return Altered.of(Scenery.ownHelm(), component, value);
  }

  private static Observed<List<HelmRelease>> all(List<HelmRelease> releases) {
    return Observed.known(releases, NOW);
  }
}
