package dev.lockkeeper.story;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.wizard.Effect;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Next;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Update;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An operator at the runbook about probes, whose deployment has the probe that it is told to have.
 */
final class ProbeStory implements Effect.Hands {
  private final List<Entry> journal = new ArrayList<>();
  private State state;
  private Instant now = Story.START;
  private Function<Instant, UpgradeWorld> world;
  private Optional<String> probe = Optional.of(Scenery.PROBE);
  private Optional<Request> asked = Optional.empty();

  private ProbeStory(Function<Instant, UpgradeWorld> world) {
    this.world = world;
    Setting setting =
        new Setting(
            "probes-0304-2205", Setting.World.PRODUCTION, ZoneId.of("Europe/Berlin"), Policy.NONE);
    state =
        State.starting(
            setting,
            RunbookFile.bundled("coder-probes"),
            KnowledgeFile.load(),
            Progress.none(now),
            now);
  }

  static ProbeStory begins(Function<Instant, UpgradeWorld> world) {
    ProbeStory story = new ProbeStory(world);
    story.append(
        Entry.started(Story.START, "coder-probes", Map.of(RunFacts.TARGET, UpgradeWorld.NEW)));
    story.append(Entry.remembered(Story.START, RunFacts.LIVENESS_PROBE, Scenery.PROBE));
    return story.passes(1);
  }

  @Override
  public void askLook(Optional<Plan> plan) {
    throw new AssertionError("nobody laid down that a second operator looks");
  }

  State state() {
    return state;
  }

  List<Entry> journal() {
    return List.copyOf(journal);
  }

  Optional<Request> asked() {
    return asked;
  }

  ProbeStory sees(Function<Instant, UpgradeWorld> seen) {
    world = seen;
    return passes(1);
  }

  ProbeStory has(Optional<String> other) {
    probe = other;
    return passes(1);
  }

  ProbeStory passes(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      UpgradeWorld seen = world.apply(now);
      Deployment deployment =
          Altered.of(seen.cluster().deployment().orElseThrow(), "livenessProbe", probe);
      happens(
          new Event.SeenCluster(
              Observed.known(
                  Altered.of(seen.cluster(), "deployment", Optional.of(deployment)), now)));
      happens(new Event.SeenDatabase(Observed.known(seen.database(), now)));
      now = now.plusMillis(400);
      happens(new Event.Ticked(now));
    }
    return this;
  }

  /** Enter, until a step is on the screen. */
  ProbeStory goesTo(String step) {
    for (int i = 0; i < 40 && !state.cursor().equals(step); i++) {
      presses(Key.Name.ENTER);
    }
    if (!state.cursor().equals(step)) {
      throw new AssertionError(
          "stuck at " + state.cursor() + ": " + state.notice().map(each -> each.text()));
    }
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
    now = now.plusMillis(40);
    return happens(new Event.Pressed(key, now));
  }

  ProbeStory types(String text) {
    text.chars().forEach(character -> presses(Key.of((char) character)));
    return presses(Key.Name.ENTER);
  }

  ProbeStory answers(Outcome outcome) {
    Request request = asked.orElseThrow();
    asked = Optional.empty();
    return happens(new Event.Performed(state.cursor(), request, outcome));
  }

  private ProbeStory happens(Event event) {
    Next next = Update.apply(state, event);
    state = Update.apply(next.state(), new Event.Painted(now)).state();
    next.effects().forEach(effect -> effect.run(this));
    return this;
  }

  @Override
  public void append(Entry entry) {
    journal.add(entry);
    happens(new Event.Written(entry));
  }

  @Override
  public void perform(String step, Request request) {
    asked = Optional.of(request);
  }

  @Override
  public void rehearse(Request request) {
    happens(new Event.Rehearsed(request, new Rehearsal(Rehearsal.Verdict.ACCEPTED, List.of())));
  }

  @Override
  public void quit() {}
}
