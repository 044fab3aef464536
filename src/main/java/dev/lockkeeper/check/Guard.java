package dev.lockkeeper.check;

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
    /** The figure in the evidence, typed: the operator has read how many it is. */
    FIGURE
  }

  public boolean canBeWaived() {
    return strength != Strength.MUST;
  }
}
