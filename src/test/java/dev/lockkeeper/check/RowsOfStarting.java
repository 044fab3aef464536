package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.RowsOfSurroundings.around;
import static dev.lockkeeper.check.RowsOfSurroundings.quota;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.deployment.NewPodsCanStart;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three old pods serve, and one of the newest template does not start, or seems not to. */
final class RowsOfStarting {
  private static final String NEWEST = "coder-6b8f9c7d4";
  private static final String OLD = "coder-75d5c8d9f";
  private static final String PASSWORD =
      "error: connect to postgres: unable to connect after 11 tries; last error: pq: password"
          + " authentication failed for user \"coder\"";
  private static final String SQL =
      "* run statement: migration failed: relation \"a\" already exists in line 0: CREATE";

  private RowsOfStarting() {}

  private static Scenery refused(Scenery scenery, String words) {
    return scenery.deployment(
        "conditions",
        List.of(new Deployment.Condition("ReplicaFailure", "True", "FailedCreate", words)));
  }

  static List<Row> all() {
    Check start = new NewPodsCanStart();
    Check recovery = new NewPodsCanStart(true);
    Pod crashed = crashed(1, "Error");
    return List.of(
        row(start, "nobody fails", running(), PASS, "3 pods Ready; the last one started"),
        row(start, "nobody serves", drained(), PASS, "nothing is lost"),
        row(start, "there is no deployment", none(), UNKNOWN, "cannot be read"),
        row(start, "a new pod cannot log in", with(crashed, PASSWORD), FAIL, "password"),
        row(
            start,
            "it got over it",
            with(again(crashed), PASSWORD, "==> Logs will stream in below"),
            PASS,
            "none fails"),
        row(start, "it runs, and says the same", with(again(crashed), PASSWORD), FAIL, "password"),
        row(
            start,
            "it has a session by now",
            session(with(again(crashed), PASSWORD)),
            PASS,
            "none fails"),
        row(
            start,
            "it is of an older template",
            with(Altered.of(crashed, "replicaSet", OLD), PASSWORD),
            PASS,
            "none fails"),
        row(
            start,
            "it is of another ReplicaSet that the deployment does not own",
            with(Altered.of(crashed, "replicaSet", "reports-5d"), PASSWORD),
            PASS,
            "none fails"),
        row(
            start,
            "it is on its way out",
            with(Altered.of(crashed, "deletedAt", Optional.of(NOW)), PASSWORD),
            PASS,
            "none fails"),
        row(start, "one of its template started later", outlived(-5), PASS, "none fails"),
        row(start, "one of its template started earlier", outlived(600), FAIL, "password"),
        row(
            start,
            "it has not given up",
            with(crashed, "connect to postgres: retrying  error= dial tcp: i/o timeout"),
            UNKNOWN,
            "retrying"),
        row(start, "it waits for the lock", with(crashed, LOCK), PASS, "none fails"),
        row(start, "its migration fails", with(crashed, SQL), FAIL, "already exists"),
        row(
            start,
            "the migration of another image than the target's fails",
            with(crashed, SQL).recalls("target", "v2.30.1"),
            PASS,
            "none fails"),
        row(
            start,
            "the Secret is missing",
            with(Altered.of(fresh(), "container.waiting", "CreateContainerConfigError")),
            FAIL,
            "ConfigError"),
        row(start, "it is being made", with(fresh()), PASS, "none fails"),
        row(start, "a quota is full of those that serve", quota(3, 3, false), PASS, "none fails"),
        row(start, "a quota lets none be made", quota(0, 3, false), FAIL, "no pod could be made"),
        row(
            start,
            "admission refuses new pods",
            refused(running(), "admission webhook \"policy\" denied the request"),
            FAIL,
            "new pods are refused: admission webhook"),
        row(
            start,
            "a quota refuses the one pod more",
            refused(quota(3, 3, false), "exceeded quota: few"),
            PASS,
            "none fails"),
        row(
            start,
            "a quota refuses, and cannot be read",
            refused(around("quotas", Observed.unknown("no right", NOW)), "exceeded quota: few"),
            UNKNOWN,
            "cannot be read"),
        row(start, "it is OOMKilled", with(crashed(137, "OOMKilled")), FAIL, "OOM"),
        row(
            start,
            "it was OOMKilled before it served",
            with(
                Altered.of(
                    again(crashed(137, "OOMKilled")),
                    "startedAt",
                    Optional.of(NOW.minusSeconds(601)))),
            PASS,
            "none fails"),
        row(
            start,
            "another image than the target's ends with words that nobody knows",
            with(crashed).recalls("target", "v2.30.1"),
            UNKNOWN,
            "exit code 1"),
        row(start, "its probe kills it", with(crashed(137, "Error")), PASS, "none fails"),
        row(start, "it ends with words that nobody knows", with(crashed), FAIL, "exit code 1"),
        row(
            start,
            "the image does not come",
            with(Altered.of(fresh(), "container.waiting", "ImagePullBackOff")),
            FAIL,
            "ImagePullBackOff"),
        row(
            start,
            "another image than the target's does not come",
            with(
                Altered.of(
                    Altered.of(fresh(), "container.waiting", "ImagePullBackOff"),
                    "image",
                    "ghcr.io/coder/coder:v2.29.33")),
            PASS,
            "none fails"),
        row(
            recovery,
            "the image does not come, and may be exchanged",
            with(Altered.of(fresh(), "container.waiting", "ImagePullBackOff")),
            UNKNOWN,
            "ImagePullBackOff"),
        row(recovery, "a migration fails before a recovery", with(crashed, SQL), UNKNOWN, "exists"),
        row(recovery, "it ends with words before a recovery", with(crashed), UNKNOWN, "exit code"),
        row(recovery, "no image can log in", with(crashed, PASSWORD), FAIL, "password"));
  }

