package dev.lockkeeper.bundle;

/**
 * What should have been kept and is not there.
 *
 * @param what such as {@code log of pod coder-1, container coder}
 * @param why a right, an answer, or the bound that was reached
 */
public record Missing(String what, String why) {
  /** In one line. */
  public String line() {
    return what + ": " + why;
  }
}
