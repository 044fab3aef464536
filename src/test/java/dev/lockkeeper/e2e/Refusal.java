package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What the program left behind when it would not begin.
 *
 * @param code its exit code
 * @param said the lines on the terminal, without those that say what it is looking at
 * @param leftOver what is not as it was before
 */
record Refusal(int code, List<String> said, List<String> leftOver) {
  /** So wide that no sentence is broken. */
  private static final int COLUMNS = 400;

  /** Starts the program and waits for its end. */
  static Refusal of(Bastion bastion, String... arguments) {
    try (Terminal terminal = bastion.lockkeeper(COLUMNS, 50, arguments)) {
      return of(terminal);
    }
  }

  /** Starts the program, sees this in its window, where it can be tried again, and leaves. */
  static Refusal inWindow(Bastion bastion, String sentence, String... arguments) {
    try (Terminal terminal = bastion.lockkeeper(COLUMNS, 50, arguments)) {
      terminal.awaits(sentence, "r try again");
      terminal.press("q");
      return of(terminal);
    }
  }

  private static Refusal of(Terminal terminal) {
    int code = terminal.exitCode();
    List<String> said =
        terminal
            .screen()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("lockkeeper: looking at"))
            .toList();
    return new Refusal(code, said, terminal.leftOver());
  }

  /** Expects one sentence in which this occurs, and nothing else. */
  void says(int expected, String sentence) {
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("lockkeeper: ")
        .contains(sentence)
        .doesNotContain("Exception", "mistake of the program", "\tat ");
    assertThat(code).isEqualTo(expected);
    assertThat(leftOver).isEmpty();
  }
}
