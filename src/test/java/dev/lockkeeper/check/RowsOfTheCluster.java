package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.old;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Row.upgraded;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.deployment.ImageIsTarget;
import dev.lockkeeper.check.deployment.NothingScalesBack;
import dev.lockkeeper.check.deployment.ReplicasAreBack;
import dev.lockkeeper.check.deployment.RolledOut;
import dev.lockkeeper.check.deployment.ScaledAsChosen;
import dev.lockkeeper.check.deployment.ScalersAreBack;
import dev.lockkeeper.check.migration.TargetIsServed;
import dev.lockkeeper.check.migration.VersionsAgree;
import dev.lockkeeper.check.migration.WillMigrate;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Served;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the Kubernetes API shows. */
final class RowsOfTheCluster {
  private RowsOfTheCluster() {}

  static List<Row> all() {
    Check chosen = new ScaledAsChosen();
    Check image = new ImageIsTarget();
    Check migrates = new WillMigrate();
    Check scales = new NothingScalesBack();
    Check served = new TargetIsServed();
    Check back = new ReplicasAreBack();
    Check rolled = new RolledOut();
    Check agree = new VersionsAgree();
    Check resumed = new ScalersAreBack();
    Scaler hpa = new Scaler("HorizontalPodAutoscaler", "coder", "min 3");
    return List.of(
        row(chosen, "zero is wanted and chosen", drained(), PASS, "wants 0, chosen 0"),
        row(chosen, "three are wanted", running().chose("scale-to", "zero"), FAIL, "wants 3"),
        row(chosen, "one was chosen", drained().chose("scale-to", "one"), FAIL, "chosen 1"),
        row(chosen, "nothing was chosen", running(), UNKNOWN, "chosen"),
        row(chosen, "nonsense was chosen", drained().chose("scale-to", "two"), UNKNOWN, "chosen"),
        row(image, "it does", Scenery.of(UpgradeWorld::renamed), PASS, "v2.29.3"),
        row(image, "it names the old one", running(), FAIL, "v2.26.6"),
        row(image, "it names none", running().deployment("image", "coder:latest"), FAIL, "latest"),
        row(image, "there is no target", running().wantsNothing(), UNKNOWN, "target"),
        row(migrates, "one is wanted", Scenery.of(UpgradeWorld::migrating), PASS, "1 replica"),
        row(migrates, "as many as were set", asked(1), PASS, "1 replica"),
        row(
            migrates,
            "more than were set",
            asked(1).deployment("replicas", 4),
            FAIL,
            "the run asked for 1"),
        row(
            migrates,
            "it was at zero, and somebody scaled back",
            back(),
            FAIL,
            "the run asked for 1"),
        row(migrates, "who upgrades by hand set more", back().chose("way", "myself"), PASS, "3"),
        row(migrates, "this run has set none", running(), PASS, "3 replicas"),
        row(migrates, "none is wanted", drained(), FAIL, "0 replicas"),
        row(
            migrates,
            "there is none",
            drained().cluster("deployment", Optional.empty()),
            UNKNOWN,
            ""),
        row(scales, "nothing does", running(), PASS, "no HPA"),
        row(scales, "an HPA does", running().cluster("scalers", scalers(hpa)), FAIL, "min 3"),
        row(
            scales,
            "we may not look",
            running().cluster("scalers", Observed.unknown("may not list", NOW)),
            UNKNOWN,
            "may not"),
        row(
            scales,
            "nobody has looked for long",
            running().cluster("scalers", old(List.of())),
            UNKNOWN,
            "long ago"),
        row(resumed, "none was paused", running(), PASS, "none was seen"),
        row(resumed, "one was, and is", paused().cluster("scalers", scalers()), FAIL, "min 3"),
        row(
            resumed,
            "it scales again, within other limits",
            paused().cluster("scalers", scalers(new Scaler(Scaler.HORIZONTAL, "coder", "min 1"))),
            FAIL,
            "set otherwise than before: HorizontalPodAutoscaler coder (min 1); before:"
                + " HorizontalPodAutoscaler coder (min 3)"),
        row(
            resumed,
            "one was, and is not",
            paused().cluster("scalers", scalers(hpa)),
            PASS,
            "back"),
        row(
            resumed,
            "one was, and we may not look",
            paused().cluster("scalers", Observed.unknown("may not list", NOW)),
            UNKNOWN,
            "may not"),
        row(
            resumed,
            "one was, and nobody has looked for long",
            paused().cluster("scalers", old(List.of(hpa))),
            UNKNOWN,
            "long ago"),
        row(served, "all do", upgraded(), PASS, "3 pods Ready, healthy"),
        row(served, "old ones are Ready", running(), FAIL, "v2.26.6"),
        row(served, "none is Ready", Scenery.of(UpgradeWorld::migrating), FAIL, "no pod is Ready"),
        row(
            served,
            "one is not healthy",
            serving(false, Observed.known("v2.29.3+1", NOW)),
            FAIL,
            "not healthy"),
        row(
            served,
            "one does not say",
            serving(true, Observed.unknown("refused", NOW)),
            UNKNOWN,
            "refused"),
        row(served, "one said it long ago", serving(true, old("v2.29.3")), UNKNOWN, "long ago"),
        row(served, "one was not asked", upgraded().cluster("served", List.of()), UNKNOWN, "yet"),
        row(back, "they are", upgraded(), PASS, "3 Ready, wants 3, before 3"),
        row(back, "one is", Scenery.of(now -> UpgradeWorld.upgraded(now, 1)), FAIL, "1 Ready"),
        row(
            back,
            "an autoscaler has set two since",
            autoscaled(2).recalls(RunFacts.REPLICAS_SET, "3"),
            PASS,
            "2 Ready, wants 2, before 3; an autoscaler sets the count"),
        row(
            back,
            "an autoscaler is there, and this run has set two",
            autoscaled(2).recalls(RunFacts.REPLICAS_SET, "2"),
            FAIL,
            "2 Ready, wants 2, before 3"),
        row(
            back,
            "nobody scales, and there are two",
            autoscaled(2).recalls(RunFacts.REPLICAS_SET, "3").cluster("scalers", scalers()),
            FAIL,
            "2 Ready, wants 2, before 3"),
        row(back, "their number is not known", upgraded().recallsNothing(), UNKNOWN, "before"),
        row(
            back,
            "two of the three are of the template before",
            stuckRollout(),
            FAIL,
            "1 of 3 wanted pods of the newest template"),
        row(rolled, "it is", upgraded(), PASS, "3 of 3 wanted pods"),
        row(rolled, "none is wanted", drained(), PASS, "0 of 0"),
        row(
            rolled,
            "the quota leaves no room",
            stuckRollout(),
            FAIL,
            "FailedCreate: exceeded quota: pods"),
        row(
            rolled,
            "the controller is behind",
            upgraded().deployment("generation", 9L),
            FAIL,
            "generation 9, observed 8"),
        row(
            rolled,
            "the controller is up to date",
            upgraded().deployment("generation", 8L),
            PASS,
            "3 Ready"),
        row(
            rolled,
            "a pod of an old ReplicaSet is left",
            leftOver(Optional.empty()),
            FAIL,
            "of an older template: coder-6b8f9c7d4-9fq7c"),
        row(rolled, "it is on its way out", leftOver(Optional.of(NOW)), PASS, "3 of 3 wanted pods"),
        row(rolled, "one is not Ready", upgraded().deployment("readyReplicas", 2), FAIL, "2 Ready"),
        row(
            rolled,
            "a pod too many is there",
            upgraded().deployment("currentReplicas", 4),
            FAIL,
            "3 of 3"),
        row(
            rolled,
            "there is no deployment",
            upgraded().cluster("deployment", Optional.empty()),
            UNKNOWN,
            "cannot be read"),
        row(agree, "they do", running(), PASS, "served v2.26.6, schema 362"),
        row(
            agree,
            "the image is another",
            running().deployment("image", "coder:v2.29.3"),
            FAIL,
            "is set, and no pod serves it: v2.26.6"),
        row(
            agree,
            "the schema is another",
            running().database("schema", SchemaTable.read("public", 401, false)),
            FAIL,
            "the database is at 401"),
        row(agree, "nobody serves", running().cluster("served", List.of()), UNKNOWN, "buildinfo"),
        row(
            agree,
            "the table is locked",
            running().database("schema", SchemaTable.locked("public", Optional.empty())),
            UNKNOWN,
            ""));
  }

