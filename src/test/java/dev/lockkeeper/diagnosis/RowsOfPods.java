package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.DiagnosisTest.Absent;
import dev.lockkeeper.diagnosis.DiagnosisTest.Found;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Deployment.Condition;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Node;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.PodMemory;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.PodWords;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Surroundings;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Wanted pods that do not run, for each reason, and pods that only start. */
final class RowsOfPods {
  private static final Instant NOW = Scenery.NOW;
  private static final String QUOTA =
      "pods \"coder-6b8f9c7d4-\" is forbidden: exceeded quota: few, requested: pods=1, used:"
          + " pods=3";
  private static final String NODES =
      "0/2 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable. preemption: x";
  private static final String MISSING = "secret \"coder-db-url\" not found";

  private RowsOfPods() {}

  private static Pod pod() {
    return UpgradeWorld.migrating(NOW).cluster().pods().get(0);
  }

  private static Pod with(Pod pod, String component, Object value) {
    return Altered.of(pod, component, value);
  }

  /** Nobody migrates, and these are the pods. */
  private static Scenery idle(Pod... pods) {
    return Scenery.of(UpgradeWorld::migrating)
        .database("migrationLock", MigrationLock.free())
        .database("backends", List.of())
        .database("schema", SchemaTable.read("public", 362, false))
        .cluster("pods", List.of(pods));
  }

  /** It has no node for so long, and the scheduler says this. */
  private static Pod pending(int seconds, Condition... said) {
    Pod pod = with(with(with(pod(), "phase", "Pending"), "node", ""), "ip", Optional.empty());
    pod = with(with(pod, "startedAt", Optional.empty()), "createdAt", NOW.minusSeconds(seconds));
    return with(pod, "words", Altered.of(PodWords.none(), "conditions", List.of(said)));
  }

  private static Condition unscheduled(String why) {
    return new Condition("PodScheduled", "False", "Unschedulable", why);
  }

  /** Its container waits for so long, for this reason. */
  private static Pod waiting(int seconds, String reason, String message) {
    Pod pod = with(with(pod(), "phase", "Pending"), "container.waiting", reason);
    pod = with(with(pod, "startedAt", Optional.empty()), "createdAt", NOW.minusSeconds(seconds));
    return with(pod, "words", Altered.of(PodWords.none(), "waiting", message));
  }

  /** It ended with this code and so many restarts, and waits for the next one. */
  private static Pod crashed(int code, int restarts) {
    Pod pod = with(waiting(300, "CrashLoopBackOff", ""), "phase", "Running");
    pod = with(pod, "last", Optional.of(new Pod.Termination(code, "Error", NOW.minusSeconds(9))));
    return with(pod, "restarts", restarts);
  }

  private static Pod running(int seconds) {
    return with(
        with(pod(), "startedAt", Optional.of(NOW.minusSeconds(seconds))),
        "createdAt",
        NOW.minusSeconds(seconds));
  }

  private static Scenery logging(Scenery scenery, String... lines) {
    return scenery.cluster(
        "logs",
        List.of(
            new PodLog(
                pod().name(),
                3,
                Observed.known(List.of(lines), NOW),
                Observed.known(List.of(), NOW))));
  }

  private static ClusterEvent event(
      String kind, String object, String reason, String text, int ago) {
    return new ClusterEvent("e", "Warning", reason, kind, object, text, 4, NOW.minusSeconds(ago));
  }

  private static List<ReplicaSet> sets(int replicas, String image) {
    return List.of(new ReplicaSet("coder-6b8f9c7d4", "u2", 2, image, replicas, 0));
  }

  private static Scenery notMade(List<Condition> conditions, int eventAgo) {
    return idle()
        .deployment("conditions", conditions)
        .cluster("replicaSets", sets(1, "ghcr.io/coder/coder:v2.29.3"))
        .cluster(
            "events",
            List.of(
                event(
                    "ReplicaSet",
                    "coder-6b8f9c7d4",
                    "FailedCreate",
                    "Error creating: " + QUOTA,
                    eventAgo)));
  }

