package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.ValuesRequest;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.HelmRelease.Given;
import dev.lockkeeper.snapshot.ValuesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of files with values, which hold passwords and are edited by people. */
class ValuesFilesTest {
  private static final String SECRET = "canary7f3a";

  @TempDir Path directory;

  private ValuesFiles files(Optional<Path> named) {
    return new ValuesFiles(
        new HelmConfig(
            Optional.empty(),
            directory.resolve("runs"),
            "https://charts.example.invalid",
            "2.29.3",
            named,
            () -> ""));
  }

  private ValuesFile read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("mine.yaml"), text);
    return files(Optional.of(file)).look().orElseThrow();
  }

  @Test
  void whatItSaysIsReadAndWhatMayNotBeShownIsMasked() throws IOException {
    ValuesFile file =
        read(
            """
            coder:
              replicaCount: 2
              image: {tag: v2.29.3}
              livenessProbe: {enabled: false}
              env:
                - {name: CODER_PG_CONNECTION_URL, value: 'postgres://me:canary7f3a@db/coder'}
            """);
    assertThat(file.usable()).isTrue();
    assertThat(file.edited()).as("a file that the operator named goes to helm").isTrue();
    assertThat(file.revision()).isEmpty();
    assertThat(file.values().replicaCount()).contains(2);
    assertThat(file.values().imageTag()).contains("v2.29.3");
    assertThat(file.values().livenessProbe()).containsEntry("enabled", "false");
    assertThat(file.values().given())
        .contains(
            new Given("coder.replicaCount", "2"),
            new Given("coder.image.tag", "v2.29.3"),
            new Given("coder.env[0].value", "••••••"));
    assertThat(file.toString()).doesNotContain(SECRET);
  }

  @Test
  void aliasesAreWhatTheyStandFor() throws IOException {
    ValuesFile file =
        read(
            """
            x: &probe {enabled: true, initialDelaySeconds: 90}
            coder:
              replicaCount: &count 4
              livenessProbe:
                <<: *probe
                enabled: false
            y: *count
            """);
    assertThat(file.trouble()).isEmpty();
    assertThat(file.values().livenessProbe())
        .containsEntry("enabled", "false")
        .containsEntry("initialDelaySeconds", "90");
    assertThat(file.values().given()).contains(new Given("y", "4"));
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(read("").usable()).isTrue();
    assertThat(read("# nothing yet\n").values().given()).isEmpty();
    assertThat(read("null\n").usable()).as("what helm prints where nothing is set").isTrue();
  }

  @Test
  void whereItIsBrokenIsSaidByLineAndColumn() throws IOException {
    assertThat(read("coder:\n  image: {tag: v2\n  replicaCount: 3\n").trouble())
        .isEqualTo("line 3, column 15: before this, a comma or the closing } is missing");
    assertThat(read("coder:\n  a: b: c\n").trouble())
        .isEqualTo("line 2, column 7: mapping values are not allowed here");
    assertThat(read("coder:\n\treplicaCount: 3\n").trouble())
        .isEqualTo("line 2, column 1: a tab stands here: YAML is indented by spaces only");
  }

  @Test
  void aKeyThatStandsThereTwiceIsNotGuessedAt() throws IOException {
    assertThat(read("coder:\n  replicaCount: 3\n  image: {}\n  replicaCount: 1\n").trouble())
        .isEqualTo("line 4, column 3: this key stands there twice");
  }

  @Test
  void aListIsNoSetOfValues() throws IOException {
    assertThat(read("- coder\n- canary7f3a\n").trouble())
        .isEqualTo("line 1: it holds no keys with values");
    assertThat(read(SECRET).trouble()).isEqualTo("line 1: it holds no keys with values");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: *canary7f3a",
        "password: !canary7f3a",
        "password: !canary7f3a x",
        "password: !!int canary7f3a",
        "password: !!binary canary7f3a%",
        "password: !!timestamp canary7f3a",
        "password: @canary7f3a",
        "password: `canary7f3a",
        "password: %canary7f3a",
        "password: 'canary7f3a",
        "password: \"canary7f3a\\q\"",
        "password: {canary7f3a, canary7f3a}",
        "password: {canary7f3a: 1, canary7f3a: 2}",
        "password: [canary7f3a",
        "password: a: canary7f3a",
        "password: |canary7f3a",
        "canary7f3a",
        "password: x\n canary7f3a\n:",
        "password: &canary7f3a [*canary7f3a, !canary7f3a x]",
        "password: a\n---\npassword: canary7f3a",
        "password: canary7f3a\u0007"
      })
  void noWordOfTheFileIsInTheComplaint(String text) throws IOException {
    ValuesFile file = read(text);
    assertThat(file.usable()).isFalse();
    assertThat(file.trouble()).isNotBlank();
    assertThat(file.toString()).doesNotContain("canary");
  }

  @Test
  void whatRefersToItselfEndsAllTheSame() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
    }
    assertThat(read(bomb.toString()).usable()).isFalse();
    assertThat(read("a: &a {b: *a}\n").toString()).hasSizeLessThan(2000);
    assertThat(read("a: " + "[".repeat(5000)).usable()).isFalse();
  }

  @Test
  void whatIsTooLargeIsNotRead() throws IOException {
    ValuesFile file = read("a: " + "x".repeat(1 << 20));
    assertThat(file.trouble()).isEqualTo("it is larger than 1048576 bytes, and is not read");
    assertThat(file.sha256()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsSaidToBeSo() throws Exception {
    assertThat(files(Optional.of(directory.resolve("none.yaml"))).look().orElseThrow().trouble())
        .isEqualTo("there is no such file");
    assertThat(files(Optional.of(directory)).look().orElseThrow().trouble())
        .isEqualTo("it is a folder, and no ordinary file");
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(files(Optional.of(pipe)).look().orElseThrow().trouble())
        .isEqualTo("it is a pipe, and no ordinary file");
  }

  @Test
  void aFileThatIsMendedIsUsableAtTheNextLook() throws IOException {
    Path file = Files.writeString(directory.resolve("mine.yaml"), "coder: {");
    ValuesFiles files = files(Optional.of(file));
    assertThat(files.look().orElseThrow().usable()).isFalse();
    Files.writeString(file, "coder: {replicaCount: 5}");
    assertThat(files.look().orElseThrow().values().replicas()).isEqualTo(5);
  }

  /** What is found has to be ours; what the operator names is theirs to answer for. */
  @Test
  void keptValuesThatOthersCouldHaveWrittenAreNotUsed() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path theirs = Files.writeString(directory.resolve("theirs.yaml"), "a: 1\n");
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rw-rw-rw-"));
    Path runs = Files.createDirectory(directory.resolve("runs"));
    Files.createSymbolicLink(runs.resolve("values-3.yaml"), theirs);
    ValuesFile found = files(Optional.empty()).look().orElseThrow();
    assertThat(found.usable()).isFalse();
    assertThat(found.trouble()).contains("theirs.yaml may be changed by others");
    assertThat(files(Optional.of(theirs)).look().orElseThrow().usable()).isTrue();
  }

  private ValuesRequest keeping(String file) {
    return new ValuesRequest(
        new HelmRequest.Place(Contexts.in("coder"), "coder", 3),
        3,
        directory.resolve("runs").resolve(file).toString());
  }

  @Test
  void whatIsKeptIsAsKeptUntilSomebodyEditsIt() throws IOException {
    Files.createDirectories(directory.resolve("runs"));
    ValuesFiles files = files(Optional.empty());
    assertThat(files.look()).isEmpty();
    assertThat(files.saveValues(keeping("values-3.yaml"), "coder: {replicaCount: 3}\n")).isTrue();
    assertThat(files.look()).map(ValuesFile::edited).contains(false);

    Path file = directory.resolve("runs/values-3.yaml");
    Files.writeString(file, "coder: {replicaCount: 7}\n# changed\n");
    assertThat(files.look()).map(ValuesFile::edited).contains(true);
    assertThat(files.look().orElseThrow().values().replicas()).isEqualTo(7);
    Files.writeString(file, "coder: {replicaCount: 3}\n");
    assertThat(files.look()).map(ValuesFile::edited).as("as it was").contains(false);
  }

  @Test
  void withoutItsDigestAFileIsTakenForAnEditedOne() throws IOException {
    Files.createDirectories(directory.resolve("runs"));
    files(Optional.empty()).saveValues(keeping("values-3.yaml"), "a: 1\n");
    Files.delete(directory.resolve("runs/values-3.yaml.sha256"));
    assertThat(files(Optional.empty()).look()).map(ValuesFile::edited).contains(true);
  }

  @Test
  void theNewestCopyIsTheOneThatCountsUnlessAFileIsNamed() throws IOException {
    Files.createDirectories(directory.resolve("runs"));
    ValuesFiles files = files(Optional.empty());
    files.saveValues(keeping("values-9.yaml"), "coder: {replicaCount: 9}\n");
    files.saveValues(keeping("values-10.yaml"), "coder: {replicaCount: 10}\n");
    Files.writeString(directory.resolve("runs/values-11.yaml.half"), "coder: {replica");
    Files.writeString(directory.resolve("runs/values-x.yaml"), "coder: {}");
    assertThat(files.look()).flatMap(ValuesFile::revision).contains(10);
    Path named = Files.writeString(directory.resolve("values-12.yaml"), "coder: {}");
    assertThat(files(Optional.of(named)).look()).flatMap(ValuesFile::revision).isEmpty();
  }

  /** Whoever is killed in the middle leaves no file that looks like a whole one. */
  @Test
  void halfACopyIsNoCopyAndIsWrittenAgain() throws IOException {
    Path runs = Files.createDirectories(directory.resolve("runs"));
    Files.writeString(runs.resolve("values-3.yaml.sha256"), "of what was never written");
    Files.writeString(runs.resolve("values-3.yaml.half"), "coder: {replicaCo");
    ValuesFiles files = files(Optional.empty());
    assertThat(files.look()).isEmpty();
    assertThat(files.saveValues(keeping("values-3.yaml"), "coder: {replicaCount: 3}\n")).isTrue();
    assertThat(files.look()).map(ValuesFile::edited).contains(false);
    assertThat(runs.resolve("values-3.yaml.half")).doesNotExist();
    for (String each : new String[] {"values-3.yaml", "values-3.yaml.sha256"}) {
      assertThat(Files.getPosixFilePermissions(runs.resolve(each)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void nothingIsKeptOutsideTheFolder() throws IOException {
    Files.createDirectories(directory.resolve("runs"));
    ValuesFiles files = files(Optional.empty());
    assertThatThrownBy(() -> files.saveValues(keeping("../values-3.yaml"), "a: 1"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> files.saveValues(keeping("request"), "a: 1"))
        .isInstanceOf(IOException.class);
    assertThat(directory.resolve("runs")).isEmptyDirectory();
  }
}
