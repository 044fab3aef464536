package dev.lockkeeper.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.OperatorLease.Holder;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the probe would be changed and the lease taken, and when they would not. */
class ProbePlansTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final EditProbe REMOVE = new EditProbe(EditProbe.Way.REMOVE);
  private static final EditProbe SOFTEN = new EditProbe(EditProbe.Way.SOFTEN);
  private static final EditProbe RESTORE = new EditProbe(EditProbe.Way.RESTORE);
  private static final TakeLease LEASE = new TakeLease();
  private static final String PROBE = Scenery.PROBE;
  private static final String SOFT =
      "{\"httpGet\":{\"path\":\"/healthz\",\"port\":\"http\"},\"failureThreshold\":360}";

  private static Scenery probed() {
    return Scenery.of(UpgradeWorld::running).deployment("livenessProbe", Optional.of(PROBE));
  }

  private static Plan plan(Action action, Scenery seen) {
    Proposal proposal = action.propose(seen.seen(), KNOWLEDGE);
    assertThat(proposal.reason()).isEmpty();
    return proposal.plan().orElseThrow();
  }

  private static String reason(Action action, Scenery seen) {
    Proposal proposal = action.propose(seen.seen(), KNOWLEDGE);
    assertThat(proposal.plan()).isEmpty();
    return proposal.reason();
  }

  @Test
  void takingTheProbeOutNamesItsContainerAndWhatItSaw() {
    Plan plan = plan(REMOVE, probed());
    assertThat(plan.request())
        .isEqualTo(
            new ProbeRequest(
                Contexts.in("coder"),
                "coder",
                "uid-deployment",
                7,
                "coder",
                Optional.of(PROBE),
                Optional.empty()));
    assertThat(plan.undo())
        .startsWith("kubectl --context prod-eu -n coder patch deployment/coder")
        .contains("healthz");
  }

  @Test
  void editingWhatRunsIsSaidToStartARollout() {
    Plan plan = plan(REMOVE, probed());
    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan.effects())
        .containsExactly(
            "Kubernetes restarts no pod that hangs; the readiness probe stays, and never kills",
            "a rollout starts: all pods are replaced, one after the other, by 3 new pods of"
                + " ghcr.io/coder/coder:v2.26.6",
            "the next helm upgrade to a chart below v2.30 puts the probe back");
    assertThat(plan(REMOVE, probed().deployment("strategy", "Recreate")).effects().get(1))
        .contains("all pods stop, and only then come 3 new pods");
  }

  @Test
  void whoIsNotReadyIsNamedAsTheFirstToGo() {
    Scenery stuck =
        Scenery.of(UpgradeWorld::contended).deployment("livenessProbe", Optional.of(PROBE));
    assertThat(plan(SOFTEN, stuck).effects())
        .contains("killed first, because they are not Ready: coder-6b8f9c7d4-9fq7c");
  }

  @Test
  void atZeroReplicasNothingRestarts() {
    Scenery quiet =
        Scenery.of(UpgradeWorld::renamed).deployment("livenessProbe", Optional.of(PROBE));
    Plan plan = plan(REMOVE, quiet);
    assertThat(plan.risk()).isEqualTo(Risk.SAFE);
    assertThat(plan.effects()).contains("no pod restarts: the deployment wants 0 replicas");
  }

  @Test
  void fromV230OnTheValuesDecide() {
    Scenery newer = probed().deployment("image", "ghcr.io/coder/coder:v2.30.0");
    assertThat(plan(REMOVE, newer).effects().get(2)).contains("coder.livenessProbe.enabled=false");
  }

  @Test
  void softeningLeavesAnyMigrationItsTimeAndChangesNothingElse() {
    assertThat(to(plan(SOFTEN, probed()))).contains(SOFT);
    String odd =
        "{\"initialDelaySeconds\":5,\"failureThreshold\":3,\"periodSeconds\":7,\"exec\":{\"command\":[]}}";
    assertThat(LivenessProbe.softened(odd)).isEqualTo(odd.replace(":3,", ":515,"));
    assertThat(LivenessProbe.softened("{}")).isEqualTo("{\"failureThreshold\":360}");
  }

  @Test
  void theProbeOfBeforeComesBackExactly() {
    Scenery soft = probed().deployment("livenessProbe", Optional.of(SOFT));
    Plan plan = plan(RESTORE, soft.recalls(RunFacts.LIVENESS_PROBE, PROBE));
    assertThat(to(plan)).contains(PROBE);
    assertThat(plan.effects().get(0)).contains("SIGTERM 30 s after its start");
  }

  @Test
  void aProbeThatAnotherRunTookOutComesBackFromWhereThatNotedItDown() {
    Scenery other =
        Scenery.of(UpgradeWorld::running)
            .deployment("metadata.annotations", Map.of(LivenessProbe.ANNOTATION, PROBE));
    assertThat(to(plan(RESTORE, other))).contains(PROBE);
    Scenery nonsense =
        Scenery.of(UpgradeWorld::running)
            .deployment("metadata.annotations", Map.of(LivenessProbe.ANNOTATION, "none"));
    assertThat(reason(RESTORE, nonsense)).contains("no liveness probe is remembered");
  }

  @Test
  void thereIsNothingToDoWhereItIsSo() {
    Scenery none = Scenery.of(UpgradeWorld::running);
    assertThat(reason(REMOVE, none)).contains("has no liveness probe");
    assertThat(reason(SOFTEN, none)).contains("has no liveness probe");
    assertThat(reason(SOFTEN, probed().deployment("livenessProbe", Optional.of(SOFT))))
        .contains("leaves enough time");
    assertThat(reason(RESTORE, none)).contains("remembered");
    assertThat(reason(RESTORE, probed().recalls(RunFacts.LIVENESS_PROBE, PROBE)))
        .contains("as it was before");
  }

  @Test
  void aFreeLeaseIsTakenWithoutAsking() {
    Plan plan = plan(LEASE, lease(Optional.empty()));
    assertThat(plan.risk()).isEqualTo(Risk.SAFE);
    assertThat(plan.request())
        .isEqualTo(
            new LeaseRequest(Contexts.in("coder"), "lease", false, Optional.empty(), "me@here"));
  }

  @Test
  void theLeaseOfSomebodyWhoFellSilentIsTakenOver() {
    Plan plan = plan(LEASE, lease(held("eve@there run-1", 90, true)));
    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan.effects().get(0)).contains("eve@there run-1", "silent for 1m30s");
    assertThat(plan(LEASE, lease(held("me@here", 90, true))).risk()).isEqualTo(Risk.SAFE);
  }

  @Test
  void whoActsNowIsPushedAsideOnlyByTypingTheirName() {
    Plan plan = plan(LEASE, lease(held("eve@there run-1", 3, false)));
    assertThat(plan.risk()).isEqualTo(Risk.IRREVERSIBLE);
    assertThat(plan.phrase()).isEqualTo("eve@there run-1");
    assertThat(plan.effects().get(0)).contains("acts here NOW", "3 s ago");
    for (String name : List.of("ev\u202ee", "", " eve", "e".repeat(61), "\u001b[2J")) {
      assertThat(plan(LEASE, lease(held(name, 3, false))).phrase()).isEqualTo("prod-eu/coder");
    }
  }

  @Test
  void aLeaseThatIsOursOrCannotBeReadIsNotTaken() {
    assertThat(reason(LEASE, Scenery.of(UpgradeWorld::running))).isEqualTo("you hold it");
    Observed<OperatorLease> blind = Observed.unknown("may not get leases", Scenery.NOW);
    assertThat(reason(LEASE, Scenery.of(UpgradeWorld::running).cluster("operator", blind)))
        .contains("may not get leases");
  }

  @Test
  void staleFactsMakeNoPlanAndNoFactsMakeThemThrow() {
    for (Action action : List.of(REMOVE, SOFTEN, RESTORE, LEASE)) {
      for (Snapshot seen : Scenery.everyGoodMoment()) {
        Snapshot later = seen.at(seen.now().plus(Snapshot.FRESH).plusMillis(1));
        assertThat(action.propose(later, KNOWLEDGE).plan()).as("%s", action).isEmpty();
      }
      for (Snapshot seen : Scenery.hostile()) {
        Proposal proposal = action.propose(seen, KNOWLEDGE);
        assertThat(proposal.plan().isPresent()).isNotEqualTo(!proposal.reason().isEmpty());
      }
    }
  }

  private static Optional<String> to(Plan plan) {
    return ((ProbeRequest) plan.request()).to();
  }

  private static Scenery lease(Optional<Holder> holder) {
    return Scenery.of(UpgradeWorld::running)
        .cluster(
            "operator", Observed.known(new OperatorLease("lease", "me@here", holder), Scenery.NOW));
  }

  private static Optional<Holder> held(String who, int silent, boolean expired) {
    return Optional.of(
        new Holder(who, Scenery.NOW.minusSeconds(600), Duration.ofSeconds(silent), expired));
  }
}