  private static final Condition REFUSED =
      new Condition("ReplicaFailure", "True", "FailedCreate", QUOTA);

  private static Pod leaving(int ago, List<String> finalizers) {
    return with(
        with(pod(), "deletedAt", Optional.of(NOW.minusSeconds(ago))),
        "words",
        Altered.of(PodWords.none(), "finalizers", finalizers));
  }

  private static Surroundings lost(Pod pod) {
    Node node = new Node(pod.node(), false, false, List.of(), Map.of(), Map.of());
    return Altered.of(
        Surroundings.notYet(NOW), "nodes", Observed.known(List.of(node), NOW.minusSeconds(20)));
  }

  private static Pod evicted() {
    return with(
        with(with(pod(), "phase", "Failed"), "startedAt", Optional.empty()),
        "words",
        Altered.of(
            Altered.of(PodWords.none(), "reason", "Evicted"),
            "message",
            "The node was low on resource: memory."));
  }

  private static String kept(String image) {
    return new PodMemory(
            PodMemory.Cause.OUT_OF_MEMORY,
            NOW.minusSeconds(600),
            "coder-gone",
            image,
            "",
            "OOMKilled")
        .text();
  }

  /** The same of the version before. */
  private static Pod old(Pod pod) {
    return with(with(pod, "name", "coder-old"), "image", "ghcr.io/coder/coder:v2.26.6");
  }

  /** A Ready pod of before, of this ReplicaSet. */
  private static Pod serving(String replicaSet) {
    return with(with(old(running(900)), "ready", true), "replicaSet", replicaSet);
  }

  private static Pod outOfMemory() {
    return with(
        crashed(137, 4),
        "last",
        Optional.of(new Pod.Termination(137, "OOMKilled", NOW.minusSeconds(9))));
  }

  /** It ended four times and has run for so long since. */
  private static Pod recovered(int seconds) {
    Pod pod = with(running(seconds), "restarts", 4);
    Instant ended = NOW.minusSeconds(seconds + 5);
    return with(pod, "last", Optional.of(new Pod.Termination(1, "Error", ended)));
  }

  /** The run set one replica a minute ago, and there are two. */
  private static Scenery scaledUp() {
    return idle(running(20))
        .deployment("replicas", 2)
        .recalls(RunFacts.REPLICAS_SET, "1")
        .recalls(RunFacts.REPLICAS_SET_AT, NOW.minusSeconds(60).toString());
  }

  private static Scenery killedBy(String probe) {
    return idle(with(crashed(137, 4), "container.waiting", ""))
        .deployment("livenessProbe", Optional.of(Scenery.PROBE))
        .cluster(
            "events",
            List.of(
                event(
                    "Pod",
                    pod().name(),
                    "Killing",
                    "Container coder failed %s probe, will be restarted".formatted(probe),
                    20)));
  }

  /** Its startup probe may fail so often, each ten seconds. */
  private static Optional<String> starting(int failures) {
    return Optional.of(
        "{\"httpGet\":{\"port\":\"http\"},\"failureThreshold\":%d}".formatted(failures));
  }

  private static final Condition LATE =
      new Condition("Progressing", "False", "ProgressDeadlineExceeded", "has timed out");

