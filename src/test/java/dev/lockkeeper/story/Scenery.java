package dev.lockkeeper.story;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRepository;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.ServerLoad;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import dev.lockkeeper.view.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One moment of the upgrade as a snapshot, with single facts changed. */
public final class Scenery {
  public static final Instant NOW = Story.START.plusSeconds(600);

  /** What charts before v2.30 set: SIGTERM after half a minute. */
  public static final String PROBE = "{\"httpGet\":{\"path\":\"/healthz\",\"port\":\"http\"}}";

  private Cluster cluster;
  private Database database;
  private RunFacts run = remembered();
  private Observed<Helm> helm = Observed.notYet(NOW);
  private boolean unread;
  private Optional<UpgradeWorld> before = Optional.empty();

  private Scenery(UpgradeWorld world) {
    cluster = world.cluster();
    database = world.database();
  }

  public static Scenery of(Function<Instant, UpgradeWorld> world) {
    return new Scenery(world.apply(NOW));
  }

  /** What a run from v2.26.6 with three replicas remembers of its start. */
  private static RunFacts remembered() {
    return RunFacts.starting(Story.START, Optional.of(UpgradeWorld.NEW))
        .remembering(RunFacts.SOURCE, UpgradeWorld.OLD)
        .remembering(RunFacts.REPLICAS, "3")
        .remembering(RunFacts.SCHEMA, "362")
        .remembering(RunFacts.NAMESPACE_UID, "uid-namespace")
        .remembering(RunFacts.DEPLOYMENT_UID, "uid-deployment")
        .remembering(RunFacts.SYSTEM_IDENTIFIER, "7301");
  }

  public Scenery cluster(String component, Object value) {
    cluster = Altered.of(cluster, component, value);
    return this;
  }

  public Scenery deployment(String component, Object value) {
    Deployment altered = Altered.of(cluster.deployment().orElseThrow(), component, value);
    return cluster("deployment", Optional.of(altered));
  }

  public Scenery database(String component, Object value) {
    database = Altered.of(database, component, value);
    return this;
  }

  public Scenery databaseIdentity(String component, Object value) {
    return database("identity", Altered.of(database.identity(), component, value));
  }

  public Scenery said(String word, String value) {
    run = run.saying(word, value, NOW);
    return this;
  }

  public Scenery chose(String word, String value) {
    run = run.choosing(word, value);
    return this;
  }

  public Scenery recalls(String word, String value) {
    run = run.remembering(word, value);
    return this;
  }

  public Scenery recallsNothing() {
    run = RunFacts.starting(Story.START, Optional.of(UpgradeWorld.NEW));
    return this;
  }

  /** Without even a target. */
  public Scenery wantsNothing() {
    run = RunFacts.starting(Story.START, Optional.empty());
    return this;
  }

  public Scenery quietFor(int seconds) {
    run = run.quiet(Optional.of(NOW.minusSeconds(seconds)));
    return this;
  }

  /** What was seen for a while, until a moment ago. */
  public Scenery before(Function<Instant, UpgradeWorld> world) {
    before = Optional.of(world.apply(NOW));
    return this;
  }

  /** Neither cluster nor database answered yet. */
  public Scenery unread() {
    unread = true;
    return this;
  }

  public Snapshot seen() {
    return unread
        ? Snapshot.empty(NOW, run)
        : remembering()
            .at(NOW)
            .withHelm(helm)
            .withCluster(Observed.known(cluster, NOW))
            .withDatabase(Observed.known(database, NOW));
  }

  private Snapshot remembering() {
    Snapshot snapshot = Snapshot.empty(NOW, run);
    if (before.isEmpty()) {
      return snapshot;
    }
    UpgradeWorld world = before.get();
    for (int ago : List.of(60, 50, 40)) {
      Instant then = NOW.minusSeconds(ago);
      snapshot =
          snapshot
              .withCluster(Observed.known(world.cluster(), then))
              .withDatabase(Observed.known(world.database(), then));
    }
    return snapshot;
  }

