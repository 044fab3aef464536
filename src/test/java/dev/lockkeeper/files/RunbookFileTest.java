package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.action.Actions;
import dev.lockkeeper.check.Checks;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.reading.StepInfo;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunbookFileTest {
  private final Runbook upgrade = RunbookFile.bundled("coder-upgrade");

  @Test
  void theUpgradeCoversItsRows() {
    Set<String> covered =
        upgrade.steps().flatMap(step -> step.covers().stream()).collect(Collectors.toSet());
    List<String> rows =
        Stream.concat(
                IntStream.rangeClosed(1, 19).mapToObj(row -> "C" + row),
                Stream.of("C26", "C90", "C91"))
            .toList();
    assertThat(covered).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void theProbesCoverTheirRows() {
    assertThat(RunbookFile.bundled("coder-probes").steps().flatMap(step -> step.covers().stream()))
        .containsAll(IntStream.rangeClosed(20, 27).mapToObj(row -> "C" + row).toList());
  }

  @Test
  void theRecoveryCoversItsRows() {
    Set<String> covered =
        RunbookFile.bundled("coder-recovery")
            .steps()
            .flatMap(step -> step.covers().stream())
            .collect(Collectors.toSet());
    assertThat(covered)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(30, 39).mapToObj(row -> "C" + row).toList());
  }

  @Test
  void theRunbookOfV1CoversItsRows() {
    assertThat(RunbookFile.bundled("coder-v1").steps().flatMap(step -> step.covers().stream()))
        .containsOnlyOnceElementsOf(List.of("C51", "C52", "C53", "C54", "C55", "C56", "C61"))
        .containsAll(IntStream.rangeClosed(50, 63).mapToObj(row -> "C" + row).toList());
  }

  @ParameterizedTest
  @MethodSource("dev.lockkeeper.files.Runbooks#names")
  void everyStepThatIsCoveredInTheDocumentExists(String name) throws IOException {
    Runbook runbook = RunbookFile.bundled(name);
    List<String> lines = Files.readAllLines(Path.of("docs/COVERAGE.md"));
    for (Step step : runbook.steps().toList()) {
      for (String row : step.covers()) {
        assertThat(lines)
            .as("%s of step %s", row, step.id())
            .anyMatch(
                line -> line.startsWith("| " + row + " |") && stepIds(line).contains(step.id()));
      }
    }
    assertThat(lines)
        .filteredOn(line -> line.matches("\\| C\\d+ \\|.*" + name + " .*"))
        .allSatisfy(
            line -> assertThat(runbook.steps().map(Step::id)).as(line).containsAll(stepIds(line)));
  }

  private static List<String> stepIds(String line) {
    return Arrays.stream(line.split("\\|")[3].split("[ ,]+"))
        .filter(word -> word.matches("\\d+\\.\\d+[a-z]?"))
        .toList();
  }

  /** A run that dies before it has written what it did must not owe it for ever. */
  @ParameterizedTest
  @CsvSource({"4.9, connection-limit", "7.1p, liveness-probe", "7.2, replicas"})
  void whatARecoverySeesBackIsRepaid(String id, String debt) {
    Step step = RunbookFile.bundled("coder-recovery").step(id).orElseThrow();
    assertThat(step.after().stream().flatMap(check -> check.repays().stream())).contains(debt);
  }

  @Test
  void everyCheckActionAndReadingHasAWord() {
    assertThat(RunbookVocabulary.CHECKS.values()).containsExactlyInAnyOrderElementsOf(Checks.ALL);
    assertThat(RunbookVocabulary.ACTIONS.values()).containsExactlyInAnyOrderElementsOf(Actions.ALL);
    assertThat(RunbookVocabulary.READINGS.values())
        .containsExactlyInAnyOrderElementsOf(StepInfo.ALL);
  }

  @Test
  void everyWordStandsInTheRunbookDocument() throws IOException {
    String document = Files.readString(Path.of("docs/RUNBOOKS.md"));
    Stream.of(
            RunbookVocabulary.CHECKS,
            RunbookVocabulary.ACTIONS,
            RunbookVocabulary.READINGS,
            RunbookVocabulary.FORMATS,
            RunbookVocabulary.STRENGTHS)
        .flatMap(words -> words.keySet().stream())
        .forEach(word -> assertThat(document).contains("`" + word + "`"));
  }

  @Test
  void aWrongWordIsNamedWithItsLineAndTheNearestOne() {
    String text =
        """
        name: x
        title: X
        sections:
          - title: S
            steps:
              - id: "1.1"
                title: T
                why: W
                after: [draned]
        """;
    assertThatThrownBy(() -> RunbookFile.read("x.yaml", text))
        .isInstanceOf(Malformed.class)
        .hasMessageStartingWith("x.yaml:9:")
        .hasMessageContaining("did you mean 'drained'?");
  }

  @Test
  void aChoiceThatWasNotPutBeforeIsNoCondition() {
    String text =
        """
        name: x
        title: X
        sections:
          - title: S
            steps:
              - {id: "1.1", title: T, why: W, choice: {word: way, options: [{value: here, title: H}]}}
              - {id: "1.2", title: T, why: W, when: {way: there}}
        """;
    assertThatThrownBy(() -> RunbookFile.read("x.yaml", text))
        .hasMessageStartingWith("x.yaml:7:")
        .hasMessageContaining("'there' is no option of 'way'");
  }

  /** A check without the answer that it needs would be UNKNOWN for ever. */
  @ParameterizedTest
  @CsvSource({
    "'before: [{must: image-is-as-said}]', 'image-is-as-said', image-version",
    "'already: window-is-open', 'window-is-open', window-start",
    "'after: [drained]', 'drained', scale-to",
    "'action: set-image', 'set-image', image-version"
  })
  void whatNeedsAnAnswerComesAfterItsQuestion(String use, String word, String answer) {
    String text =
        """
        name: x
        title: X
        sections:
          - title: S
            steps:
              - id: "1.1"
                title: T
                why: W
                %s
        """
            .formatted(use);
    assertThatThrownBy(() -> RunbookFile.read("x.yaml", text))
        .isInstanceOf(Malformed.class)
        .hasMessageStartingWith("x.yaml:9:")
        .hasMessageContaining("'" + word + "' needs the answer '" + answer + "'");
  }

  @Test
  void aNameThatWouldBeAPathIsNone() {
    assertThatThrownBy(() -> RunbookFile.read("x.yaml", "name: ../x\ntitle: X\nsections: []"))
        .hasMessageStartingWith("x.yaml:1:")
        .hasMessageContaining("small letters");
  }

  @Test
  void aStepIsNotThereTwice() {
    String text =
        """
        name: x
        title: X
        sections:
          - title: S
            steps:
              - {id: "1.1", title: T, why: W}
              - {id: "1.1", title: U, why: W}
        """;
    assertThatThrownBy(() -> RunbookFile.read("x.yaml", text))
        .hasMessageStartingWith("x.yaml:7:")
        .hasMessageContaining("1.1");
  }

  @Test
  void anUnknownRunbookIsNamed() {
    assertThatThrownBy(() -> RunbookFile.bundled("coder-upgade"))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("coder-upgade");
  }
}