  static List<Found> found() {
    return List.of(
        new Found(
            "a quota refuses pods",
            notMade(List.of(REFUSED), 2),
            Kind.PODS_NOT_MADE,
            Urgency.ACT,
            "1 wanted pod cannot be made: " + QUOTA,
            "Let the ResourceQuota be raised"),
        new Found(
            "what is refused would migrate beside those that serve",
            notMade(List.of(REFUSED), 2).cluster("pods", List.of(serving("coder-5d"))),
            Kind.PODS_NOT_MADE,
            Urgency.ACT,
            "Let the ResourceQuota be raised",
            "The pod that is made then migrates at once, beside 1 Ready pod"),
        new Found(
            "an event alone tells of it",
            notMade(List.of(), 20),
            Kind.PODS_NOT_MADE,
            Urgency.ACT,
            "FailedCreate: Error creating: " + QUOTA),
        new Found(
            "the one in the place of an evicted pod is refused",
            notMade(List.of(REFUSED), 2)
                .cluster("pods", List.of(with(evicted(), "replicaSet", "coder-6b8f9c7d4"))),
            Kind.PODS_NOT_MADE,
            Urgency.ACT,
            "1 wanted pod cannot be made"),
        new Found(
            "no node takes it so far",
            idle(pending(19, unscheduled(NODES))),
            Kind.POD_NOT_SCHEDULED,
            Urgency.BEWARE,
            "No node takes"),
        new Found(
            "no node takes it before another one has gone",
            idle(pending(40, unscheduled(NODES)), leaving(-20, List.of())),
            Kind.POD_NOT_SCHEDULED,
            Urgency.BEWARE,
            "what it takes becomes free"),
        new Found(
            "no node takes it",
            idle(pending(20, unscheduled(NODES))),
            Kind.POD_NOT_SCHEDULED,
            Urgency.ACT,
            "No node takes " + pod().name() + ": 0/2 nodes are available",
            "uncordoned",
            "coder.resources.requests"),
        new Found(
            "a node comes for it",
            idle(pending(20, unscheduled(NODES)))
                .cluster(
                    "events",
                    List.of(
                        event(
                            "Pod",
                            pod().name(),
                            "TriggeredScaleUp",
                            "pod triggered scale-up",
                            30))),
            Kind.POD_NOT_SCHEDULED,
            Urgency.WAIT,
            "A node is being added for it"),
        new Found(
            "a Secret is not there",
            idle(waiting(20, "CreateContainerConfigError", MISSING)),
            Kind.POD_NOT_CONFIGURED,
            Urgency.ACT,
            "cannot be started: CreateContainerConfigError: " + MISSING),
        new Found(
            "a Secret went while it served",
            idle(with(waiting(20, "CreateContainerConfigError", MISSING), "restarts", 2)),
            Kind.POD_NOT_CONFIGURED,
            Urgency.ACT,
            "its container does not run now"),
        new Found(
            "an image went while it served",
            idle(with(waiting(20, "ImagePullBackOff", ""), "restarts", 2)),
            Kind.IMAGE_PULL_FAILS,
            Urgency.ACT,
            "It ran before with this image"),
        new Found(
            "its node has no memory",
            idle(outOfMemory()),
            Kind.OUT_OF_MEMORY,
            Urgency.ACT,
            "sets no memory limit"),
        new Found(
            "it takes more memory than it may",
            idle(outOfMemory()).deployment("own", Map.of(PodTemplate.MEMORY_LIMIT, Amount.of(512))),
            Kind.OUT_OF_MEMORY,
            Urgency.ACT,
            "Raise the memory limit"),
        new Found(
            "an init container cannot be made",
            idle(
                with(
                    waiting(20, "PodInitializing", ""),
                    "words",
                    Altered.of(
                        PodWords.none(),
                        "others",
                        List.of(
                            new PodWords.Standing(
                                "wait",
                                true,
                                "CreateContainerError",
                                "no such file",
                                Optional.empty()))))),
            Kind.POD_NOT_CONFIGURED,
            Urgency.ACT,
            "init container wait: CreateContainerError: no such file"),
        new Found(
            "the rollout is paused before the new image",
            idle()
                .deployment("paused", true)
                .cluster("replicaSets", sets(0, "ghcr.io/coder/coder:v2.26.6")),
            Kind.ROLLOUT_PAUSED,
            Urgency.ACT,
            "a pod that starts now has the image ghcr.io/coder/coder:v2.26.6",
            "kubectl --context prod-eu -n coder rollout resume"),
        new Found(
            "the rollout is paused and nothing is new",
            idle()
                .deployment("paused", true)
                .cluster("replicaSets", sets(0, "ghcr.io/coder/coder:v2.29.3")),
            Kind.ROLLOUT_PAUSED,
            Urgency.BEWARE,
            "a change of the image starts no pod"),
        new Found(
            "it ends with words that no rule knows",
            logging(idle(crashed(1, 4)), "panic: runtime error", "goroutine 1 [running]"),
            Kind.POD_CRASHES,
            Urgency.ACT,
            "exit code 1: goroutine 1 [running]",
            "ended with code 1 (Error) 9 s ago",
            "IDLE at 362",
            "4 restarts"),
        new Found(
            "it has ended once",
            logging(idle(crashed(1, 1)), "panic: runtime error"),
            Kind.POD_CRASHES,
            Urgency.ACT,
            "has ended: exit code 1: panic"),
        new Found(
            "it runs between two ends",
            logging(idle(recovered(590)), "panic: runtime error"),
            Kind.POD_CRASHES,
            Urgency.ACT,
            "ends again and again"),
        new Found(
            "replicas that somebody brings back before the commit",
            scaledUp(),
            Kind.SCALED_BACK,
            Urgency.ACT,
            "this run set 1; the deployment wants 2"),
        new Found(
            "its startup probe killed it",
            killedBy("startup").deployment("startupProbe", starting(30)),
            Kind.PROBE_KILLS_MIGRATOR,
            Urgency.ACT,
            "The startup probe kills",
            "failureThreshold of the deployment's startup probe"),
        new Found(
            "it ends well and is started again and again",
            idle(
                with(
                    crashed(0, 4),
                    "last",
                    Optional.of(new Pod.Termination(0, "Completed", NOW.minusSeconds(9))))),
            Kind.POD_CRASHES,
            Urgency.ACT,
            "exit code 0"),
        new Found(
            "it runs, nobody migrates, and it is not Ready",
            idle(running(120)),
            Kind.POD_DOES_NOT_RUN,
            Urgency.BEWARE,
            "does not become Ready: runs, not Ready for 2m00s",
            "IDLE at 362"),
        new Found(
            "its volume does not come",
            idle(waiting(200, "ContainerCreating", ""))
                .cluster(
                    "events",
                    List.of(
                        event("Pod", pod().name(), "FailedMount", "MountVolume.SetUp failed", 5))),
            Kind.POD_DOES_NOT_RUN,
            Urgency.BEWARE,
            "ContainerCreating for 3m20s",
            "FailedMount: MountVolume.SetUp failed"),
        new Found(
            "nobody makes the pods and nobody says why",
            idle(),
            Kind.POD_DOES_NOT_RUN,
            Urgency.BEWARE,
            "A wanted pod is not there",
            "no event and no condition says why"),
        new Found(
            "a pod that is gone ran out of memory with this image",
            idle().recalls(RunFacts.POD_FAILED, kept("ghcr.io/coder/coder:v2.29.3")),
            Kind.FAILED_BEFORE,
            Urgency.BEWARE,
            "The next pod may fail as coder-gone did: it ran out of memory"),
        new Found(
            "its node is lost",
            idle(leaving(900, List.of())).cluster("around", lost(pod())),
            Kind.POD_STAYS,
            Urgency.BEWARE,
            "does not go: node " + pod().node() + " is not Ready",
            "delete it by force"),
        new Found(
            "a finalizer holds it",
            idle(leaving(900, List.of("example.com/hold"))),
            Kind.POD_STAYS,
            Urgency.BEWARE,
            "finalizers: example.com/hold"),
        new Found(
            "it was evicted",
            idle(evicted()),
            Kind.POD_EVICTED,
            Urgency.BEWARE,
            "Evicted: The node was low on resource: memory."),
        new Found(
            "its node had no place for it",
            idle(with(evicted(), "words", Altered.of(PodWords.none(), "reason", "OutOfcpu"))),
            Kind.POD_EVICTED,
            Urgency.BEWARE,
            "was refused by its node: OutOfcpu"),
        new Found(
            "an old pod beside the new one, after the commit",
            idle(running(20), old(running(900)))
                .database("schema", SchemaTable.read("public", 401, false)),
            Kind.MIXED_VERSIONS,
            Urgency.BEWARE,
            "see that the rollout takes the old pods away"),
        new Found(
            "an old pod beside the new one, before the commit",
            idle(running(20), old(running(900))),
            Kind.MIXED_VERSIONS,
            Urgency.BEWARE,
            "If none does, scale to zero before the new version migrates"),
        new Found(
            "an older image was set when the schema was migrated already",
            idle(running(20), old(running(900)))
                .deployment("image", "ghcr.io/coder/coder:v2.26.6")
                .wantsNothing()
                .database("schema", SchemaTable.read("public", 401, false)),
            Kind.MIXED_VERSIONS,
            Urgency.BEWARE,
            "Find out why they run side by side"),
        new Found(
            "the schema is not seen",
            idle(running(20), old(running(900)))
                .database(
                    "schema",
                    SchemaTable.without(
                        SchemaTable.State.UNREADABLE, Optional.of("public"), "no right")),
            Kind.MIXED_VERSIONS,
            Urgency.BEWARE,
            "Find out why they run side by side"),
        new Found(
            "the rollout is late",
            idle(waiting(900, "ContainerCreating", "")).deployment("conditions", List.of(LATE)),
            Kind.ROLLOUT_STANDS_STILL,
            Urgency.BEWARE,
            "ProgressDeadlineExceeded: has timed out"),
        new Found(
            "the rollout is late, for it migrates",
            Scenery.of(UpgradeWorld::migrating).deployment("conditions", List.of(LATE)),
            Kind.ROLLOUT_STANDS_STILL,
            Urgency.KNOW,
            "the deadline ends nothing"));
  }

