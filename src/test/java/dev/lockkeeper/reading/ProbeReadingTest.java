package dev.lockkeeper.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the runbook about probes shows. */
class ProbeReadingTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final String POD = "coder-6b8f9c7d4-9fq7c";

  private static Scenery stuck() {
    return Scenery.of(UpgradeWorld::contended)
        .deployment("livenessProbe", Optional.of(Scenery.PROBE));
  }

  private static String lines(StepInfo reading, Scenery seen) {
    return String.join("\n", reading.lines(seen.seen(), KNOWLEDGE));
  }

  @Test
  void theKeyOfTheChartIsNamedByVersion() {
    assertThat(lines(StepInfo.PROBES, stuck()))
        .contains("liveness   on: SIGTERM 30 s after its start", "longer than 1m30s ever ends")
        .contains("chart      v2.26.6: liveness on by default; no value switches it off")
        .contains("an edit    starts a rollout of 3 pods");
    assertThat(lines(StepInfo.PROBES, stuck().deployment("chart", Optional.of("coder-2.31.0"))))
        .contains("v2.31.0: liveness off by default; off by the value coder.livenessProbe.enabled");
    assertThat(lines(StepInfo.PROBES, stuck().deployment("chart", Optional.of("coder-2.20.1"))))
        .contains("no value changes it");
  }

  @Test
  void beforeAnythingIsDownTheProbeIsToldWithTheMomentToTakeItOut() {
    assertThat(lines(StepInfo.PROBE_AHEAD, stuck()))
        .contains("no migration longer than 1m30s ever ends")
        .contains("an edit restarts 3 pods of the old version", "in 4.1 takes care of it");
    assertThat(lines(StepInfo.PROBE_AHEAD, stuck().deployment("replicas", 0)))
        .contains("at 0 replicas an edit restarts nothing");
    assertThat(lines(StepInfo.PROBE_AHEAD, stuck().deployment("livenessProbe", Optional.empty())))
        .isEqualTo("no liveness probe: Kubernetes kills no pod that migrates");
  }

  @Test
  void helmKeepsTheProbeAwayByItselfWhereTheChartHasAValueForIt() {
    String told = "a value of the chart of";
    Scenery installed = stuck().release(Scenery.revision(3, "deployed", "2.26.6"));
    assertThat(lines(StepInfo.PROBE_AHEAD, installed)).contains(told, "v2.29.3");
    assertThat(lines(StepInfo.PROBE_AHEAD, installed.recalls(RunFacts.TARGET, "v2.24.2")))
        .doesNotContain(told);
    assertThat(lines(StepInfo.PROBE_AHEAD, stuck())).doesNotContain(told);
  }

  @Test
  void eventsThatSayNothingHereAreLeftOut() {
    assertThat(lines(StepInfo.POD_EVENTS, stuck()))
        .contains("×17  " + POD + " Unhealthy: Readiness probe failed")
        .doesNotContain("Pulled");
    assertThat(lines(StepInfo.POD_EVENTS, Scenery.of(UpgradeWorld::drained)))
        .contains("none in the last hour");
  }

  @Test
  void aLogThatWasCutOffIsToldFromOneThatFailed() {
    assertThat(
            lines(StepInfo.PREVIOUS_LOGS, logged("Started HTTP listener at x", "View the Web UI")))
        .contains("before restart 2: 2 lines, cut off", "start   Started HTTP listener");
    assertThat(lines(StepInfo.PREVIOUS_LOGS, logged("timeout: can't acquire database lock")))
        .contains("it says why it failed", "failed  timeout");
  }

  private static Scenery logged(String... printed) {
    PodLog log =
        new PodLog(
            POD,
            2,
            Observed.known(List.of(), Scenery.NOW),
            Observed.known(List.of(printed), Scenery.NOW));
    return stuck().cluster("logs", List.of(log));
  }

  @Test
  void aPodThatTheProbeWillKillIsNamedWithTheArithmetic() {
    assertThat(lines(StepInfo.PROBE_KILLS, stuck()))
        .startsWith("maybe: The liveness probe may kill " + POD)
        .contains("3 x 10 s", "could also be  a probe that is answered");
    assertThat(lines(StepInfo.PROBE_KILLS, Scenery.of(UpgradeWorld::running)))
        .isEqualTo("not seen: there is no liveness probe that could kill");
  }

  @Test
  void whatACrashLoopComesFromIsToldPodByPodAndCauseByCause() {
    assertThat(lines(StepInfo.CRASH_CAUSES, stuck()))
        .contains(POD + ": Running, not Ready, 0 restarts", "→ The liveness probe may kill")
        .contains("blocks the migration");
  }

  @Test
  void oldReplicaSetsAreNamedWithTheSessionsThatTheyHold() {
    Scenery two =
        stuck()
            .cluster(
                "replicaSets",
                List.of(
                    new ReplicaSet("coder-6b8f9c7d4", "u2", 2, "coder:v2.29.3", 1, 0),
                    new ReplicaSet("coder-75d5c8d9f", "u1", 1, "coder:v2.26.6", 3, 3),
                    new ReplicaSet("coder-0", "u0", 0, "coder:v2.20.0", 0, 0)));
    assertThat(lines(StepInfo.OLD_REPLICA_SETS, two))
        .contains("newest  coder-6b8f9c7d4 v2.29.3: wants 1, has 1 pod")
        .contains(
            "OLD     coder-75d5c8d9f v2.26.6: wants 3, has 3 pods, 3", "1 idle in transaction")
        .doesNotContain("coder-0");
  }
}
