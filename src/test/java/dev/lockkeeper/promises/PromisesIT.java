package dev.lockkeeper.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
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
import org.testcontainers.DockerClientFactory;
import org.testcontainers.junit.jupiter.Testcontainers;

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
  private static final Set<Ended> RAN = Set.of(Ended.PASSED, Ended.PASSED_AGAIN);

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

  /** The classes whose server is in a container. */
  private static List<String> inContainers() {
    return new ClassFileImporter()
        .importPath("target/test-classes").stream()
            .filter(type -> type.isAnnotatedWith(Testcontainers.class))
            .map(JavaClass::getSimpleName)
            .toList();
  }

  /** Whoever says that servers in containers were tried has tried them. */
  @TestFactory
  Stream<DynamicTest> whereAnEngineAnswersTestsInContainersRan() {
    boolean engine = DockerClientFactory.instance().isDockerAvailable();
    return inContainers().stream()
        .map(type -> DynamicTest.dynamicTest(type, () -> inContainers(type, engine)));
  }

  private static void inContainers(String type, boolean engine) throws Exception {
    Map<Ended, Long> counts = Reports.counts(REPORTS, type);
    assertThat(counts).as("reports of %s", type).isNotEmpty();
    assertThat(counts.keySet()).isSubsetOf(engine ? RAN : Set.of(Ended.SKIPPED));
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
    for (String type : inContainers()) {
      System.out.println("tests in containers, " + type + ": " + Reports.counts(REPORTS, type));
    }
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
