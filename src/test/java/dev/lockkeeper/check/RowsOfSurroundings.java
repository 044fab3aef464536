package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.deployment.NobodyEvicts;
import dev.lockkeeper.check.deployment.NodeIsLargeEnough;
import dev.lockkeeper.check.deployment.QuotaLeavesRoom;
import dev.lockkeeper.check.deployment.RolloutGoesOn;
import dev.lockkeeper.check.migration.NoFailureStands;
import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.DisruptionBudget;
import dev.lockkeeper.snapshot.Node;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodMemory;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.Quota;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Surroundings;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether pods can be made, find a node and may stay. */
final class RowsOfSurroundings {

  private RowsOfSurroundings() {}

  private static Row row(
      Check check, String when, Scenery seen, Verdict.Answer answer, String says) {
    return Row.row(check, when, seen, answer, says);
  }

  static Scenery around(String part, Object value) {
    return running().cluster("around", Altered.of(Surroundings.notYet(Scenery.NOW), part, value));
  }

  private static Scenery budget(boolean cordoned) {
    Scenery seen = node(cordoned, List.of(), Map.of());
    DisruptionBudget budget =
        new DisruptionBudget("coder", "minAvailable 1", Optional.of(0), false);
    return seen.cluster(
        "around",
        Altered.of(
            seen.seen().cluster().value().orElseThrow().around(),
            "budgets",
            Observed.known(List.of(budget), Scenery.NOW)));
  }

  static Scenery quota(long hard, long used, boolean scoped) {
    Quota quota =
        new Quota("few", Map.of("pods", Amount.of(hard)), Map.of("pods", Amount.of(used)), scoped);
    return around("quotas", Observed.known(List.of(quota), Scenery.NOW));
  }

  private static Scenery node(
      boolean cordoned, List<Node.Taint> taints, Map<String, String> labels) {
    Node node =
        new Node("node-1", true, cordoned, taints, labels, Map.of("memory", Amount.of(100)));
    Surroundings around =
        Altered.of(
            Altered.of(
                Surroundings.notYet(Scenery.NOW),
                "nodes",
                Observed.known(List.of(node), Scenery.NOW)),
            "verticals",
            Observed.known(List.of(), Scenery.NOW));
    return running().cluster("around", around);
  }

  private static Scenery asking(Scenery scenery, long memory) {
    return scenery.deployment("needs", Map.of("requests.memory", Amount.of(memory)));
  }

  private static String failed(String version) {
    return new PodMemory(
            PodMemory.Cause.MIGRATION_FAILED,
            Scenery.NOW.minusSeconds(600),
            "coder-gone",
            "ghcr.io/coder/coder:" + version,
            "",
            "no")
        .text();
  }

  private static Scenery held() {
    return running().deployment("paused", true);
  }

