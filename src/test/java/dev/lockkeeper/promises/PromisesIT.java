package dev.lockkeeper.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.promises.Reports.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every promise of docs/PROMISES.md names the tests that would fail if it were broken. Here the
 * reports of this very build are read: a test that is not in them, or was skipped, keeps nothing;
 * one that passed only when it was run again is named.
 */
class PromisesIT {
  private static final Path PAGE = Path.of("docs/PROMISES.md");
  private static final List<Path> REPORTS =
      List.of(Path.of("target/surefire-reports"), Path.of("target/failsafe-reports"));
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+?) \\| (.+) \\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final int PROMISES = 22;

  private static List<Matcher> rows() throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines.map(ROW::matcher).filter(Matcher::matches).toList();
    }
  }

  @Test
  void noPromiseIsLeftOut() throws IOException {
    List<Integer> numbers = rows().stream().map(row -> Integer.valueOf(row.group(1))).toList();
    assertThat(numbers)
        .containsExactlyElementsOf(Stream.iterate(1, i -> i + 1).limit(PROMISES).toList());
  }

  @TestFactory
  Stream<DynamicTest> everyPromiseIsKeptByTestsThatRan() throws Exception {
    Map<String, Ended> ended = Reports.of(REPORTS);
    assertThat(ended).as("reports of this build").isNotEmpty();
    return rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.group(1) + " " + row.group(2),
                    () -> kept(row.group(1), row.group(3), ended)));
  }

  /**
   * A test that did not run says nothing; whoever reads that all passed reads here which did not.
   */
  @AfterAll
  static void tellWhatWasSkipped() throws Exception {
    Map<String, Set<String>> skipped = Reports.skipped(REPORTS);
    System.out.println(
        skipped.values().stream().mapToInt(Set::size).sum() + " tests were skipped in this build");
    skipped.forEach(
        (why, tests) -> System.out.println("  " + why + ": " + String.join(", ", tests)));
  }

  private static void kept(String promise, String tests, Map<String, Ended> ended) {
    List<String> named = new ArrayList<>();
    Matcher each = TEST.matcher(tests);
    while (each.find()) {
      named.add(each.group(1) + "." + each.group(2));
    }
    assertThat(named).as("tests of this promise").isNotEmpty();
    for (String test : named) {
      assertThat(ended.get(test)).as(test).isIn(Ended.PASSED, Ended.PASSED_AGAIN);
    }
    // Whoever reads that a promise is kept reads here that it was not kept at the first attempt.
    named.stream()
        .filter(test -> ended.get(test) == Ended.PASSED_AGAIN)
        .forEach(
            test -> System.out.println("promise " + promise + " kept, after a rerun of " + test));
  }
}
