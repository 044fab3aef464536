package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No command of kubectl is written by hand: one value writes them all, with context, kubeconfig and
 * namespace, so that none leads to whatever the current context of a shell is.
 */
class PinnedCommandsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/lockkeeper");
  private static final Path RUNBOOKS = Path.of("src/main/resources/dev/lockkeeper/runbooks");

  /** Kubectl with what it is told, within a text of a program. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "kubectl (get|scale|patch|set|delete|logs|label|annotate|apply|describe|edit|create"
              + "|replace|rollout|exec|top|drain|cordon|uncordon|wait|port-forward) [^\" ]");

  @Test
  void everyCommandOfKubectlIsWrittenByThePinnedContext() {
    assertThat(lines(SOURCES, ".java").filter(line -> COMMAND.matcher(line).find()))
        .as("PinnedContext.kubectl writes it")
        .isEmpty();
    assertThat(lines(RUNBOOKS, ".yaml").filter(line -> COMMAND.matcher(line).find()))
        .as("a runbook says it in words, and a reading shows the command")
        .isEmpty();
  }

  @Test
  void aCommandThatIsWrittenByHandWouldBeFound() {
    assertThat(COMMAND.matcher("\"kubectl scale deployment/%s -n %s\"").find()).isTrue();
    assertThat(COMMAND.matcher("\"from one (ssh -t, kubectl exec\"").find()).isFalse();
  }

  /** The lines of code, without what is said about it; practice prints for a shell of its own. */
  private static Stream<String> lines(Path root, String ending) {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(ending))
              .filter(file -> !file.startsWith(SOURCES.resolve("practice")))
              .filter(file -> !file.endsWith("PracticeWorld.java"))
              .toList();
      assertThat(found).isNotEmpty();
      return found.stream().flatMap(PinnedCommandsTest::code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> code(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("/"))
          .map(line -> file.getFileName() + ": " + line.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
