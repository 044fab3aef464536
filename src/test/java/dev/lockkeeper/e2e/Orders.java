package dev.lockkeeper.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Supplier;

/**
 * What an operator was told beforehand: which options to take, and what to answer.
 *
 * @param options the titles of the options to take, whichever is on the screen
 * @param answers the answers by a text of the step's title and, after a bar, of the question
 */
record Orders(List<String> options, Map<String, Supplier<String>> answers) {
  Orders {
    options = List.copyOf(options);
    answers = Map.copyOf(answers);
  }

  /** To upgrade with nobody left, by the wizard. */
  static Orders upgrade() {
    return new Orders(
        List.of("Scale to zero", "The wizard changes the image"),
        Map.of(
            "1.2 Name the window|question 1 of 2", () -> Walk.local(Duration.ofHours(-1)),
            "1.2 Name the window|question 2 of 2", () -> Walk.local(Duration.ofHours(2)),
            "2.1 Have a backup|question 1 of 2", () -> "snap-7f3a",
            "2.1 Have a backup|question 2 of 2", () -> Walk.local(Duration.ofMinutes(-5)),
            "6.3 Tell Helm|", () -> "v2.29.3"));
  }

  /**
   * To recover by every means there is.
   *
   * @param door which option to take about the door
   * @param image the version to go on with
   */
  static Orders recovery(String door, String image) {
    return new Orders(
        List.of(
            "Act, with the smallest fix first",
            "Take everything down",
            door,
            "End them all, the last resort",
            "Repair the mark",
            "The wizard changes it"),
        Map.of(
            "2.2 Have a backup|question 1 of 2", () -> "snap-7f3a",
            "2.2 Have a backup|question 2 of 2", () -> Walk.local(Duration.ofMinutes(-5)),
            "5.3 Repair the dirty mark|", () -> "362",
            "5.5 Set the image|", () -> image,
            "7.4 Tell Helm|", () -> image));
  }

  /** Whether this option is one of those to take. */
  boolean wants(String option) {
    return options.stream().anyMatch(option::startsWith);
  }

  /** What to answer to the question on this screen. */
  String answer(String screen) {
    return answers.entrySet().stream()
        .filter(entry -> asks(screen, entry.getKey().split("\\|", 2)))
        .map(Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody said what to answer\n" + screen))
        .get();
  }

  /** The title stands in the frame of the question. */
  private static boolean asks(String screen, String[] where) {
    return screen.contains("─ " + where[0]) && screen.contains(where[1]);
  }
}