  /** With this Helm release, to which the Deployment says that it belongs. */
  public Scenery release(HelmRelease release) {
    return releases(Observed.known(List.of(release), NOW))
        .deployment("metadata.annotations", Map.of("meta.helm.sh/release-name", release.name()));
  }

  public Scenery releases(Observed<List<HelmRelease>> releases) {
    return cluster("releases", releases);
  }

  public Scenery helm(Helm seen) {
    return helm(Observed.known(seen, NOW));
  }

  public Scenery helm(Observed<Helm> seen) {
    helm = seen;
    return this;
  }

  /** A helm with the chart for the target, and this run of it. */
  public static Helm ownHelm(HelmRun... run) {
    return new Helm(
        new Helm.Client("", "/usr/bin/helm", "v3.19.0"),
        new Helm.Charts(
            "https://helm.coder.com/v2",
            Observed.known(Optional.of("2.29.3"), NOW),
            Optional.empty(),
            Optional.of(List.of(new HelmRepository("coder-v2", "https://helm.coder.com/v2")))),
        Arrays.stream(run).findFirst(),
        "/runs/helm",
        Optional.of(kept(3)));
  }

  /** A file with the values of a revision, as Helm has them. */
  public static ValuesFile kept(int revision) {
    return new ValuesFile(
        "/runs/helm/values-%d.yaml".formatted(revision),
        Optional.of(revision),
        false,
        "c0ffee".repeat(11).substring(0, 64),
        "",
        HelmRelease.Values.of(Map.of("coder", Map.of("replicaCount", 3))));
  }

  /** An older revision of the release {@code prod}, which was applied by the client. */
  public static HelmRelease.Before before(int revision, String version, HelmRelease.Values values) {
    return new HelmRelease.Before(revision, version, values, false, Optional.empty());
  }

  /** What a revision says that has one replica for the time of the migration. */
  public static String lent(int revision, int replicas) {
    return HelmRelease.Lent.of(revision, replicas).note();
  }

  /** A revision of the release {@code prod}, which has three replicas in its values. */
  public static HelmRelease revision(int number, String status, String version) {
    return new HelmRelease(
        "prod",
        "coder",
        new HelmRelease.Info(
            number,
            status,
            NOW.minusSeconds(60),
            "Upgrade complete",
            new HelmRelease.Secret("sh.helm.release.v1.prod.v" + number, "uid-" + number, "7")),
        new HelmRelease.Chart("coder", version, version),
        new HelmRelease.Values(Optional.of(3), Optional.empty(), Map.of(), List.of()),
        false,
        List.of("Deployment coder", "Service coder"),
        new HelmRelease.Earlier(
            List.of(
                new HelmRelease.Revision(number, status),
                new HelmRelease.Revision(number - 1, "superseded")),
            Optional.empty()));
  }

  /** Moments of an upgrade in which all is as it should be. */
  public static List<Snapshot> everyGoodMoment() {
    return List.of(
        ready(UpgradeWorld::running),
        ready(UpgradeWorld::drained),
        ready(UpgradeWorld::renamed),
        ready(now -> UpgradeWorld.upgraded(now, 1)),
        ready(now -> UpgradeWorld.upgraded(now, 3)),
        prepared(UpgradeWorld::drained)
            .release(revision(4, "deployed", "2.29.3"))
            .helm(ownHelm())
            .seen(),
        hanging(),
        probed());
  }

  /** Helm died within an upgrade that changed nothing yet. */
  private static Snapshot hanging() {
    HelmRelease.Before before = before(3, UpgradeWorld.OLD, HelmRelease.Values.NONE);
    return prepared(UpgradeWorld::running)
        .release(revision(4, "pending-upgrade", "2.29.3").after(Optional.of(before)))
        .helm(ownHelm())
        .seen();
  }

  /** A version whose chart can switch the probe off, with the probe of before. */
  private static Snapshot probed() {
    return prepared(UpgradeWorld::running)
        .deployment("image", "ghcr.io/coder/coder:v2.31.0")
        .deployment("livenessProbe", Optional.of(PROBE))
        .recalls(RunFacts.LIVENESS_PROBE, PROBE)
        .seen();
  }

