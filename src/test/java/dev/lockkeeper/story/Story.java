package dev.lockkeeper.story;

import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SecondLook;
import dev.lockkeeper.view.Screens;
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
 * An operator at the wizard: keys and observations go in, time passes, the journal answers unless
 * it is told to stall, and the cluster answers when it is told to.
 */
public final class Story implements Effect.Runner {
  /** 22:05 where the operator sits. */
  public static final Instant START = Instant.parse("2026-03-04T21:05:00Z");

  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();

  /** More keys than any runbook has steps. */
  static final int STEPS = 60;

  private final List<Entry> journal = new ArrayList<>();
  private State state;
  private Instant now = START;
  private Function<Instant, UpgradeWorld> world = UpgradeWorld::running;
  private Optional<Function<Instant, Helm>> helm = Optional.empty();
  private Optional<String> step = Optional.empty();
  private Optional<Request> asked = Optional.empty();
  private final List<Request> performed = new ArrayList<>();
  private final List<Entry> stalled = new ArrayList<>();
  private boolean journalStalls;
  private boolean screenStalls;
  private Function<Request, Optional<Rehearsal>> judging = Story::accepted;
  private Optional<SecondLook> look = Optional.empty();
  private int columns = 120;
  private int rows = 40;
  private int withdrawn;
  private int looks;
  private boolean over;
  private Optional<Inspection> inspected = Optional.empty();
  private final List<String> taken = new ArrayList<>();

  private Story(Runbook runbook, Setting.World kind, Policy policy, List<Entry> entries) {
    Setting setting =
        new Setting("upgrade-0304-2205", kind, ZoneId.of("Europe/Berlin"), policy, true);
    journal.addAll(entries);
    state = State.starting(setting, runbook, KNOWLEDGE, Progress.of(entries, now), now);
  }

  /** A run of the sample that has just begun, with everything seen once. */
  public static Story begins() {
    return begins(Setting.World.PRODUCTION);
  }

  public static Story begins(Setting.World kind) {
    return begins(kind, UpgradeWorld::running);
  }

  /** A run that begins in another world than a good one. */
  public static Story begins(Setting.World kind, Function<Instant, UpgradeWorld> seen) {
    return begins(Samples.upgrade(), kind, Policy.NONE, seen);
  }

  /** A run under what was laid down for its context. */
  public static Story begins(
      Setting.World kind, Policy policy, Function<Instant, UpgradeWorld> seen) {
    return begins(Samples.upgrade(), kind, policy, seen);
  }

  /** A run of a runbook that ships with the program. */
  public static Story begins(
      String runbook, Setting.World kind, Function<Instant, UpgradeWorld> seen) {
    return begins(RunbookFile.bundled(runbook), kind, Policy.NONE, seen);
  }

  /** A run of any runbook. */
  public static Story begins(
      Runbook runbook, Setting.World kind, Policy policy, Function<Instant, UpgradeWorld> seen) {
    Story story = new Story(runbook, kind, policy, List.of());
    story.world = seen;
    story.append(Entry.started(START, runbook.name(), Map.of(RunFacts.TARGET, UpgradeWorld.NEW)));
    return story.passes(1);
  }

  /** The same run in another process, from its journal. */
  public Story resumes() {
    Story again =
        new Story(state.runbook(), state.setting().world(), state.setting().policy(), journal);
    again.now = now.plusSeconds(95);
    again.world = world;
    again.append(Entry.resumed(again.now, "operator"));
    return again.passes(1);
  }

  @Override
  public void rehearse(Request request) {
    judging.apply(request).ifPresent(heard -> happens(new Event.Rehearsed(request, heard)));
  }

  @Override
  public void withdraw() {
    withdrawn++;
  }

  /** How often a dry run was given up that had not been answered. */
  public int withdrawn() {
    return withdrawn;
  }

  @Override
  public void askLook(Optional<Plan> plan) {
    look = plan.map(each -> new SecondLook(each.digest(), "", "", "nonce " + ++looks));
    look.ifPresent(
        asked -> happens(new Event.LookAsked(asked, Outcome.done("a second operator may look"))));
  }

