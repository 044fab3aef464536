package dev.lockkeeper.story;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A story of the runbook about probes, whose deployment has the probe that it is told to have. */
final class ProbeStory {
  private final Story story;
  private Function<Instant, UpgradeWorld> world;
  private Optional<String> probe = Optional.of(Scenery.PROBE);

  private ProbeStory(Function<Instant, UpgradeWorld> world) {
    this.world = world;
    story = Story.begins("coder-probes", Setting.World.PRODUCTION, this::seen);
  }

  static ProbeStory begins(Function<Instant, UpgradeWorld> world) {
    return new ProbeStory(world);
  }

  private UpgradeWorld seen(Instant now) {
    UpgradeWorld seen = world.apply(now);
    Deployment deployment =
        Altered.of(seen.cluster().deployment().orElseThrow(), "livenessProbe", probe);
    return new UpgradeWorld(
        Altered.of(seen.cluster(), "deployment", Optional.of(deployment)), seen.database());
  }

  State state() {
    return story.state();
  }

  List<Entry> journal() {
    return story.journal();
  }

  Optional<Request> asked() {
    return story.asked();
  }

  ProbeStory sees(Function<Instant, UpgradeWorld> other) {
    world = other;
    return passes(1);
  }

  ProbeStory has(Optional<String> other) {
    probe = other;
    return passes(1);
  }

  ProbeStory passes(int seconds) {
    story.passes(seconds);
    return this;
  }

  /** Enter, until a step is on the screen. */
  ProbeStory goesTo(String step) {
    story.walksTo(step);
    return this;
  }

  /** Enter, until all steps are over. */
  ProbeStory ends() {
    story.walksToTheEnd();
    return this;
  }

  /** Opens the choice of the step and takes this option, counted from one. */
  ProbeStory chooses(int option) {
    presses(Key.Name.ENTER);
    for (int i = 0; i < option; i++) {
      presses(Key.Name.DOWN);
    }
    return presses(Key.Name.ENTER);
  }

  ProbeStory presses(Key.Name name) {
    return presses(Key.of(name));
  }

  ProbeStory presses(Key key) {
    story.presses(key);
    return this;
  }

  ProbeStory types(String text) {
    story.answers(text);
    return this;
  }

  ProbeStory answers(Outcome outcome) {
    story.clusterAnswers(outcome);
    return this;
  }
}