  /** The one pod of the new version, answering so. */
  private static Scenery serving(boolean healthy, Observed<String> version) {
    Pod pod = UpgradeWorld.upgraded(NOW, 1).cluster().pods().get(0);
    return Scenery.of(now -> UpgradeWorld.upgraded(now, 1))
        .cluster("served", List.of(new Served(pod.name(), healthy, version)));
  }

  /** As many are Ready as before, and a quota keeps the last ones of the template before. */
  private static Scenery stuckRollout() {
    Deployment.Condition quota =
        new Deployment.Condition(
            "ReplicaFailure", "True", "FailedCreate", "exceeded quota: pods, used 3, limited 3");
    return upgraded().deployment("updatedReplicas", 1).deployment("conditions", List.of(quota));
  }

  /** The first pod belongs to the ReplicaSet of before. */
  private static Scenery leftOver(Optional<Instant> deleted) {
    List<Pod> pods = new ArrayList<>(UpgradeWorld.upgraded(NOW, 3).cluster().pods());
    Pod old = Altered.of(pods.get(0), "replicaSet", "coder-old");
    pods.set(0, Altered.of(old, "deletedAt", deleted));
    ReplicaSet newest = new ReplicaSet("coder-6b8f9c7d4", "uid-2", 2, "coder:v2.29.3", 3, 3);
    ReplicaSet before = new ReplicaSet("coder-old", "uid-1", 1, "coder:v2.29.3", 0, 0);
    return upgraded().cluster("pods", pods).cluster("replicaSets", List.of(newest, before));
  }

  /** So many are wanted and Ready, and an autoscaler acts. */
  private static Scenery autoscaled(int replicas) {
    return Scenery.of(now -> UpgradeWorld.upgraded(now, replicas))
        .deployment("replicas", replicas)
        .deployment("currentReplicas", replicas)
        .deployment("updatedReplicas", replicas)
        .deployment("readyReplicas", replicas)
        .cluster("scalers", scalers(new Scaler("HorizontalPodAutoscaler", "coder", "min 1")));
  }

  private static Scenery paused() {
    return running().recalls(RunFacts.SCALERS_PAUSED, "HorizontalPodAutoscaler coder (min 3)");
  }

  private static Observed<List<Scaler>> scalers(Scaler... some) {
    return Observed.known(List.of(some), NOW);
  }

  /** The run has scaled to zero, and three are wanted. */
  private static Scenery back() {
    return running().recalls(RunFacts.REPLICAS_SET, "0");
  }

  /** The run has set so many for the pod that migrates. */
  private static Scenery asked(int replicas) {
    return Scenery.of(UpgradeWorld::migrating)
        .recalls(RunFacts.REPLICAS_SET, Integer.toString(replicas));
  }
}
