package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What stands before every act of the shipped runbooks, how strictly, and what ends it: a guard
 * that is left out or softened is seen in the diff. {@code -Dgolden=write} writes the file anew.
 */
class GuardsTest {
  private static final Path FILE = Path.of("src/test/resources/dev/lockkeeper/files/guards.txt");

  @Test
  void theGuardsOfAllActsAreThoseThatWereAgreed() throws IOException {
    String table =
        Runbooks.names().stream()
            .map(RunbookFile::bundled)
            .flatMap(runbook -> runbook.steps().flatMap(step -> lines(runbook, step)))
            .collect(Collectors.joining("\n", "", "\n"));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(FILE, table);
    }
    assertThat(table).as("%s (write it anew with -Dgolden=write)", FILE).isEqualTo(agreed());
  }

  private static String agreed() throws IOException {
    return Files.exists(FILE) ? Files.readString(FILE) : "";
  }

  /** A step without guards, act, and decision has none. */
  private static Stream<String> lines(Runbook runbook, Step step) {
    List<String> rows = rows(step).toList();
    return rows.isEmpty()
        ? Stream.empty()
        : Stream.concat(
            Stream.of(runbook.name() + " " + step.id() + "  " + does(step)), rows.stream());
  }

  private static Stream<String> rows(Step step) {
    Stream<String> before =
        step.before().stream()
            .map(
                guard ->
                    row(
                        guard.strength().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        guard.check().word()));
    Stream<String> allowed =
        step.choice().stream()
            .flatMap(choice -> choice.options().stream())
            .flatMap(
                option ->
                    option.allowed().stream().map(check -> row(option.value(), check.word())));
    Stream<String> after = step.after().stream().map(check -> row("after", check.word()));
    return Stream.of(before, allowed, after).flatMap(rows -> rows);
  }

  private static String does(Step step) {
    return step.action()
        .map(action -> action.word())
        .or(() -> step.choice().map(choice -> "decides " + choice.word()))
        .orElse("looks");
  }

  private static String row(String strength, String check) {
    return "    %-14s %s".formatted(strength, check);
  }
}
