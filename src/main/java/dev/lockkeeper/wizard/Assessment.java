package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.database.SameTargets;
import dev.lockkeeper.check.upgrade.NobodyElseActs;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.runbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checks of a step, answered now.
 *
 * @param before what must or should hold before it
 * @param after what must be observed for it to be over
 */
public record Assessment(List<Guarded> before, List<Answered> after) {
  private static final Guard SAME_TARGETS = new Guard(new SameTargets(), Guard.Strength.MUST);
  private static final Guard ALONE = new Guard(new NobodyElseActs(), Guard.Strength.MUST_IF_KNOWN);

  /**
   * The checks of this step under what is known now. Before every act stand two more: that the
   * targets are still the same, and that nobody else acts on them, but for the act that sees to
   * this. The first stands before what only waits as well, once the targets are known to be others:
   * what is observed elsewhere proves nothing.
   */
  public static Assessment of(State state, Step step) {
    List<Guarded> before =
        step.before().stream().map(guard -> guarded(state, step, guard)).toList();
    List<Answered> after =
        step.after().stream()
            .map(check -> new Answered(check, check.evaluate(state.snapshot(), state.knowledge())))
            .toList();
    Optional<Answered> begun = begun(state, step);
    if (begun.isPresent()) {
      return new Assessment(List.of(), List.of(begun.get()));
    }
    Guarded same = guarded(state, step, SAME_TARGETS);
    if (step.action().isEmpty() && (after.isEmpty() || !elsewhere(same))) {
      return new Assessment(before, after);
    }
    Stream<Guarded> alone =
        step.action().filter(Action::touches).stream().map(action -> guarded(state, step, ALONE));
    return new Assessment(
        Stream.of(Stream.of(same), alone, before.stream()).flatMap(each -> each).toList(), after);
  }

  /**
   * What somebody else has begun before this run did anything, so that this step is over without
   * being done; empty where it is to be done as usual.
   */
  static Optional<Answered> begun(State state, Step step) {
    return step.already()
        .filter(check -> !state.acted())
        .filter(check -> !elsewhere(guarded(state, step, SAME_TARGETS)))
        .map(check -> new Answered(check, check.evaluate(state.snapshot(), state.knowledge())))
        .filter(answered -> answered.verdict().passed());
  }

  /** The first guard that stands in the way. */
  public Optional<Guarded> hindrance() {
    return before.stream().filter(guarded -> !guarded.holds()).findFirst();
  }

  /** Whether there is something to observe and all of it was. */
  public boolean observed() {
    return !after.isEmpty()
        && before.stream().noneMatch(Assessment::elsewhere)
        && after.stream().allMatch(answered -> answered.verdict().passed());
  }

  /** The first thing that is not observed yet. */
  public Optional<Answered> missing() {
    return after.stream().filter(answered -> !answered.verdict().passed()).findFirst();
  }

  /** What was observed, in one line for the journal. */
  public String evidence() {
    return String.join(
        "; ", after.stream().map(answered -> answered.verdict().evidence()).toList());
  }

  private static boolean elsewhere(Guarded guarded) {
    return guarded.guard().equals(SAME_TARGETS)
        && guarded.verdict().answer() == Verdict.Answer.FAIL;
  }

  private static Guarded guarded(State state, Step step, Guard guard) {
    Verdict verdict = guard.check().evaluate(state.snapshot(), state.knowledge());
    Progress progress = state.progress();
    Optional<String> waiver =
        verdict.answer() != Verdict.Answer.UNKNOWN
            ? progress.waiver(step.id(), guard.check())
            : guard.strength() == Guard.Strength.FIGURE
                ? progress.waiverOfUnknownAlone(step.id(), guard.check())
                : progress.waiverOfUnknown(step.id(), guard.check());
    return new Guarded(guard, verdict, waiver);
  }

  /**
   * A guard with its answer.
   *
   * @param guard the guard
   * @param verdict the answer now
   * @param waiver what was typed to go on all the same, if it was
   */
  public record Guarded(Guard guard, Verdict verdict, Optional<String> waiver) {
    /**
     * Whether it lets the step go on. A waived figure counts only as long as the figure is the one
     * that was typed; of one that nobody can count, a reason that was typed for that counts.
     */
    public boolean holds() {
      return verdict.passed()
          || switch (guard.strength()) {
            case MUST -> false;
            case MUST_IF_KNOWN, SHOULD -> canBeWaived() && waiver.isPresent();
            case FIGURE ->
                waiver.isPresent() && guard.figure(verdict).map(waiver.get()::equals).orElse(true);
          };
    }

    /** Whether a typed reason or figure would let it go on. */
    public boolean canBeWaived() {
      return guard.canBeWaived(verdict.answer());
    }
  }

  /** A check with its answer. */
  public record Answered(Check check, Verdict verdict) {}
}
