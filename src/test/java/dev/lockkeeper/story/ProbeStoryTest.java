package dev.lockkeeper.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Key;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The probe of a stuck upgrade is taken out, the migration ends, and the probe comes back. */
class ProbeStoryTest {
  /** Half-way through a rollout: the new version is named, and its pod gets nowhere. */
  private static UpgradeWorld stuck(Instant now) {
    return named(UpgradeWorld.contended(now));
  }

  private static UpgradeWorld named(UpgradeWorld world) {
    var deployment =
        Altered.of(
            world.cluster().deployment().orElseThrow(),
            "image",
            "ghcr.io/coder/coder:" + UpgradeWorld.NEW);
    return new UpgradeWorld(
        Altered.of(world.cluster(), "deployment", Optional.of(deployment)), world.database());
  }

  private static ProbeStory choseToRemoveAndZero() {
    return ProbeStory.begins(ProbeStoryTest::stuck)
        .goesTo("2.1")
        .chooses(2)
        .goesTo("2.2")
        .presses(Key.Name.ENTER)
        .goesTo("3.1")
        .goesTo("3.2")
        .chooses(1)
        .goesTo("3.3");
  }

  private static ProbeStory drained() {
    ProbeStory story = choseToRemoveAndZero();
    story.presses(Key.of('w')).types("it is killed every 90 s as it is");
    story.presses(Key.Name.ENTER).presses(Key.Name.RIGHT).presses(Key.Name.ENTER);
    assertThat(story.asked().orElseThrow().summary()).endsWith("from 3 to 0");
    return story
        .answers(Outcome.done("3 → 0"))
        .sees(UpgradeWorld::renamed)
        .passes(12)
        .goesTo("4.1");
  }

  @Test
  void theWholeWayIsWalkedAndNothingIsOwedInTheEnd() {
    ProbeStory story = drained();
    shows(story, "4.1 Take the liveness probe out", "no pod restarts", "! bring back 3 replicas");
    story.presses(Key.Name.ENTER).presses(Key.Name.ENTER);
    ProbeRequest out = (ProbeRequest) story.asked().orElseThrow();
    assertThat(out.from()).contains(Scenery.PROBE);
    assertThat(out.to()).isEmpty();
    story.answers(Outcome.done("generation 9")).has(Optional.empty());
    assertThat(story.state().progress().status("4.1")).isEqualTo(StepStatus.DONE);
    assertThat(owed(story)).contains(Scenery.PROBE);

    story.goesTo("5.1").presses(Key.Name.ENTER).types("prod-eu/coder");
    story.answers(Outcome.done("0 → 1")).sees(UpgradeWorld::migrating).goesTo("5.2").passes(2);
    assertThat(story.state().progress().status("5.2")).isEqualTo(StepStatus.OPEN);
    story.sees(now -> UpgradeWorld.upgraded(now, 1)).passes(1).goesTo("5.3").passes(1);
    story.goesTo("6.1").presses(Key.Name.ENTER);
    story.presses(Key.Name.RIGHT).presses(Key.Name.ENTER).answers(Outcome.done("1 → 3"));
    story.sees(now -> UpgradeWorld.upgraded(now, 3)).goesTo("6.3").chooses(1).goesTo("6.4");

    shows(story, "6.4 Put the liveness probe back", "a rollout starts");
    story.presses(Key.Name.ENTER).presses(Key.Name.RIGHT).presses(Key.Name.ENTER);
    assertThat(((ProbeRequest) story.asked().orElseThrow()).to()).contains(Scenery.PROBE);
    assertThat(owed(story)).as("owed until it is done").isPresent();
    story.answers(Outcome.done("generation 10")).has(Optional.of(Scenery.PROBE));
    assertThat(owed(story)).isEmpty();
    story.goesTo("6.7").passes(1).ends();
    assertThat(story.state().progress().owes()).isFalse();
    assertThat(story.journal().get(story.journal().size() - 1).kind())
        .isEqualTo(Entry.Kind.FINISHED);
  }

  @Test
  void aChartWithoutTheValueCannotLeaveItOff() {
    ProbeStory story = drained();
    story.presses(Key.Name.ENTER).presses(Key.Name.ENTER).answers(Outcome.done("generation 9"));
    story.has(Optional.empty()).goesTo("5.1").presses(Key.Name.ENTER).types("prod-eu/coder");
    story.answers(Outcome.done("0 → 1")).sees(now -> UpgradeWorld.upgraded(now, 1)).goesTo("5.2");
    story.passes(1).goesTo("5.3").passes(1).goesTo("6.1").presses(Key.Name.ENTER);
    story.presses(Key.Name.RIGHT).presses(Key.Name.ENTER).answers(Outcome.done("1 → 3"));
    story.sees(now -> UpgradeWorld.upgraded(now, 3)).goesTo("6.3").chooses(2);
    assertThat(story.state().snapshot().run().chosen("probe-after")).isEmpty();
    shows(story, "from v2.30 on there is one");
  }

  @Test
  void theProbeOfThePodThatMigratesIsNotTouched() {
    ProbeStory story =
        ProbeStory.begins(now -> named(UpgradeWorld.migrating(now)))
            .goesTo("2.1")
            .chooses(1)
            .goesTo("2.2")
            .presses(Key.Name.ENTER)
            .goesTo("3.1")
            .goesTo("3.2")
            .chooses(3)
            .goesTo("4.2")
            .presses(Key.Name.ENTER);
    assertThat(story.asked()).isEmpty();
    assertThat(story.state().dialog()).isEmpty();
    shows(story, "rollout would kill it first", "editing the probe ends no migration  MUST");
    story.presses(Key.of('w'));
    assertThat(story.state().dialog()).as("a MUST is not waived").isEmpty();
  }

  @Test
  void whoLostTheLeaseActsNoMoreAndWhoCannotReadItGivesAReason() {
    ProbeStory lost = choseToRemoveAndZero().sees(now -> acting(now, Optional.of("eve@there")));
    lost.presses(Key.of('w')).types("it is killed every 90 s as it is").presses(Key.Name.ENTER);
    assertThat(lost.asked()).isEmpty();
    shows(lost, "eve@there acts here");

    ProbeStory blind = choseToRemoveAndZero().sees(now -> acting(now, Optional.empty()));
    shows(blind, "? unknown nobody else acts on this deployment  MUST (w waives)");
    blind.presses(Key.of('w')).types("I am alone, by phone").presses(Key.of('w'));
    blind.types("it is killed every 90 s as it is").presses(Key.Name.ENTER);
    assertThat(blind.state().dialog()).isPresent();
  }

  /** Somebody else holds the lease, or nobody may read it. */
  private static UpgradeWorld acting(Instant now, Optional<String> other) {
    UpgradeWorld world = stuck(now);
    OperatorLease ours = world.cluster().operator().value().orElseThrow();
    Observed<OperatorLease> seen =
        other
            .map(
                who ->
                    Observed.known(
                        Altered.of(
                            ours,
                            "holder",
                            Optional.of(Altered.of(ours.holder().orElseThrow(), "identity", who))),
                        now))
            .orElse(Observed.unknown("may not get leases", now));
    return new UpgradeWorld(Altered.of(world.cluster(), "operator", seen), world.database());
  }

  private static Optional<String> owed(ProbeStory story) {
    return story.state().progress().debt(Debt.LIVENESS_PROBE).map(Debt::from);
  }

  private static void shows(ProbeStory story, String... parts) {
    assertThat(Screens.render(story.state(), 120, 40).text()).contains(parts);
  }
}
