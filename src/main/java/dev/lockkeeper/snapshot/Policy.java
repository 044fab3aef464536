package dev.lockkeeper.snapshot;

/**
 * What was laid down for a context before anybody came in a hurry.
 *
 * @param production whether it is marked as production: the bar says so
 * @param readOnly whether nothing may be changed from here
 * @param secondLook whether an act that cannot be taken back needs the code that a second operator
 *     sees
 */
public record Policy(boolean production, boolean readOnly, boolean secondLook) {
  /** Nothing was laid down. */
  public static final Policy NONE = new Policy(false, false, false);

  /** The same, but nothing may be changed. */
  public Policy onlyReading() {
    return new Policy(production, true, secondLook);
  }
}
