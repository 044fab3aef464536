package dev.lockkeeper;

import static dev.lockkeeper.Inert.HOSTILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.files.Storage;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program prints when others chose the words, and when nobody takes it. */
class OutputTest {
  private static final String CONTEXT =
      """
      current-context: "%s"
      contexts:
      - {name: "%s", context: {cluster: c, user: u, namespace: coder}}
      clusters:
      - {name: c, cluster: {server: 'https://127.0.0.1:9'}}
      users:
      - name: u
        user:
          exec:
            apiVersion: client.authentication.k8s.io/v1
            command: %s
            installHint: "%s"
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "releases",
        "releases -o json",
        "releases --release v2.29.3",
        "runbook list",
        "runbook list -o json",
        "runbook show coder-upgrade",
        "runbook lint",
        "journal list",
        "journal list -o json",
        "practice --list",
        "--help",
        "--version",
        "check --help",
      })
  void anAnswerThatCannotBeWrittenIsToldWithACodeOfItsOwn(String line) throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this machine has no full device");
    int code;
    try (FileOutputStream nowhere = new FileOutputStream(full.toFile())) {
      code = Main.run(line.split(" "), Storage.ofThisMachine(), nowhere, err);
    }
    assertThat(code).isEqualTo(74);
    assertThat(err()).contains("the output could not be written (No space left on device)");
  }

  @Test
  void whatWasTypedIsInertWhenItIsToldBack() {
    List<List<String>> lines =
        List.of(
            List.of(HOSTILE),
            List.of("check", "--" + HOSTILE),
            List.of("check", "--context", HOSTILE),
            List.of("check", "--kubeconfig", "/nowhere/" + HOSTILE),
            List.of("check", "--to", HOSTILE),
            List.of("check", "--backup-time", HOSTILE),
            List.of("check", "--helm-repository", HOSTILE),
            List.of("check", "--values", HOSTILE),
            List.of("run", "./" + HOSTILE),
            List.of("runbook", "show", HOSTILE),
            List.of("runbook", "lint", "./" + HOSTILE),
            List.of("releases", "--release", HOSTILE),
            List.of("releases", "-o", HOSTILE),
            List.of("releases", "--schema", HOSTILE),
            List.of("journal", "show", HOSTILE),
            List.of("journal", "verify", "./" + HOSTILE),
            List.of("practice", HOSTILE),
            List.of("practice", "--pace", HOSTILE));
    lines.forEach(this::isInert);
  }

  private void isInert(List<String> words) {
    out.reset();
    err.reset();
    int code = run(words.stream().map(each -> each.replace("\0", "")).toList());
    assertThat(code).as("%s", words).isNotZero().isNotEqualTo(ExitCode.INTERNAL.number());
    assertThat(err()).as("%s", words).isNotEmpty();
    Inert.assertInert(err() + out());
  }

  @Test
  void whatAKubeconfigAndItsPluginSayIsInert() throws IOException {
    String name = "\\e]0;PWNED\\a\\e[2J\\x9b31m\\u202Ex";
    Path missing = folder.resolve("missing");
    Files.writeString(missing, CONTEXT.formatted(name, name, "./no-such-plugin", name));
    isInert(List.of("check", "--kubeconfig", missing.toString()));
    assertThat(err()).contains("PWNED");

    Path plugin = folder.resolve("plugin");
    Files.writeString(
        plugin,
        "#!/bin/sh\n"
            + "printf '\\033]0;PWNED\\007 \\302\\233 Authorization: Bearer hush-hush-hush' >&2;"
            + " exit 1\n");
    assertThat(plugin.toFile().setExecutable(true)).isTrue();
    Path failing = folder.resolve("failing");
    Files.writeString(failing, CONTEXT.formatted(name, name, "./plugin", name));
    isInert(List.of("check", "--kubeconfig", failing.toString()));
    assertThat(err()).contains("PWNED").doesNotContain("hush-hush");
  }

  @Test
  void aContextThatIsNotThereIsToldWithTheNamesOfTheOthersInert() throws IOException {
    String name = "\\e]0;PWNED\\a\\u202Ex";
    Path file = folder.resolve("config");
    Files.writeString(file, CONTEXT.formatted(name, name, "./plugin", name));
    isInert(List.of("check", "--kubeconfig", file.toString(), "--context", "other"));
    assertThat(err()).contains("PWNED");
  }

  @Test
  void aJournalThatIsShownIsInertInEitherForm() throws IOException {
    Path journal = folder.resolve("journal.jsonl");
    Files.writeString(
        journal,
        """
        {"v":0,"at":"2026-01-01T00:00:00Z","kind":"ATTESTED","step":"x\\u001b]0;PWNED\\u0007","data":{"text":"\\u009b31m\\u202e\\u007f"}}
        """);
    assertThat(run(List.of("journal", "show", journal.toString()))).isZero();
    Inert.assertInert(out());
    out.reset();
    assertThat(run(List.of("journal", "show", journal.toString(), "-o", "json"))).isZero();
    Inert.assertInert(out());
    assertThat(out()).contains("\\u009B31m\\u202E\\u007F");
  }

  private int run(List<String> words) {
    return Main.run(words.toArray(String[]::new), Storage.ofThisMachine(), out, err);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
