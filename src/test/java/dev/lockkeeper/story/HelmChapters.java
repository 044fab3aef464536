package dev.lockkeeper.story;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRepository;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The same upgrade where the wizard runs Helm. */
public final class HelmChapters {
  private static final HelmRelease BEFORE = Scenery.revision(3, "deployed", "2.26.6");

  private HelmChapters() {}

  /** The shipped runbook: the way of Helm is in no other. */
  private static Story begins() {
    return Story.begins(
        Samples.onScreens("coder-upgrade"),
        Setting.World.PRODUCTION,
        Policy.NONE,
        UpgradeWorld::running);
  }

  /** Nobody is left, and who upgrades is to be chosen. */
  public static Story drained() {
    return Chapters.drained(begins())
        .sees(released(UpgradeWorld::drained, BEFORE))
        .hasHelm(now -> helm(now, Optional.empty()))
        .walksTo("4.1");
  }

  /** Somebody's helm died half-way, and this way was chosen. */
  public static Story pending() {
    return Chapters.drained(begins())
        .sees(released(UpgradeWorld::drained, Scenery.revision(4, "pending-upgrade", "2.29.3")))
        .hasHelm(now -> helm(now, Optional.empty()))
        .walksTo("4.1")
        .enters()
        .presses(Key.Name.DOWN)
        .enters();
  }

  /** The release before anything is down, with values of which some may not be shown. */
  public static Story looksAtTheRelease() {
    Map<String, Object> url = new TreeMap<>();
    url.put("name", "CODER_PG_CONNECTION_URL");
    url.put("value", "postgres://coder:hunter2@pg-1/coder");
    Map<String, Object> coder = new TreeMap<>();
    coder.put("env", List.of(url));
    coder.put("image", Map.of("tag", UpgradeWorld.OLD));
    coder.put("replicaCount", 3);
    HelmRelease valued =
        Altered.of(BEFORE, "values", HelmRelease.Values.of(Map.of("coder", coder)));
    return Chapters.prepared(begins())
        .sees(released(UpgradeWorld::running, valued))
        .hasHelm(now -> Altered.of(helm(now, Optional.empty()), "values", Optional.empty()))
        .enters()
        .answers("snap-0a1b2c")
        .answers("21:40")
        .walksTo("2.3");
  }

  /** Helm was chosen, and no file has the values yet. */
  public static Story keepsValues() {
    return Chapters.drained(begins())
        .sees(released(UpgradeWorld::drained, BEFORE))
        .hasHelm(now -> Altered.of(helm(now, Optional.empty()), "values", Optional.empty()))
        .walksTo("4.1")
        .enters()
        .presses(Key.Name.DOWN)
        .enters()
        .walksTo("4.1h")
        .enters();
  }

  /** Somebody's helm died half-way before anything was migrated, and the cure is to be chosen. */
  public static Story settles() {
    return settles(hangs(UpgradeWorld::running));
  }

  static Story settles(Function<Instant, UpgradeWorld> world) {
    return Story.begins(
            Samples.onScreens("helm-pending"), Setting.World.PRODUCTION, Policy.NONE, world)
        .hasHelm(now -> helm(now, Optional.empty()))
        .walksTo("1.3")
        .enters()
        .answers("Ana, and the deploy pipeline")
        .passes(1)
        .walksTo("2.1");
  }

  /** A revision that hangs in this world. */
  static Function<Instant, UpgradeWorld> hangs(Function<Instant, UpgradeWorld> world) {
    HelmRelease.Before before =
        Scenery.before(
            3, "2.26.6", HelmRelease.Values.of(Map.of("coder", Map.of("replicaCount", 3))));
    return released(
        world, Scenery.revision(4, "pending-upgrade", "2.29.3").after(Optional.of(before)));
  }

  /** The same when it was settled, with this newest revision. */
  static Function<Instant, UpgradeWorld> settled(int revision) {
    return released(UpgradeWorld::running, Scenery.revision(revision, "deployed", "2.26.6"));
  }

  /** Helm was chosen, and the dry run is on the screen. */
  public static Story asksForHelm() {
    return drained()
        .serverJudges(request -> Optional.of(rendered()))
        .enters()
        .presses(Key.Name.DOWN)
        .enters()
        .walksTo("4.2h")
        .enters();
  }

  /** Helm has made its revision, and one pod migrates. */
  public static Story helmHasRun() {
    return asksForHelm()
        .answers("prod-eu/coder")
        .hasHelm(now -> helm(now, Optional.of(ended(now))))
        .clusterAnswers(Outcome.done("helm succeeded (run 1)"))
        .sees(released(UpgradeWorld::migrating, lent()))
        .passes(2);
  }

  /**
   * The revision that migrates: what of its values is not the operator's own stands in its note.
   */
  private static HelmRelease lent() {
    HelmRelease made = Scenery.revision(4, "deployed", "2.29.3");
    return Altered.of(
        Altered.of(made, "description", Scenery.lent(3, 3)),
        "values",
        new HelmRelease.Values(
            Optional.of(1), Optional.empty(), Map.of("initialDelaySeconds", "3600"), List.of()));
  }

  static Helm helm(Instant now, Optional<HelmRun> run) {
    return new Helm(
        new Helm.Client("", "/usr/bin/helm", "v3.19.0"),
        new Helm.Charts(
            "https://helm.coder.com/v2",
            Observed.known(Optional.of("2.29.3"), now),
            Optional.empty(),
            Optional.of(List.of(new HelmRepository("coder-v2", "https://helm.coder.com/v2")))),
        run,
        "/runs/helm",
        Optional.of(Scenery.kept(3)));
  }

  static HelmRun ended(Instant now) {
    return new HelmRun(
        "1",
        "digest",
        HelmRun.State.ENDED,
        Optional.of(0),
        4711,
        now.minusSeconds(4),
        Optional.of(now.minusSeconds(2)),
        List.of("Release \"prod\" has been upgraded. Happy Helming!", "STATUS: deployed"));
  }

  private static Rehearsal rendered() {
    return new Rehearsal(
        Rehearsal.Verdict.ACCEPTED,
        List.of(
            "replicas: 0 → 1",
            "image: ghcr.io/coder/coder:v2.26.6 → ghcr.io/coder/coder:v2.29.3",
            "livenessProbe: GET /healthz, 3 failures every 10 s, the first one after 3600 s",
            "objects of the chart: Deployment, Role, RoleBinding, Service, ServiceAccount"));
  }

  private static Function<Instant, UpgradeWorld> released(
      Function<Instant, UpgradeWorld> world, HelmRelease release) {
    return now -> {
      UpgradeWorld seen = world.apply(now);
      var deployment = seen.cluster().deployment().orElseThrow();
      var noted =
          Altered.of(
              deployment,
              "metadata.annotations",
              Map.of("meta.helm.sh/release-name", release.name()));
      var cluster = Altered.of(seen.cluster(), "deployment", Optional.of(noted));
      return new UpgradeWorld(
          Altered.of(cluster, "releases", Observed.known(List.of(release), now)), seen.database());
    };
  }
}
