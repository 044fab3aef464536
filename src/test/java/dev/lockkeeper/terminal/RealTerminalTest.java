package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adapter on a real pseudo-terminal, where tmux is there to hold one. */
@DisabledIf("dev.lockkeeper.terminal.Tmux#missing")
class RealTerminalTest {
  @TempDir Path directory;

  @Test
  void paintsAndReadsKeysWhole() {
    try (Tmux tmux = new Tmux(show(""))) {
      tmux.awaits("last none.");
      assertThat(tmux.fullScreen()).isTrue();
      assertThat(tmux.cursorVisible()).isFalse();
      assertThat(tmux.screen())
          .startsWith("┌ Show ─────")
          .contains("─ 日本 é × now ┐")
          .contains("size 80x24");
      String[][] keys = {
        {"Up", "UP"},
        {"Down", "DOWN"},
        {"Left", "LEFT"},
        {"Right", "RIGHT"},
        {"F1", "F1"},
        {"F12", "F12"},
        {"Enter", "ENTER"},
        {"Tab", "TAB"},
        {"BTab", "BACK_TAB"},
        {"PPage", "PAGE_UP"},
        {"NPage", "PAGE_DOWN"},
        {"Home", "HOME"},
        {"End", "END"},
        {"DC", "DELETE"},
        {"BSpace", "BACKSPACE"},
        {"Escape", "ESCAPE"},
        {"M-b", "ctrl-LEFT"},
        {"M-f", "ctrl-RIGHT"},
        {"M-d", "ctrl-DELETE"},
        {"C-Left", "ctrl-LEFT"},
        {"C-Right", "ctrl-RIGHT"},
        {"C-w", "ctrl-w"},
        {"C-h", "BACKSPACE"},
        {"C-c", "ctrl-c"},
        {"C-z", "ctrl-z"},
        {"C-s", "ctrl-s"},
        {"C-\\", "ctrl-\\"},
        {"é", "é"},
        {"?", "?"},
      };
      for (String[] key : keys) {
        tmux.keys(key[0]);
        tmux.awaits("last " + key[1] + ".");
      }
      tmux.keys("q");
      tmux.awaits("left 0");
    }
  }

  @Test
  void manyArrowsAtOnceAreArrows() {
    String[] keys = new String[60];
    Arrays.fill(keys, "Up");
    try (Tmux tmux = new Tmux(show(""))) {
      tmux.awaits("last none.");
      tmux.keys(keys);
      tmux.keys("F2");
      tmux.awaits("last F2.");
      tmux.keys("q");
      tmux.awaits("left 0");
    }
  }

  @Test
  void followsTheSizeOfTheTerminal() {
    try (Tmux tmux = new Tmux(show(""))) {
      tmux.awaits("size 80x24");
      tmux.resize(100, 30);
      tmux.awaits("size 100x30");
      tmux.resize(61, 20);
      tmux.awaits("size 61x20");
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129"})
  void givesTheTerminalBackWhenItIsKilled(String signal, int exit) throws Exception {
    try (Tmux tmux = new Tmux(show(""))) {
      tmux.awaits("last none.");
      String pid = String.valueOf(tmux.program().pid());
      new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
      tmux.awaits("left " + exit);
      assertThat(tmux.fullScreen()).isFalse();
      assertThat(tmux.cursorVisible()).isTrue();
      assertThat(tmux.screen()).doesNotContain("last none.");
      tmux.keys("stty -a | grep -qwe '-icanon' -e '-echo' -e '-isig' || echo coo''ked", "Enter");
      tmux.awaits("cooked");
    }
  }

  @Test
  void anInterruptFromElsewhereIsAKey() throws Exception {
    try (Tmux tmux = new Tmux(show(""))) {
      tmux.awaits("last none.");
      String pid = String.valueOf(tmux.program().pid());
      new ProcessBuilder("kill", "-INT", pid).start().waitFor();
      tmux.awaits("last ctrl-c.");
    }
  }

  @Test
  void paintsAnewAfterItWasStopped() throws Exception {
    try (Tmux tmux = new Tmux(show(""))) {
      tmux.awaits("last none.");
      String pid = String.valueOf(tmux.program().pid());
      new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
      new ProcessBuilder("kill", "-CONT", pid).start().waitFor();
      tmux.awaits("last resized.");
      tmux.keys("Up");
      tmux.awaits("last UP.");
    }
  }

  @Test
  void writesEachFrameAtOnce() throws Exception {
    Path trace = directory.resolve("trace");
    try (Tmux tmux = new Tmux(show("script -q -f -c '%s' " + trace))) {
      tmux.awaits("last none.");
      tmux.keys("F3");
      tmux.awaits("last F3.");
      tmux.keys("q");
      tmux.awaits("left 0");
    }
    String sent = Files.readString(trace);
    // start, first frame, F3, way out: each between its own marks.
    assertThat(sent.split("\u001b\\[\\?2026h", -1)).hasSizeBetween(4, 7);
    assertThat(sent).doesNotContain("\u0000").doesNotContain("?1000h");
    assertThat(sent).as("pastes are marked, until the way out").contains("?2004h", "?2004l");
  }

  @Test
  void saysWhatToDoWithoutATerminal() {
    try (Tmux tmux = new Tmux(show("%s < /dev/null"))) {
      tmux.awaits("UNAVAILABLE standard input and output are not both a terminal");
    }
    try (Tmux tmux = new Tmux(show("%s | cat"))) {
      tmux.awaits("UNAVAILABLE standard input and output are not both a terminal");
    }
    try (Tmux tmux = new Tmux(show("TERM=dumb %s"))) {
      tmux.awaits("UNAVAILABLE TERM is \"dumb\"");
    }
  }

  /** Nothing that is loaded as code lies where others may write, nor is left by who is killed. */
  @Test
  void nothingIsUnpackedIntoASharedFolder() throws Exception {
    try (Tmux tmux =
        new Tmux(show("%s").replace("-cp", "-Djava.io.tmpdir=" + directory + " -cp"))) {
      tmux.awaits("last none.");
      try (Stream<Path> left = Files.list(directory)) {
        assertThat(left.map(each -> each.getFileName().toString()))
            .allMatch(name -> name.startsWith("hsperfdata"));
      }
    }
  }

  private static String show(String around) {
    String command = java();
    return (around.isEmpty() ? command : around.formatted(command)) + "; echo left $?";
  }

  /** The words that start the program for a real terminal. */
  static String java() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String needed =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.matches(".*(classes/?|lanterna[^/]*|jline[^/]*)"))
            .collect(Collectors.joining(File.pathSeparator));
    return "%s -XX:TieredStopAtLevel=1 -cp %s %s".formatted(java, needed, Show.class.getName());
  }
}