  /** The same, and one of a recovery: every check passes in one of them. */
  public static List<Snapshot> everyMoment() {
    List<Snapshot> all = new ArrayList<>(everyGoodMoment());
    all.add(ready(Scenery::recovering));
    all.add(ready(Troubles::failed));
    all.add(ready(UpgradeWorld::migrating));
    all.add(
        prepared(Troubles::outOfMemory)
            .said("memory-limit", "512Mi")
            .said("told-memory", "512Mi")
            .seen());
    all.addAll(CoderV1Scene.everyMoment());
    return all;
  }

  /** Everything is down, the door is closed, and a dirty row is to be repaired. */
  private static UpgradeWorld recovering(Instant now) {
    return RecoveryWorld.limited(RecoveryWorld.zero(now, 371, true), now, 0);
  }

  private static Snapshot ready(Function<Instant, UpgradeWorld> world) {
    return prepared(world).seen();
  }

  private static Scenery prepared(Function<Instant, UpgradeWorld> world) {
    return of(world)
        .said("window-start", NOW.minusSeconds(600).toString())
        .said("window-end", NOW.plusSeconds(3600).toString())
        .said("backup-id", "snap-1")
        .said("backup-time", NOW.minusSeconds(900).toString())
        .said("image-version", UpgradeWorld.NEW)
        .recalls(RunFacts.EVIDENCE, "9 files, in /runs/one/evidence")
        .chose("scale-to", "zero")
        .quietFor(30);
  }

  /** The same run without a memory of anything but its target. */
  public static RunFacts forgetful(Snapshot snapshot) {
    return RunFacts.starting(snapshot.run().startedAt(), snapshot.run().target());
  }

  /** Nothing at all, and everything as somebody would have it who wants to do harm. */
  public static List<Snapshot> hostile() {
    RunFacts evil =
        remembered()
            .remembering(RunFacts.TARGET, "v9.%s.\u202e")
            .remembering(RunFacts.SOURCE, "%d%n")
            .remembering(RunFacts.MIGRATION_SEEN, "never")
            .saying("window-start", "noon", NOW)
            .saying("window-end", "%s", NOW)
            .saying("backup-time", "", NOW)
            .saying("backup-id", "%n\u001b[2J", NOW)
            .choosing("scale-to", "%d");
    List<Snapshot> all = new ArrayList<>();
    all.add(Snapshot.empty(NOW, RunFacts.starting(NOW, Optional.empty())));
    all.add(Snapshot.empty(NOW, evil));
    for (Cluster seen : List.of(Samples.hostileCluster(), Samples.stuckCluster(), bare())) {
      for (Database database :
          List.of(
              Samples.hostileDatabase(),
              Samples.hiddenDatabase(),
              Samples.blockedDatabase(),
              empty(),
              impossible())) {
        Snapshot both =
            new Snapshot(NOW, Observed.known(seen, NOW), Observed.known(database, NOW), evil);
        all.add(both);
        all.add(both.with(remembered()));
        all.add(both.withCluster(Observed.unknown("", NOW)));
        all.add(both.withDatabase(Observed.unknown("%s", NOW)));
      }
    }
    return all;
  }

  private static Cluster bare() {
    return Altered.of(Samples.hostileCluster(), "deployment", Optional.empty());
  }

  private static Database empty() {
    return Altered.of(
        Samples.database(List.of(), List.of(), List.of(), MigrationLock.free(), List.of()),
        "schema",
        SchemaTable.without(SchemaTable.State.MISSING, Optional.empty(), "none"));
  }

  /** Negative counts and ages, and a lock that nobody holds. */
  private static Database impossible() {
    Database odd = Altered.of(Samples.healthyDatabase(), "usage", UpgradeWorld.usage(NOW, -3, -4));
    odd =
        Altered.of(
            odd,
            "replicas",
            Observed.known(
                List.of(new Database.ReplicaRow("%s", "", true, Duration.ofDays(-9))), NOW));
    odd =
        Altered.of(
            odd, "tables", Observed.known(List.of(new ServerLoad.TableSize("%n", -1, -1)), NOW));
    return Altered.of(odd, "migrationLock", new MigrationLock(Optional.of(-1), List.of(0)));
  }
}
