package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.files.Runbooks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lockkeeper runbook} and {@code lockkeeper run}, as they are typed. */
class RunbookCommandTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Test
  void everyRunbookOfTheBuildIsListed() throws Exception {
    assertThat(run("runbook", "list")).isZero();
    assertThat(printed()).contains("coder-upgrade", "Upgrade Coder on Kubernetes", "--to");
    out.reset();
    assertThat(run("runbook", "list", "-o", "json")).isZero();
    JsonNode first = new ObjectMapper().readTree(printed()).at("/runbooks/0");
    assertThat(first.at("/name").asText()).isEqualTo("coder-upgrade");
    assertThat(first.at("/needsTarget").asBoolean()).isTrue();
  }

  @Test
  void noRunbookOfTheBuildIsForgotten() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/lockkeeper/runbooks"))) {
      List<String> names =
          files.map(file -> file.getFileName().toString().replace(".yaml", "")).toList();
      assertThat(Runbooks.names()).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void aRunbookThatIsShownCanBeBegunWith() throws IOException {
    assertThat(run("runbook", "show", "coder-upgrade")).isZero();
    Path own = Files.writeString(folder.resolve("own.yaml"), printed());
    out.reset();
    assertThat(run("runbook", "lint", own.toString())).isZero();
    assertThat(printed()).startsWith("coder-upgrade: nothing is wrong; 6 sections, ");
  }

  @Test
  void theBundledOnesHaveNothingWrong() {
    assertThat(run("runbook", "lint")).isZero();
    assertThat(printed().lines()).hasSameSizeAs(Runbooks.names());
  }

  @Test
  void whatIsWrongIsNamedByFileAndLine() throws IOException {
    Path own = own("after: [draned]");
    assertThat(run("runbook", "lint", own.toString())).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("lockkeeper: " + own + ":9: 'draned' is not")
        .contains("did you mean 'drained'?");
    assertThat(run("run", own.toString())).isEqualTo(64);
  }

  @Test
  void aConditionThatNobodyAsksForIsWrong() throws IOException {
    assertThat(run("runbook", "lint", own("when: {way: wizard}").toString())).isEqualTo(1);
    assertThat(err.toString()).contains(":9: no step before it has the choice 'way'");
  }

  @Test
  void aFileCannotSpeakToTheTerminal() throws IOException {
    Path own = own("action: \"\\e[2J\"");
    assertThat(run("runbook", "lint", own.toString())).isEqualTo(1);
    assertThat(err.toString()).contains(":9: ").doesNotContain("\u001b");
  }

  @Test
  void aRunbookThatIsNotThereIsNamed() {
    assertThat(run("run", "coder-upgade", "--to", "v2.29.3")).isEqualTo(64);
    assertThat(err.toString()).contains("no runbook 'coder-upgade'", "mean 'coder-upgrade'?");
    assertThat(run("run", folder.resolve("none.yaml").toString())).isEqualTo(64);
    assertThat(err.toString()).contains("there is no runbook " + folder.resolve("none.yaml"));
    assertThat(run("run", "/")).isEqualTo(64);
  }

  @Test
  void anUpgradeNeedsItsTarget() {
    assertThat(run("run", "coder-upgrade")).isEqualTo(64);
    assertThat(err.toString()).contains("coder-upgrade needs to know the version", "--to");
    assertThat(run("run", "coder-upgrade", "--to", "latest")).isEqualTo(64);
    assertThat(err.toString()).contains("--to latest is no version");
    assertThat(run("runbook")).isEqualTo(64);
  }

  private Path own(String line) throws IOException {
    return Files.writeString(
        folder.resolve("own.yaml"),
        "name: own\ntitle: Own\nsections:\n  - title: S\n    steps:\n"
            + "      - id: \"1.1\"\n        title: T\n        why: W\n        "
            + line
            + "\n");
  }

  private int run(String... arguments) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Start start = new Start(Map.of("LANG", "C.UTF-8"), stream, stream);
    return Lockkeeper.run(start, new PrintWriter(err, true), arguments);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