  static List<Row> all() {
    Check paused = new RolloutGoesOn();
    Check quotas = new QuotaLeavesRoom();
    Check large = new NodeIsLargeEnough();
    Check evicts = new NobodyEvicts();
    Node.Taint taint = new Node.Taint("gpu", "yes", "NoSchedule");
    Node.Taint soft = new Node.Taint("gpu", "yes", "PreferNoSchedule");
    Map<String, String> karpenter = Map.of("karpenter.sh/nodepool", "spot");
    Check stands = new NoFailureStands();
    return List.of(
        row(stands, "nothing is remembered", running(), PASS, "none with this image"),
        row(
            stands,
            "a pod of this image failed",
            running().cluster("pods", List.of()).recalls(RunFacts.POD_FAILED, failed("v2.26.6")),
            FAIL,
            "coder-gone failed 10m00s ago with this image: its migration failed: no"),
        row(
            stands,
            "a pod of another image failed",
            running().cluster("pods", List.of()).recalls(RunFacts.POD_FAILED, failed("v2.25.0")),
            PASS,
            "none"),
        row(
            stands,
            "the deployment is gone",
            running().cluster("deployment", Optional.empty()),
            UNKNOWN,
            "deployment"),
        row(paused, "it goes on", running(), PASS, "not set"),
        row(
            paused,
            "a pod counts late",
            running().deployment("minReadySeconds", 300),
            PASS,
            "available 5m00s after it is Ready"),
        row(paused, "it is paused", held(), FAIL, "starts no pod"),
        row(
            paused,
            "it is paused before another image",
            held()
                .cluster("replicaSets", List.of(new ReplicaSet("r", "u", 1, "coder:v2.1.0", 0, 0))),
            FAIL,
            "a pod that starts now has the image coder:v2.1.0"),
        row(
            paused,
            "the deployment is gone",
            running().cluster("deployment", Optional.empty()),
            UNKNOWN,
            "deployment"),
        row(quotas, "there is none", running(), PASS, "none"),
        row(quotas, "there is room", quota(4, 3, false), PASS, "room for 4 pods"),
        row(
            quotas,
            "there is none for the one that a rollout makes first",
            quota(3, 3, false),
            FAIL,
            "quota few allows 3 of pods, used: 3"),
        row(
            quotas,
            "a rollout takes one away first",
            quota(3, 3, false).deployment("maxUnavailable", "34%"),
            PASS,
            "room for 3 pods"),
        row(
            quotas,
            "a rollout takes all away first",
            quota(3, 3, false).deployment("strategy", "Recreate"),
            PASS,
            "room for 3 pods"),
        row(
            quotas,
            "it counts what no pod says",
            around(
                "quotas",
                Observed.known(
                    List.of(
                        new Quota(
                            "few",
                            Map.of("requests.cpu", Amount.of(8)),
                            Map.of("requests.cpu", Amount.of(0)),
                            false)),
                    Scenery.NOW)),
            UNKNOWN,
            "quota few counts requests.cpu, which the deployment does not set"),
        row(
            quotas,
            "it was lowered while they run",
            quota(2, 3, false),
            FAIL,
            "quota few allows 2 of pods, used: 3"),
        row(quotas, "it counts some pods only", quota(2, 3, true), UNKNOWN, "some pods only"),
        row(
            quotas,
            "it may not be read",
            around("quotas", Observed.unknown("no right to list resourcequotas", Scenery.NOW)),
            UNKNOWN,
            "no right"),
        row(large, "one does", asking(node(false, List.of(), Map.of()), 100), PASS, "node-1 is"),
        row(
            large,
            "it is too small",
            asking(node(false, List.of(), Map.of()), 101),
            FAIL,
            "node-1 has 100 of memory, a pod requests 101"),
        row(large, "it is cordoned", node(true, List.of(), Map.of()), FAIL, "node-1 is cordoned"),
        row(
            large,
            "it has a taint",
            node(false, List.of(taint), Map.of()),
            FAIL,
            "taint gpu=yes:NoSchedule"),
        row(large, "it would rather not", node(false, List.of(soft), Map.of()), PASS, "node-1"),
        row(
            large,
            "the taint is tolerated",
            node(false, List.of(taint), Map.of())
                .deployment(
                    "tolerations", List.of(new PodTemplate.Toleration("gpu", "", true, ""))),
            PASS,
            "node-1"),
        row(
            large,
            "no node has the label",
            node(false, List.of(), Map.of()).deployment("nodeSelector", Map.of("zone", "b")),
            FAIL,
            "no label zone=b"),
        row(
            large,
            "nodes may not be read",
            around("nodes", Observed.unknown("no right to list nodes", Scenery.NOW)),
            UNKNOWN,
            "no right"),
        row(evicts, "nobody", running(), PASS, "no VerticalPodAutoscaler"),
        row(
            evicts,
            "a vertical autoscaler",
            around("verticals", Observed.known(List.of("vpa"), Scenery.NOW)),
            FAIL,
            "VerticalPodAutoscaler vpa"),
        row(
            evicts,
            "the node of a pod is cordoned",
            node(true, List.of(), Map.of()),
            FAIL,
            "node-1 is cordoned"),
        row(
            evicts,
            "Karpenter",
            node(false, List.of(), karpenter),
            FAIL,
            "Karpenter runs node node-1"),
        row(
            evicts,
            "Karpenter is told not to",
            node(false, List.of(), karpenter)
                .deployment("template.annotations", Map.of("karpenter.sh/do-not-disrupt", "true")),
            PASS,
            "no"),
        row(
            evicts,
            "another autoscaler of nodes is told not to",
            node(false, List.of(), karpenter)
                .deployment(
                    "template.annotations",
                    Map.of("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")),
            FAIL,
            "Karpenter runs node"),
        row(
            evicts,
            "a budget holds up a drain",
            budget(false),
            PASS,
            "no VerticalPodAutoscaler, Karpenter or cordoned node; PodDisruptionBudget coder"
                + " (minAvailable 1) refuses evictions of Ready pods now; of one that migrates it"
                + " refuses them only while too few others are Ready"),
        row(
            evicts,
            "a budget beside a drain",
            budget(true),
            FAIL,
            "node-1 is cordoned, as at the beginning of a drain; PodDisruptionBudget coder"),
        row(
            evicts,
            "nodes may not be read",
            around("verticals", Observed.known(List.of(), Scenery.NOW)),
            UNKNOWN,
            "not read yet"));
  }
}
