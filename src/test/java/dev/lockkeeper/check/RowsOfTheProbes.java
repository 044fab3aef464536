package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.old;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.check.deployment.ProbeIsBack;
import dev.lockkeeper.check.deployment.ProbeIsOut;
import dev.lockkeeper.check.deployment.ProbeMayBeEdited;
import dev.lockkeeper.check.helm.ValuesKeepItOff;
import dev.lockkeeper.check.upgrade.NobodyElseActs;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.OperatorLease.Holder;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The liveness probe, and who else acts. */
final class RowsOfTheProbes {
  private static final String SOFT =
      "{\"failureThreshold\":90,\"httpGet\":{\"port\":\"http\",\"path\":\"/healthz\"}}";
  private static final String TURNED =
      "{ \"httpGet\": {\"port\": \"http\", \"path\": \"/healthz\"} }";

  private RowsOfTheProbes() {}

  static List<Row> all() {
    Check out = new ProbeIsOut();
    Check back = new ProbeIsBack();
    Check edit = new ProbeMayBeEdited();
    Check alone = new NobodyElseActs();
    Check off = new ValuesKeepItOff();
    Scenery gone = running().cluster("deployment", Optional.empty());
    return List.of(
        row(out, "there is none", running(), PASS, "none"),
        row(out, "there is one", probed(Scenery.PROBE), FAIL, "on: SIGTERM 30 s"),
        row(out, "the deployment is gone", gone, UNKNOWN, "deployment"),
        row(back, "it is", owing(probed(Scenery.PROBE)), PASS, "back: SIGTERM 30 s"),
        row(back, "it is, in another order", owing(probed(TURNED)), PASS, "back"),
        row(back, "it is softer", owing(probed(SOFT)), FAIL, "not the original one"),
        row(back, "it is out", owing(running()), FAIL, "none"),
        row(back, "nobody remembers one", probed(SOFT), UNKNOWN, "remembered"),
        row(
            back,
            "only the deployment remembers it",
            probed(SOFT)
                .deployment(
                    "metadata.annotations", Map.of(LivenessProbe.ANNOTATION, Scenery.PROBE)),
            FAIL,
            "not the original one"),
        row(
            back,
            "what it remembers is no probe",
            probed(SOFT)
                .deployment("metadata.annotations", Map.of(LivenessProbe.ANNOTATION, "yes")),
            UNKNOWN,
            "remembered"),
        row(edit, "nobody migrates", running(), PASS, "IDLE"),
        row(edit, "nothing is wanted", drained(), PASS, "no pod restarts"),
        row(
            edit,
            "a pod migrates",
            Scenery.of(UpgradeWorld::migrating),
            FAIL,
            "coder-6b8f9c7d4-9fq7c, v2.29.3) migrates: the rollout would kill it first"),
        row(
            edit,
            "the pod that migrates waits for somebody",
            Scenery.of(UpgradeWorld::blocked),
            FAIL,
            "kill it first"),
        row(
            edit,
            "what migrates has no pod any more",
            Scenery.of(UpgradeWorld::migrating).cluster("pods", List.of()),
            PASS,
            "no pod to lose"),
        row(
            edit,
            "the database is not read",
            running().databaseIdentity("standby", true),
            UNKNOWN,
            "standby"),
        row(alone, "we hold the lease", running(), PASS, "lockkeeper-coder"),
        row(alone, "somebody acts", lease(held("eve@bastion", 4, false)), FAIL, "eve@bastion acts"),
        row(alone, "somebody fell silent", lease(held("eve", 90, true)), FAIL, "is silent"),
        row(alone, "ours has expired", lease(held("me", 90, true)), FAIL, "Be the only operator"),
        row(alone, "nobody took it", lease(Optional.empty()), FAIL, "Be the only operator"),
        row(
            alone,
            "leases may not be read",
            running().cluster("operator", Observed.unknown("may not get leases", NOW)),
            UNKNOWN,
            "may not get leases"),
        row(
            alone,
            "it was read long ago",
            running().cluster("operator", old(new OperatorLease("l", "me", Optional.empty()))),
            UNKNOWN,
            "too long ago"),
        row(off, "its chart is of v2.30", image("v2.30.0"), PASS, "enabled=false"),
        row(off, "its chart is older", running(), FAIL, "from v2.30"),
        row(off, "its image tells no version", image("latest"), UNKNOWN, "installed"));
  }

  private static Scenery probed(String json) {
    return running().deployment("livenessProbe", Optional.of(json));
  }

  private static Scenery owing(Scenery scenery) {
    return scenery.recalls(RunFacts.LIVENESS_PROBE, Scenery.PROBE);
  }

  private static Scenery image(String tag) {
    return running().deployment("image", "ghcr.io/coder/coder:" + tag);
  }

  private static Scenery lease(Optional<Holder> holder) {
    return running()
        .cluster("operator", Observed.known(new OperatorLease("lease", "me", holder), NOW));
  }

  private static Optional<Holder> held(String who, int silent, boolean expired) {
    return Optional.of(new Holder(who, NOW.minusSeconds(600), Duration.ofSeconds(silent), expired));
  }
}