  private static final String LOCK = "migrate up: timeout: can't acquire database lock";

  private static Scenery none() {
    return running().cluster("deployment", Optional.empty());
  }

  private static Pod fresh() {
    Pod pod = UpgradeWorld.migrating(NOW).cluster().pods().get(0);
    return Altered.of(pod, "startedAt", Optional.empty());
  }

  /** It ended a minute ago and waits for its next start. */
  private static Pod crashed(int code, String reason) {
    Pod waiting = Altered.of(fresh(), "container.waiting", "CrashLoopBackOff");
    return Altered.of(
        waiting, "last", Optional.of(new Pod.Termination(code, reason, NOW.minusSeconds(60))));
  }

  /** It was started once more, and runs. */
  private static Pod again(Pod pod) {
    return Altered.of(Altered.of(pod, "container.waiting", ""), "startedAt", Optional.of(NOW));
  }

  private static Scenery with(Pod pod, String... lines) {
    return with(List.of(pod), lines);
  }

  private static Scenery with(List<Pod> more, String... lines) {
    Cluster cluster = UpgradeWorld.running(NOW).cluster();
    List<Pod> pods = new ArrayList<>(cluster.pods());
    pods.addAll(more);
    PodLog log =
        new PodLog(
            more.get(0).name(),
            2,
            Observed.known(List.of(lines), NOW),
            Observed.known(List.of(), NOW));
    return running()
        .cluster("pods", pods)
        .cluster("logs", List.of(log))
        .cluster(
            "replicaSets",
            List.of(
                new ReplicaSet(NEWEST, "uid-2", 2, "coder:v2.29.3", 1, 0),
                new ReplicaSet(OLD, "uid-1", 1, "coder:v2.26.6", 3, 3)));
  }

  /** Another pod of the same template is Ready and started so long before the end of the first. */
  private static Scenery outlived(int seconds) {
    Pod other = Altered.of(Altered.of(fresh(), "name", NEWEST + "-other"), "ready", true);
    Pod ready =
        Altered.of(other, "startedAt", Optional.of(NOW.minusSeconds(60).minusSeconds(seconds)));
    return with(List.of(crashed(1, "Error"), ready), PASSWORD);
  }

  /** A session comes from the pod's address. */
  private static Scenery session(Scenery scenery) {
    Backend own = Sessions.from(4790, fresh().ip().orElseThrow());
    return Row.withBackends(scenery, own);
  }
}
