package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.analysis.HelmConflict;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that the screen shows, and nothing else.
 *
 * @param setting what does not change
 * @param runbook the runbook that is walked
 * @param knowledge what is known of Coder
 * @param snapshot what is true
 * @param progress where the run stands
 * @param cursor the id of the step on the screen
 * @param dialog what is being asked, if anything
 * @param opened the panel that is open in full, if any
 * @param scroll how many lines the step or the question is scrolled down
 * @param extent how much of it is in sight
 * @param notice what is being said, if anything
 * @param pending the act that is on its way, if any
 * @param noting what is being written to the journal now, so that nothing is written twice and no
 *     question is put again whose answer is on its way
 */
public record State(
    Setting setting,
    Runbook runbook,
    Knowledge knowledge,
    Snapshot snapshot,
    Progress progress,
    String cursor,
    Optional<Dialog> dialog,
    Optional<Opened> opened,
    int scroll,
    Extent extent,
    Optional<Toast> notice,
    Optional<Pending> pending,
    Set<InFlightEntry> noting)
    implements ScreenState {
  public State {
    noting = Set.copyOf(noting);
  }

  /** The program at its start, or where its journal left it. */
  public static State starting(
      Setting setting, Runbook runbook, Knowledge knowledge, Progress progress, Instant now) {
    State first =
        new State(
            setting,
            runbook,
            knowledge,
            Snapshot.empty(now, progress.facts()),
            progress,
            runbook.steps().findFirst().orElseThrow().id(),
            Optional.empty(),
            Optional.empty(),
            0,
            Extent.UNKNOWN,
            Optional.empty(),
            Optional.empty(),
            Set.of());
    return first.at(first.firstOpen().map(Step::id).orElse(first.cursor()));
  }

  @Override
  public Setting.World world() {
    return setting.world();
  }

  @Override
  public Optional<State> walked() {
    return Optional.of(this);
  }

  /** The panel that is open in full, if any. */
  public Optional<PanelId> panel() {
    return opened.map(Opened::panel);
  }

  /** What has to be read of the cluster for whoever looks. */
  Optional<Inspection> inspected() {
    return opened.flatMap(Opened::inspected);
  }

  public Instant now() {
    return snapshot.now();
  }

  /** The question whether an act shall be done, if that is what is asked. */
  public Optional<Dialog.Confirm> confirm() {
    return dialog.flatMap(Dialog::confirm);
  }

  /** The step on the screen. */
  public Step step() {
    return runbook.step(cursor).orElseThrow();
  }

  /** The steps that apply under what was chosen, in order. */
  public List<Step> applicable() {
    return runbook.steps().filter(this::applies).toList();
  }

  /** Whoever changes nothing takes no lease. */
  public boolean applies(Step step) {
    if (setting.policy().readOnly() && step.action().filter(Action::takesLease).isPresent()) {
      return false;
    }
    return step.when()
        .map(
            condition ->
                snapshot
                    .run()
                    .chosen(condition.choice())
                    .filter(condition.option()::equals)
                    .isPresent())
        .orElse(true);
  }

  /** The object that has to be looked up for an act of this runbook; empty where none has. */
  public Optional<ObjectName> sought() {
    return runbook.does(Action::adopts) ? HelmConflict.sought(snapshot) : Optional.empty();
  }

  /** Whether an act of this run was asked for, but for taking the lease. */
  public boolean acted() {
    return pending.isPresent()
        || runbook
            .steps()
            .filter(step -> step.action().filter(Action::touches).isPresent())
            .anyMatch(step -> progress.acted(step.id()));
  }

  /** The first step that is not over. */
  public Optional<Step> firstOpen() {
    return applicable().stream().filter(step -> !progress.finished(step.id())).findFirst();
  }

  /** Whether a person has to say it: what can be seen is not asked. */
  public boolean asks(Step.Question question) {
    return question
        .unless()
        .map(check -> check.evaluate(snapshot(), knowledge()).answer())
        .filter(answer -> answer != Verdict.Answer.UNKNOWN)
        .isEmpty();
  }

  /** Whether every step is over. */
  public boolean finished() {
    return firstOpen().isEmpty();
  }

  /**
   * Whether nothing is owed or under way, so that another operator may act here: no act is on its
   * way or of unknown outcome, none waits for what must be seen after it, and no helm of ours
   * works.
   */
  public boolean atRest() {
    boolean helmWorks =
        snapshot
            .helm()
            .value()
            .flatMap(Helm::run)
            .filter(run -> run.state() == HelmRun.State.RUNNING)
            .isPresent();
    return pending.isEmpty() && !progress.midway() && !progress.owes() && !helmWorks;
  }

  /**
   * Whether a screen would show the same as for that state, but for ages. What facts change besides
   * what is looked at here shows with the ages.
   */
  public boolean showsTheSameAs(State other) {
    return seeing(other.snapshot).equals(other) && snapshot.tellsTheSameAs(other.snapshot);
  }

  State at(String step) {
    return new State(
        setting,
        runbook,
        knowledge,
        snapshot,
        progress,
        step,
        dialog,
        opened,
        0,
        Extent.UNKNOWN,
        notice,
        pending,
        noting);
  }

  State seeing(Snapshot seen) {
    return new State(
        setting, runbook, knowledge, seen, progress, cursor, dialog, opened, scroll, extent, notice,
        pending, noting);
  }

  State progressed(Progress made) {
    Snapshot told = snapshot.with(made.facts().quiet(snapshot.run().quietSince()));
    return new State(
        setting, runbook, knowledge, told, made, cursor, dialog, opened, scroll, extent, notice,
        pending, noting);
  }

  State asking(Dialog question) {
    return new State(
        setting,
        runbook,
        knowledge,
        snapshot,
        progress,
        cursor,
        Optional.of(question),
        opened,
        dialog.isPresent() ? scroll : 0,
        dialog.isPresent() ? extent : Extent.UNKNOWN,
        Optional.empty(),
        pending,
        noting);
  }

  State answered() {
    return new State(
        setting,
        runbook,
        knowledge,
        snapshot,
        progress,
        cursor,
        Optional.empty(),
        opened,
        0,
        Extent.UNKNOWN,
        notice,
        pending,
        noting);
  }

  State opening(Optional<PanelId> wanted) {
    return looking(
        wanted.map(
            panel ->
                opened.map(before -> before.showing(panel)).orElseGet(() -> Opened.of(panel))));
  }

  State looking(Optional<Opened> panel) {
    return new State(
        setting,
        runbook,
        knowledge,
        snapshot,
        progress,
        cursor,
        dialog,
        panel,
        0,
        Extent.UNKNOWN,
        notice,
        pending,
        noting);
  }

  /** The same panel after a key or an answer; what is asked in front of it stays as it was. */
  State browsing(Opened panel) {
    return new State(
        setting,
        runbook,
        knowledge,
        snapshot,
        progress,
        cursor,
        dialog,
        Optional.of(panel),
        scroll,
        extent,
        notice,
        pending,
        noting);
  }

  State laid(Extent seen) {
    return new State(
        setting, runbook, knowledge, snapshot, progress, cursor, dialog, opened, scroll, seen,
        notice, pending, noting);
  }

  State scrolled(int lines) {
    return new State(
        setting,
        runbook,
        knowledge,
        snapshot,
        progress,
        cursor,
        dialog,
        opened,
        extent.moved(scroll, lines),
        extent,
        notice,
        pending,
        noting);
  }

  /** The same with what the run is for before its first step, as long as nothing was done in it. */
  public State introduced() {
    return progress.over().isEmpty() && !acted() ? opening(Optional.of(PanelId.RUN)) : this;
  }

  /** The same with a word to whoever has just come. */
  public State greeting(String text) {
    return saying(Toast.Tone.PLAIN, text);
  }

  State saying(Toast.Tone tone, String text) {
    return noticing(Optional.of(new Toast(tone, text, now())));
  }

  State noticing(Optional<Toast> said) {
    return new State(
        setting, runbook, knowledge, snapshot, progress, cursor, dialog, opened, scroll, extent,
        said, pending, noting);
  }

  State awaiting(Optional<Pending> act) {
    return new State(
        setting, runbook, knowledge, snapshot, progress, cursor, dialog, opened, scroll, extent,
        notice, act, noting);
  }

  /** Whether an entry of this step is on its way to the journal. */
  public boolean noting(Step step) {
    return noting.stream().anyMatch(noted -> noted.step().equals(step.id()));
  }

  State noting(Set<InFlightEntry> words) {
    return new State(
        setting, runbook, knowledge, snapshot, progress, cursor, dialog, opened, scroll, extent,
        notice, pending, words);
  }
}