  static List<Absent> absent() {
    return List.of(
        new Absent(
            "an old refusal, and the pod is there",
            notMade(List.of(), 20)
                .cluster("pods", List.of(with(running(10), "replicaSet", "coder-6b8f9c7d4"))),
            Kind.PODS_NOT_MADE),
        new Absent(
            "its ends are long ago",
            logging(idle(recovered(610)), "panic: runtime error"),
            Kind.POD_CRASHES),
        new Absent(
            "replicas that somebody brings back after the commit, one by one",
            scaledUp().database("schema", SchemaTable.read("public", 401, false)),
            Kind.SCALED_BACK),
        new Absent(
            "an end by a signal of yesterday, and a probe that fails now",
            idle(with(
                    running(20),
                    "last",
                    Optional.of(new Pod.Termination(137, "Error", NOW.minusSeconds(86_400)))))
                .deployment("livenessProbe", Optional.of(Scenery.PROBE))
                .cluster(
                    "events",
                    List.of(
                        event("Pod", pod().name(), "Unhealthy", "Liveness probe failed: x", 2))),
            Kind.PROBE_KILLS_MIGRATOR),
        new Absent(
            "an autoscaler that takes one away after the commit",
            scaledUp()
                .deployment("replicas", 1)
                .recalls(RunFacts.REPLICAS_SET, "3")
                .database("schema", SchemaTable.read("public", 401, false)),
            Kind.SCALED_BACK),
        new Absent(
            "its probe killed what had nothing to migrate",
            killedBy("liveness").database("schema", SchemaTable.read("public", 401, false)),
            Kind.PROBE_KILLS_MIGRATOR),
        new Absent(
            "a startup probe leaves it an hour",
            Scenery.of(UpgradeWorld::migrating)
                .deployment("livenessProbe", Optional.of(Scenery.PROBE))
                .deployment("startupProbe", starting(360)),
            Kind.PROBE_KILLS_MIGRATOR),
        new Absent(
            "a probe asks for the open port",
            Scenery.of(UpgradeWorld::migrating)
                .deployment("livenessProbe", Optional.of("{\"tcpSocket\":{\"port\":\"http\"}}")),
            Kind.PROBE_KILLS_MIGRATOR),
        new Absent(
            "an old pod that was evicted long ago",
            idle(
                running(20),
                old(
                    with(
                        evicted(),
                        "last",
                        Optional.of(new Pod.Termination(137, "Error", NOW.minusSeconds(90_000)))))),
            Kind.MIXED_VERSIONS),
        new Absent("a refusal of an hour ago", notMade(List.of(), 3000), Kind.PODS_NOT_MADE),
        new Absent(
            "every pod is without a node for a moment",
            idle(pending(3, unscheduled(NODES))),
            Kind.POD_NOT_SCHEDULED),
        new Absent("nobody looked at it yet", idle(pending(20)), Kind.POD_NOT_SCHEDULED),
        new Absent(
            "its container is being made",
            idle(waiting(20, "ContainerCreating", "")),
            Kind.POD_NOT_CONFIGURED),
        new Absent(
            "it goes anyway",
            idle(
                with(
                    waiting(20, "CreateContainerConfigError", MISSING),
                    "deletedAt",
                    Optional.of(NOW))),
            Kind.POD_NOT_CONFIGURED),
        new Absent("it goes on", idle().deployment("paused", false), Kind.ROLLOUT_PAUSED),
        new Absent(
            "it ends for a reason that a rule knows",
            logging(
                idle(crashed(1, 4)),
                "error: migrate up: up: no migration found for version 401: read down for version"
                    + " 401 .: file does not exist"),
            Kind.POD_CRASHES),
        new Absent(
            "it ran out of memory",
            idle(
                with(
                    crashed(137, 4),
                    "last",
                    Optional.of(new Pod.Termination(137, "OOMKilled", NOW.minusSeconds(9))))),
            Kind.POD_CRASHES),
        new Absent(
            "it lost the race for the migration lock once",
            logging(idle(crashed(1, 1)), "error: migrate up: timeout: can't acquire database lock"),
            Kind.POD_CRASHES),
        new Absent(
            "it migrates for ten minutes",
            Scenery.of(UpgradeWorld::migrating).cluster("pods", List.of(running(600))),
            Kind.POD_DOES_NOT_RUN),
        new Absent("it has just started", idle(running(20)), Kind.POD_DOES_NOT_RUN),
        new Absent(
            "a large image comes",
            idle(waiting(200, "ContainerCreating", ""))
                .cluster(
                    "events", List.of(event("Pod", pod().name(), "Pulling", "Pulling image", 190))),
            Kind.POD_DOES_NOT_RUN),
        new Absent("all pods are Ready", Scenery.of(UpgradeWorld::running), Kind.POD_DOES_NOT_RUN),
        new Absent("no pod is wanted", idle().deployment("replicas", 0), Kind.POD_DOES_NOT_RUN),
        new Absent(
            "a moment ago it was scaled",
            idle()
                .cluster(
                    "events",
                    List.of(event("Deployment", "coder", "ScalingReplicaSet", "Scaled up", 5))),
            Kind.POD_DOES_NOT_RUN),
        new Absent(
            "a pod of another image failed",
            idle().recalls(RunFacts.POD_FAILED, kept("ghcr.io/coder/coder:v2.26.6")),
            Kind.FAILED_BEFORE),
        new Absent("it has its grace", idle(leaving(20, List.of())), Kind.POD_STAYS),
        new Absent("it failed by itself", idle(with(pod(), "phase", "Failed")), Kind.POD_EVICTED),
        new Absent(
            "the rollout was late and is whole",
            Scenery.of(UpgradeWorld::running).deployment("conditions", List.of(LATE)),
            Kind.ROLLOUT_STANDS_STILL));
  }
}
