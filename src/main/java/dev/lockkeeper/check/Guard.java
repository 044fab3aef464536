package dev.lockkeeper.check;

import java.util.Optional;

/**
 * A check that stands before an act or a step.
 *
 * @param check what is asked
 * @param strength what happens when the answer is not PASS
 */
public record Guard(Check check, Strength strength) {
  /** What it takes to go on without a PASS. */
  public enum Strength {
    /** Nothing: the step is stopped. */
    MUST,
    /** A typed reason, which is journalled. */
    SHOULD,
    /** Nothing when it is known not to hold; a typed reason when that cannot be found out. */
    MUST_IF_KNOWN,
    /**
     * The figure in the evidence, typed: the operator has read how many it is. A typed reason where
     * nobody can count.
     */
    FIGURE
  }

  /** The figure that has to be typed to go on after this answer; empty where a reason does. */
  public Optional<String> figure(Verdict verdict) {
    return strength == Strength.FIGURE ? verdict.figure() : Optional.empty();
  }

  /** Whether one may go on all the same after this answer. */
  public boolean canBeWaived(Verdict.Answer answer) {
    return switch (strength) {
      case MUST -> false;
      case MUST_IF_KNOWN -> answer == Verdict.Answer.UNKNOWN;
      case SHOULD, FIGURE -> true;
    };
  }
}
