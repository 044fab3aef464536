package dev.lockkeeper.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.worlds.PracticeProgram;
import dev.lockkeeper.worlds.Scenarios;
import dev.lockkeeper.worlds.WorldOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/PRACTICE.md comes from the scenarios themselves, and lists every one. */
class PracticeDocumentTest {
  private static final Path FILE = Path.of("docs", "PRACTICE.md");
  private static final Path SCENARIOS =
      Path.of("src/main/resources/dev/lockkeeper/practice/scenarios");

  @Test
  void theDocumentTellsOfEveryScenario() throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(FILE, document());
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("%s (write it anew with -Dgolden=write)", FILE)
        .isEqualTo(document());
  }

  @Test
  void everyFileIsAScenarioThatCanBeNamed() throws IOException {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".yaml"))
              .map(file -> file.replace(".yaml", ""))
              .toList();

      assertThat(PracticeProgram.find().scenarios().names())
          .containsExactlyInAnyOrderElementsOf(names);
    }
    assertThat(PracticeProgram.find().scenarios().names())
        .startsWith(WorldOptions.DEFAULT_SCENARIO);
  }

  /** It is known before the world is there that reads the scenario. */
  @Test
  void theListNamesTheRunbookOfEachScenario() throws IOException {
    Scenarios listed = PracticeProgram.find().scenarios();
    for (String name : listed.names()) {
      assertThat(listed.runbooks().get(name)).as(name).isEqualTo(Scenario.named(name).runbook());
    }
  }

  private static String document() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Practice scenarios

            Made from the scenarios by `PracticeDocumentTest`; do not edit by hand.

            `lockkeeper practice NAME` opens one, `lockkeeper practice --list` names them. Everything in such a world happens for real:
            by sessions of a PostgreSQL, by writes to a Kubernetes API, by the end of processes. What is wrong is told here; whoever
            wants to find out by themselves does not read on. `f` opens the findings.

            | scenario | what it is about | runbook |
            |---|---|---|
            """);
    Scenarios scenarios = PracticeProgram.find().scenarios();
    for (String name : scenarios.names()) {
      Scenario scenario = Scenario.named(name);
      text.append(
          "| [`%s`](#%s) | %s | `%s` |\n"
              .formatted(name, name, scenarios.titles().get(name), scenario.runbook()));
    }
    for (String name : scenarios.names()) {
      text.append(section(name, scenarios.titles().get(name), Scenario.named(name)));
    }
    return text.append(
            """

            ## Helm in a practice world

            Coder is installed there as a release of Helm: `helm list`, `history`, `get values`, `upgrade` and `rollback` do for real
            what they do anywhere. The charts are small stand-ins, and say so in their descriptions; a repository on 127.0.0.1 serves
            one of each release that can be practised, as `coder-v2/coder`, and a few of Coder v1 besides, whose versions
            are made for the exercise and no list of what Coder released.

            `lockkeeper practice NAME --serve` prints, among the lines to be exported, where Helm finds that repository:
            `HELM_CONFIG_HOME`, `HELM_CACHE_HOME`, `HELM_DATA_HOME`, `HELM_REPOSITORY_CONFIG` and `HELM_REPOSITORY_CACHE` lead into the
            world's own directory (`helm/config/repositories.yaml`, `helm/cache/repository`), so that your own repositories are neither
            needed nor touched. Then, for instance:

            ```sh
            kubectl scale deployment coder --replicas=0
            helm upgrade coder coder-v2/coder --version 2.29.3 --reset-then-reuse-values --set coder.replicaCount=1 --wait
            ```

            A Service that is replaced as a whole (`--force`) must bring its `clusterIP` along, as it was before Kubernetes 1.20.

            ## What stays on this machine

            A world's folder goes with the world. What is kept is in `~/.cache/lockkeeper` (`XDG_CACHE_HOME`): PostgreSQL's programs
            (`postgres-…`), and databases as they were filled once (`database-…`, some 100 MB each), of which each world gets a copy with
            passwords and a system identifier of its own. Such a database is compared with its checksums whenever it is copied, and
            made anew if it is not whole, and once a week, because rows are as old as it is; who is at work and what is on its way
            is as of the start of the world. `rm -r ~/.cache/lockkeeper` is right at any time; the next start takes some seconds longer.

            ## What no scenario shows at once

            That a migration has run for too long is found after a quarter of an hour by the database's own clock, which no pace
            hurries: `slow-migration` gets there if you stay. A standby server and a pooler cannot be practised here, and nobody runs
            KEDA or Flux in any of these clusters.
            """)
        .toString();
  }

  private static String section(String name, String title, Scenario scenario) {
    String finds =
        scenario.lesson().finds().isEmpty()
            ? "nothing"
            : "`" + String.join("`, `", scenario.lesson().finds()) + "`";
    return "\n## %s\n\n%s.\n\n- What is wrong: %s\n- What it teaches: %s\n- Found: %s\n"
        .formatted(name, title, scenario.lesson().wrong(), scenario.lesson().teaches(), finds);
  }
}
