package dev.lockkeeper.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Effect;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Next;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Update;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One who walks through the runbook of a Coder v1. */
final class CoderV1Story implements Effect.Runner {
  State state;
  private Instant now = Scenery.NOW;
  private Scenery scenery = CoderV1Scene.installed();
  List<String> refused = List.of();
  Optional<Request> asked = Optional.empty();

  /** What was to be looked up besides, each time that this changed. */
  final List<Optional<ObjectName>> sought = new ArrayList<>();

  private static final String TIME = "%02d:%02d";

  /** Helm has refused, and the question of the uninstallation is next. */
  static CoderV1Story uninstalls() {
    return uninstalls(begins(CoderV1Scene.NEW));
  }

  /** The same in a walk that has begun. */
  static CoderV1Story uninstalls(CoderV1Story begun) {
    CoderV1Story walk = begun.prepares();
    walk.refused = List.of(CoderV1Scene.NOT_OWNED);
    walk.chooses(1).goesTo("3.2").presses(Key.Name.ENTER).presses(Key.Name.ESCAPE).passes(1);
    walk.goesTo("3.4").chooses(4).goesTo("4.4").presses(Key.Name.ENTER).types("coder.example.com");
    walk.refused = List.of();
    return walk.passes(1);
  }

  static CoderV1Story begins(String target) {
    return begins(RunbookFile.bundled("coder-v1"), target);
  }

  static CoderV1Story begins(Runbook runbook, String target) {
    CoderV1Story walk = new CoderV1Story();
    Setting setting =
        new Setting("v1-0304-2205", Setting.World.PRODUCTION, ZoneOffset.UTC, Policy.NONE, true);
    walk.state =
        State.starting(setting, runbook, KnowledgeFile.load(), Progress.none(walk.now), walk.now);
    walk.append(Entry.started(walk.now, runbook.name(), Map.of(RunFacts.TARGET, "v" + target)));
    return walk.passes(2);
  }

  /** To the choice of who runs helm. */
  CoderV1Story prepares() {
    goesTo("2.5").presses(Key.Name.ENTER).types("snap-1");
    types(TIME.formatted(now.atZone(ZoneOffset.UTC).getHour(), minute()));
    return passes(1).goesTo("3.1");
  }

  private int minute() {
    return now.atZone(ZoneOffset.UTC).getMinute();
  }

  CoderV1Story sees(Scenery other) {
    scenery = other;
    return passes(2);
  }

  CoderV1Story passes(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      Snapshot seen = scenery.seen();
      Helm helm = seen.helm().value().orElseThrow();
      happens(Event.Seen.cluster(Observed.known(looked(seen), now)));
      happens(Event.Seen.database(Observed.known(seen.database().value().orElseThrow(), now)));
      happens(Event.Seen.helm(Observed.known(ours(helm), now)));
      now = now.plusMillis(400);
      happens(new Event.Ticked(now));
    }
    return this;
  }

  /** What ran is what was asked for. */
  private Helm ours(Helm helm) {
    return state
        .snapshot()
        .run()
        .recalled(RunFacts.HELM_DIGEST)
        .flatMap(digest -> helm.run().map(run -> Altered.of(run, "digest", digest)))
        .map(run -> Altered.of(helm, "run", Optional.of(run)))
        .orElse(helm);
  }

  /** What Helm named was looked up just now as well. */
  private Cluster looked(Snapshot seen) {
    Cluster cluster = seen.cluster().value().orElseThrow();
    return cluster
        .helm()
        .named()
        .value()
        .map(named -> Altered.of(cluster, "named", Observed.known(named, now)))
        .orElse(cluster);
  }

  CoderV1Story goesTo(String step) {
    return leafs(step, Key.of(Key.Name.ENTER));
  }

  CoderV1Story leafsBackTo(String step) {
    return leafs(step, Key.of('b'));
  }

  private CoderV1Story leafs(String step, Key key) {
    for (int i = 0; i < Story.STEPS && !state.cursor().equals(step); i++) {
      presses(key);
    }
    assertThat(state.cursor()).as(screen()).isEqualTo(step);
    return this;
  }

  /** Enter, until all steps are over. */
  CoderV1Story ends() {
    for (int i = 0; i < Story.STEPS && !state.finished(); i++) {
      presses(Key.Name.ENTER);
    }
    assertThat(state.finished()).as(screen()).isTrue();
    return this;
  }

  /** Opens the choice of the step and takes this option, counted from one. */
  CoderV1Story chooses(int option) {
    presses(Key.Name.ENTER);
    for (int i = 0; i < option; i++) {
      presses(Key.Name.DOWN);
    }
    return presses(Key.Name.ENTER).passes(1);
  }

  CoderV1Story confirms() {
    presses(Key.Name.ENTER)
        .types(scenery.seen().cluster().value().orElseThrow().identity().phrase());
    assertThat(asked).as(screen()).isPresent();
    return this;
  }

  /** Opens the question of the adoption, and says yes to it. */
  CoderV1Story handsOver(String kind) {
    return presses(Key.Name.ENTER).answersRight(kind);
  }

  CoderV1Story answersRight(String kind) {
    assertThat(screen()).contains("Hand %s coder over to the Helm release prod".formatted(kind));
    presses(Key.Name.RIGHT).presses(Key.Name.ENTER).passes(0);
    AdoptRequest request = (AdoptRequest) asked.orElseThrow(() -> new AssertionError(screen()));
    assertThat(request.object().kind()).isEqualTo(kind);
    return answers(Outcome.done("handed over"));
  }

  CoderV1Story answers(Outcome outcome) {
    Request request = asked.orElseThrow();
    asked = Optional.empty();
    return happens(new Event.Performed(state.cursor(), request, outcome));
  }

  CoderV1Story types(String text) {
    text.chars().forEach(character -> presses(Key.of((char) character)));
    return presses(Key.Name.ENTER);
  }

  CoderV1Story presses(Key.Name name) {
    return presses(Key.of(name));
  }

  CoderV1Story presses(Key key) {
    now = now.plusMillis(40);
    return happens(new Event.Pressed(key, now));
  }

  private CoderV1Story happens(Event event) {
    Next next = Update.apply(state, event);
    state = Update.apply(next.state(), new Event.Painted(now)).state();
    Screens.readToItsEnd(state, 120, 40)
        .ifPresent(asked -> state = Update.apply(state, new Event.ReadToItsEnd(asked)).state());
    next.effects().forEach(effect -> effect.run(this));
    return this;
  }

  String screen() {
    return Screens.render(state, 120, 40).text();
  }

  @Override
  public void append(Entry entry) {
    happens(new Event.Written(entry));
  }

  @Override
  public void perform(String step, Request request) {
    asked = Optional.of(request);
  }

  @Override
  public void rehearse(Request request) {
    boolean accepts = refused.isEmpty() || !(request instanceof HelmRequest);
    happens(
        new Event.Rehearsed(
            request,
            new Rehearsal(
                accepts ? Rehearsal.Verdict.ACCEPTED : Rehearsal.Verdict.REFUSED,
                accepts ? List.of() : refused)));
  }

  @Override
  public void withdraw() {}

  @Override
  public void askLook(Optional<Plan> plan) {
    throw new AssertionError("nobody laid down that a second operator looks");
  }

  @Override
  public void seek(Optional<ObjectName> object) {
    sought.add(object);
  }

  @Override
  public void inspect(Optional<Inspection> wanted) {}

  @Override
  public void copy(String text) {}

  @Override
  public void keep(String name, String text) {}

  @Override
  public void quit() {}
}