  @Override
  public void seek(Optional<ObjectName> object) {}

  @Override
  public void inspect(Optional<Inspection> wanted) {
    inspected = wanted;
  }

  @Override
  public void copy(String text) {
    taken.add(text);
    happens(new Event.Taken(true, "copied"));
  }

  @Override
  public void keep(String name, String text) {
    taken.add(name + ": " + text);
    happens(new Event.Taken(true, "written"));
  }

  /** What is to be read of the cluster for whoever looks. */
  public Optional<Inspection> inspected() {
    return inspected;
  }

  /** What was taken away, in order. */
  public List<String> taken() {
    return List.copyOf(taken);
  }

  /** What a second operator is asked to look at now. */
  public Optional<SecondLook> look() {
    return look;
  }

  /** What the server says to a dry run from now on; empty when it does not answer. */
  public Story serverJudges(Function<Request, Optional<Rehearsal>> judge) {
    judging = judge;
    return this;
  }

  /** A database cannot be asked beforehand. */
  private static Optional<Rehearsal> accepted(Request request) {
    boolean cluster =
        request instanceof ScaleRequest
            || request instanceof ImageRequest
            || request instanceof ProbeRequest;
    if (!cluster) {
      return Optional.of(new Rehearsal(Rehearsal.Verdict.NOT_ASKED, List.of()));
    }
    Map<String, String> values = request.identity();
    return Optional.of(
        new Rehearsal(
            Rehearsal.Verdict.ACCEPTED,
            List.of(
                "%s %s -> %s"
                    .formatted(values.get("request"), values.get("from"), values.get("to")))));
  }

  public State state() {
    return state;
  }

  public List<Entry> journal() {
    return List.copyOf(journal);
  }

  public boolean over() {
    return over;
  }

  /** What was asked of the cluster and has no answer yet. */
  public Optional<Request> asked() {
    return asked;
  }

  /** Everything that was ever asked of the cluster. */
  public List<Request> performed() {
    return List.copyOf(performed);
  }

  /** From now on the journal takes entries and does not answer. */
  public Story journalStalls() {
    journalStalls = true;
    return this;
  }

  /** The journal has written all that it took, and answers at once again. */
  public Story journalAnswers() {
    journalStalls = false;
    List<Entry> written = List.copyOf(stalled);
    stalled.clear();
    written.forEach(this::append);
    return this;
  }

  /** The journal could not write what it took, and answers at once again. */
  public Story journalFails(String why) {
    journalStalls = false;
    List<Entry> lost = List.copyOf(stalled);
    stalled.clear();
    lost.forEach(entry -> happens(new Event.NotWritten(entry, why)));
    return this;
  }

  /** From now on nothing new is on the screen. */
  public Story screenStalls() {
    screenStalls = true;
    return this;
  }

  /** What is there to see is on the screen again. */
  public Story screenCatchesUp() {
    screenStalls = false;
    now = now.plusMillis(5);
    paints();
    return this;
  }

  private void paints() {
    state = Update.apply(state, new Event.Painted(now)).state();
    Screens.readToItsEnd(state, columns, rows)
        .ifPresent(asked -> state = Update.apply(state, new Event.ReadToItsEnd(asked)).state());
  }

  /** From now on the screen is as large as this; at first it has 120 columns and 40 rows. */
  public Story onScreen(int wide, int high) {
    columns = wide;
    rows = high;
    return this;
  }

  /** Only time passes; nothing is read. */
  public Story waits(int seconds) {
    now = now.plusSeconds(seconds);
    return happens(new Event.Ticked(now));
  }

  /** The bastion's clock is set. */
  public Story clockGoes(int seconds) {
    now = now.plusSeconds(seconds);
    return this;
  }

  /** From now on the world looks like this. */
  public Story sees(Function<Instant, UpgradeWorld> seen) {
    world = seen;
    return passes(1);
  }

  /** From now on there is this helm to run; without this, nobody has looked for one. */
  public Story hasHelm(Function<Instant, Helm> seen) {
    helm = Optional.of(seen);
    return passes(1);
  }

