package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archives on a Debian without Java: unpacked in a folder whose name has a blank and to which
 * nobody can write, and used by an ordinary user.
 */
class BareDebianIT {
  private static final Path HOW = Path.of("src", "test", "dist", "bare-debian").toAbsolutePath();
  private static final String TOOLS = "/opt/night shift";

  @TempDir static Path folder;
  private static Path debian;
  private static String installed;

  /** Made once: what is in it is only looked at. */
  @BeforeAll
  static void unpacked() throws IOException {
    assumeTrue(
        System.getProperty("user.name").equals("root") && said("dpkg-query", "--version").code == 0,
        "SKIPPED: only root can enter another Debian, and it is made of this one's packages");
    debian = folder.resolve("debian");
    assertThat(said(HOW.toString(), "make", debian.toString())).isEqualTo(new Said(0, "", ""));
    Path tools = Files.createDirectories(debian.resolve(TOOLS.substring(1)));
    for (Path archive : archives("lockkeeper-*.tar.gz")) {
      assertThat(said("tar", "-xzf", archive.toString(), "-C", tools.toString()).code).isZero();
    }
    try (Stream<Path> one = Files.list(tools)) {
      installed = TOOLS + "/" + one.toList().get(0).getFileName();
    }
  }

  @Test
  void itStartsWithoutAWordOfJava() throws IOException {
    assertThat(there("bash", "-c", "command -v java").out).isEmpty();
    Said version = there(launcher(), "--version");
    assertThat(version.out).startsWith("lockkeeper ").hasLineCount(1);
    assertThat(version.err).isEmpty();
    assertThat(version.code).isZero();
    Said check = there(launcher(), "check");
    assertThat(check.err).contains("No kubeconfig was found").hasLineCount(1);
    assertThat(check.code).isEqualTo(3);
  }

  @Test
  void itsClassesAreMapped() throws IOException {
    Path app = debian.resolve(installed.substring(1)).resolve("app");
    assumeTrue(Files.exists(app.resolve("classes.aot")), "SKIPPED: made with a Java before 25");
    Said start =
        there(
            installed + "/runtime/bin/java",
            "-XX:+UseSerialGC",
            "-XX:AOTMode=on",
            "-XX:AOTCache=" + installed + "/app/classes.aot",
            "-jar",
            installed + "/app/lockkeeper.jar",
            "--version");
    assertThat(start.code).as(start.toString()).isZero();
  }

  /** Else the errors of a Java that does not like its archive are painted across the screen. */
  @Test
  void aCopyThatHasLostItsTimesStartsWithoutAWordAsWell() throws IOException {
    Said copied =
        there(
            "bash",
            "-c",
            "cp -r \"$0\" /tmp/copy && touch /tmp/copy/app/*.jar && /tmp/copy/bin/lockkeeper"
                + " --version",
            installed);
    assertThat(copied.out).startsWith("lockkeeper ");
    assertThat(copied.err).isEmpty();
    assertThat(copied.code).isZero();
  }

  @Test
  void aWorldIsPractisedInAndLeft() throws IOException {
    assumeTrue(Terminal.isToBeHad(), "SKIPPED: tmux is not installed");
    Path notes = Files.createDirectory(folder.resolve("notes"));
    try (Terminal terminal =
        Terminal.start(notes, 120, 40, inside(launcher(), "practice", "--pace", "2"))) {
      terminal.awaits("1.1 Know what is installed", "PRACTICE", "Pods 3/3", "nothing waits");
      Walk.wide(terminal).leave();
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.leftOver()).isEmpty();
    }
  }

  /** A name in a file that somebody else wrote is offered, and never run. */
  @Test
  void theShellAloneCompletes() throws IOException {
    Path home = debian.resolve("home/operator");
    Path run = home.resolve(".local/state/lockkeeper/runs/20260101-010203-coder-upgrade");
    Files.createDirectories(run);
    Files.createFile(run.resolve("journal.jsonl"));
    Files.createDirectories(home.resolve(".kube"));
    Files.writeString(
        home.resolve(".kube/config"),
        """
        contexts:
        - context:
            cluster: a
          name: arn:aws:eks:eu-central-1:1:cluster/prod
        - name: "staging"
          context: {cluster: b}
        - name: $(touch /tmp/obeyed)
        users:
        - name: nobody
        """);
    assertThat(completed("lockkeeper watch --context "))
        .containsExactly(
            "arn:aws:eks:eu-central-1:1:cluster/prod", "staging", "\\$\\(touch\\ /tmp/obeyed\\)");
    assertThat(debian.resolve("tmp/obeyed")).doesNotExist();
    assertThat(completed("lockkeeper watch --context st")).containsExactly("staging");
    assertThat(completed("lockkeeper journal v")).containsExactly("verify");
    assertThat(completed("lockkeeper upgrade --read")).containsExactly("--read-only");
    assertThat(completed("lockkeeper resume ")).containsExactly(run.getFileName().toString());
    assertThat(completed("lockkeeper run coder-r")).containsExactly("coder-recovery");
    assertThat(completed("lockkeeper practice stu")).containsExactly("stuck");
    assertThat(completed("lockkeeper check -o ")).containsExactly("table", "json");
  }

  private static List<String> completed(String line) throws IOException {
    String completion = installed + "/share/bash-completion/completions/lockkeeper";
    String press =
        """
        source "$0"
        COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=("${1##* }") COMP_CWORD=0
        _lockkeeper
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Said said = there("bash", "-c", press, completion, line);
    assertThat(said.err).isEmpty();
    return said.out.lines().toList();
  }

  @Test
  void whoeverUnpacksItIsToldNothingOfTheBuilder() throws IOException {
    for (Path archive : archives("lockkeeper-*.tar.gz")) {
      List<String> files = said("tar", "-tvzf", archive.toString()).out.lines().toList();
      assertThat(files)
          .hasSizeGreaterThan(10)
          .allMatch(file -> file.matches("[dl-]r[w-]x?.{7} root/root .* 2026-01-01 00:00 .*"));
      List<String> names = files.stream().map(file -> file.replaceAll(".* 00:00 ", "")).toList();
      assertThat(names).allMatch(name -> name.startsWith("lockkeeper-"));
    }
  }

  @Test
  void theSumBesideAnArchiveIsItsOwn() throws IOException {
    for (Path sum : archives("lockkeeper-*.sha256")) {
      assertThat(said("sh", "-c", "cd target && sha256sum -c \"$0\"", sum.toString()).out)
          .endsWith(": OK\n");
    }
  }

  private static List<Path> archives(String pattern) throws IOException {
    List<Path> archives = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target"), pattern)) {
      found.forEach(each -> archives.add(each.toAbsolutePath()));
    }
    assertThat(archives).as("of the product and of practice, made by -Pdist").hasSize(2);
    return archives;
  }

  private static String launcher() {
    return installed + "/bin/lockkeeper";
  }

  private static Said there(String... command) throws IOException {
    return said(inside(command).toArray(String[]::new));
  }

  private static List<String> inside(String... command) {
    List<String> all = new ArrayList<>(List.of(HOW.toString(), "in", debian.toString(), TOOLS));
    all.addAll(List.of(command));
    return all;
  }

  private static Said said(String... command) throws IOException {
    Path err = Files.createTempFile(folder, "err", "");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Said(process.waitFor(), out, Files.readString(err));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private record Said(int code, String out, String err) {}
}
