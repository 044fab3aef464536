package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The launch script around a program that has the whole terminal and is killed or stopped. */
@DisabledIf("dev.lockkeeper.terminal.Tmux#missing")
class KilledTest {
  @TempDir Path folder;
  private String launch;

  @BeforeEach
  void launcher() throws IOException {
    Path clone = folder.resolve("clone");
    Files.createDirectories(clone.resolve("src/main/java"));
    Files.createDirectories(clone.resolve("scripts"));
    Files.createDirectories(clone.resolve("target"));
    Files.writeString(clone.resolve("pom.xml"), "<project/>");
    Path jar = Files.createFile(clone.resolve("target/lockkeeper.jar"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    Path script = clone.resolve("scripts/lockkeeper");
    Files.copy(Path.of("scripts/lockkeeper"), script);
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.2\"\n");
    Files.writeString(
        java,
        "#!/bin/sh\necho $$ > %s\nexec %s\n"
            .formatted(folder.resolve("pid"), RealTerminalTest.java()));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    launch =
        "sh -c 'echo $$ > %s; exec env JAVA_HOME=%s %s'"
            .formatted(folder.resolve("launched"), folder.resolve("jdk"), script);
  }

  @Test
  void theTerminalIsGivenBackAfterKillNine() throws Exception {
    try (Tmux tmux = new Tmux(launch + "; echo left $?; sleep 1; stty -a > " + modes())) {
      tmux.awaits("last none.");
      assertThat(tmux.fullScreen()).isTrue();
      long pid = tmux.program().pid();
      assertThat(Files.readString(folder.resolve("launched")).strip())
          .as("the program has the number of its launcher")
          .isEqualTo(Long.toString(pid));
      new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
      tmux.awaits("left 137");
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(modes()));
      await().atMost(Duration.ofSeconds(60)).until(() -> !tmux.fullScreen());
      assertThat(tmux.cursorVisible()).isTrue();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(" " + Files.readString(modes()))
                      .doesNotContain(" -icanon", " -echo ", " -isig")
                      .contains("isig"));
    }
  }

  /** Else the next program on the terminal would find what it has set up undone. */
  @Test
  void afterAnEndInOrderNothingIsDone() throws Exception {
    String next = "stty -isig; printf \"\\033[?1049h\"; sleep 2; stty -a > " + modes();
    try (Tmux tmux = new Tmux(launch + "; " + next + "; echo next")) {
      tmux.awaits("last none.");
      tmux.keys("q");
      tmux.awaits("next");
      assertThat(tmux.fullScreen()).isTrue();
      assertThat(Files.readString(modes())).contains("-isig");
    }
  }

  /** What reads the output to its end would wait for whoever holds it. */
  @Test
  void nobodyWaitsForTheWatcher() {
    String hold = "x=$(%s); echo got $?; %s | head -c 1; echo piped".formatted(launch, launch);
    try (Tmux tmux = new Tmux(hold)) {
      tmux.awaits("got 0");
      tmux.awaits("piped");
    }
  }

  /** As a user would: a shell with jobs, ctrl-z, something else, and fg. */
  @Test
  void ctrlZGivesTheTerminalToTheShellAndFgPaintsAnew() {
    try (Tmux tmux = new Tmux("PS1='shell> ' bash --norc -i")) {
      tmux.awaits("shell>");
      tmux.keys(launch, "Enter");
      tmux.awaits("last none.");
      for (int i = 0; i < 3; i++) {
        tmux.keys("C-z");
        tmux.awaits("lockkeeper has stopped");
        tmux.awaits("Stopped");
        assertThat(tmux.fullScreen()).isFalse();
        assertThat(tmux.cursorVisible()).isTrue();
        tmux.keys(
            "stty -a | grep -qwe '-icanon' -e '-echo' -e '-isig' || echo coo''ked" + i, "Enter");
        tmux.awaits("cooked" + i);
        tmux.resize(80 + i, 24);
        tmux.keys("clear; fg", "Enter");
        tmux.awaits("size " + (80 + i) + "x24");
        assertThat(tmux.fullScreen()).isTrue();
        tmux.keys("F" + (i + 1));
        tmux.awaits("last F" + (i + 1) + ".");
      }
      tmux.keys("q");
      tmux.awaits("shell>");
      tmux.keys("stty -a | grep -qwe '-icanon' -e '-echo' -e '-isig' || echo so''und", "Enter");
      tmux.awaits("sound");
      assertThat(tmux.fullScreen()).isFalse();
    }
  }

  private Path modes() {
    return folder.resolve("modes");
  }
}