  /** Time passes, second by second, and everything is read again each second. */
  public Story passes(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      UpgradeWorld seen = world.apply(now);
      happens(new Event.Ticked(now));
      happens(Event.Seen.cluster(Observed.known(seen.cluster(), now)));
      happens(Event.Seen.database(Observed.known(seen.database(), now)));
      helm.ifPresent(each -> happens(Event.Seen.helm(Observed.known(each.apply(now), now))));
      now = now.plusMillis(400);
      happens(new Event.Ticked(now));
    }
    return this;
  }

  /** Time passes while the database cannot be read. */
  public Story losesTheDatabase(String why, int seconds) {
    Observed<?> last = state.snapshot().database();
    now = now.plusSeconds(seconds);
    happens(Event.Seen.cluster(Observed.known(world.apply(now).cluster(), now)));
    happens(Event.Seen.database(state.snapshot().database().lost(why)));
    happens(new Event.Ticked(now));
    return last.value().isPresent() ? this : passes(0);
  }

  public Story presses(Key.Name name) {
    return presses(Key.of(name));
  }

  public Story presses(char character) {
    return presses(Key.of(character));
  }

  public Story presses(Key key) {
    now = now.plusMillis(40);
    happens(new Event.Pressed(key, now));
    return this;
  }

  public Story enters() {
    return presses(Key.Name.ENTER);
  }

  /**
   * Enter, until this step is on the screen: whatever lies between is only read, or so already.
   *
   * @throws AssertionError when a question opens, or something holds on the way
   */
  public Story walksTo(String step) {
    return until(step, Key.of(Key.Name.ENTER));
  }

  /** Enter, until all steps are over. */
  public Story walksToTheEnd() {
    for (int i = 0; i < STEPS && !state.finished() && state.dialog().isEmpty(); i++) {
      enters();
    }
    if (!state.finished()) {
      throw new AssertionError("it stays at %s: %s".formatted(state.cursor(), state.notice()));
    }
    return this;
  }

  /** Leafs forward to this step, without answering or doing anything. */
  public Story leafsTo(String step) {
    return until(step, Key.of('n'));
  }

  /** Leafs back to this step. */
  public Story leafsBackTo(String step) {
    return until(step, Key.of('b'));
  }

  private Story until(String step, Key key) {
    for (int i = 0; i < STEPS && !state.cursor().equals(step) && state.dialog().isEmpty(); i++) {
      presses(key);
    }
    if (!state.cursor().equals(step)) {
      throw new AssertionError(
          "on the way to %s it stays at %s: %s".formatted(step, state.cursor(), state.notice()));
    }
    return this;
  }

  /** Types a text and presses Enter. */
  public Story answers(String text) {
    return types(text).enters();
  }

  public Story types(String text) {
    text.chars().forEach(character -> presses((char) character));
    return this;
  }

  /** The cluster answers what it was asked. */
  public Story clusterAnswers(Outcome outcome) {
    Request request = asked.orElseThrow();
    asked = Optional.empty();
    happens(new Event.Performed(step.orElseThrow(), request, outcome));
    return this;
  }

  /** Anything at all happens, and is on the screen at once. */
  public Story happens(Event event) {
    Next next = Update.apply(state, event);
    state = next.state();
    if (!screenStalls) {
      paints();
    }
    next.effects().forEach(effect -> effect.run(this));
    return this;
  }

  @Override
  public void append(Entry entry) {
    if (journalStalls) {
      stalled.add(entry);
    } else {
      journal.add(entry);
      happens(new Event.Written(entry));
    }
  }

  @Override
  public void perform(String of, Request request) {
    Entry last = journal.get(journal.size() - 1);
    if (!last.equals(Entry.intended(last.at(), of, request))) {
      throw new AssertionError(request.summary() + " was asked without its intention on disk");
    }
    step = Optional.of(of);
    asked = Optional.of(request);
    performed.add(request);
  }

  @Override
  public void quit() {
    over = true;
  }
}
