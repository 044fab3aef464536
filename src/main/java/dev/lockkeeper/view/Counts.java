package dev.lockkeeper.view;

/** English for numbers. */
final class Counts {
  private Counts() {}

  /** {@code 1 session}, {@code 2 sessions}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
