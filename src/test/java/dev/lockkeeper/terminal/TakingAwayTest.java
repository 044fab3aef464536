package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.view.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The clipboard and the mouse wheel of a real terminal. */
class TakingAwayTest {
  @TempDir Path directory;

  @Test
  @DisabledIf("dev.lockkeeper.terminal.Tmux#missing")
  void whatIsChosenIsOnTheTerminalsClipboard() throws Exception {
    try (Tmux tmux = new Tmux(panels("%s"))) {
      tmux.takesClipboard();
      tmux.awaits("open a panel");
      tmux.keys("p", "y");
      tmux.awaits("way SENT");
      await().until(() -> !tmux.clipboard().isEmpty());
      assertThat(tmux.clipboard().strip()).isEqualTo(Samples.healthyCluster().pods().get(0).name());
      tmux.keys("q");
      tmux.awaits("left 0");
    }
  }

  @Test
  @DisabledIf("dev.lockkeeper.terminal.Tmux#missing")
  void theWheelIsAskedForInPanelsAloneAndGivenBack() throws Exception {
    String sent = sent("", "p", "y");
    assertThat(sent).contains("\u001b]52;c;");
    assertThat(sent.indexOf("\u001b[?1007s\u001b[?1007h")).isGreaterThan(sent.indexOf("?1049h"));
    assertThat(sent).containsOnlyOnce("\u001b[?1007r").doesNotContain("?1000h", "?1002h", "?1006h");
    assertThat(sent.indexOf("?1007r")).isLessThan(sent.lastIndexOf("?1049l"));
  }

  @Test
  @DisabledIf("dev.lockkeeper.terminal.Tmux#missing")
  void whatIsSwitchedOffIsNotSent() throws Exception {
    String sent = sent("LOCKKEEPER_CLIPBOARD=off LOCKKEEPER_WHEEL=off ", "p", "y");
    assertThat(sent).contains("way OFF").doesNotContain("]52;", "?1007");
  }

  private String sent(String environment, String... keys) throws Exception {
    Path trace = directory.resolve("trace");
    String watched = environment + "script -q -f -c '%s' " + trace;
    try (Tmux tmux = new Tmux(panels(watched))) {
      tmux.awaits("open a panel");
      tmux.keys(keys);
      tmux.awaits("way ");
      tmux.keys("q");
      tmux.awaits("left 0");
    }
    return Files.readString(trace);
  }

  private String panels(String around) throws Exception {
    Path arguments = directory.resolve("arguments");
    Files.writeString(arguments, "-cp \"" + System.getProperty("java.class.path") + "\"\n");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "%s -XX:TieredStopAtLevel=1 @%s %s".formatted(java, arguments, ShowPanels.class.getName());
    return around.formatted(command) + "; echo left $?";
  }

  @Test
  void whatIsTooLongIsCutBetweenCharacters() {
    Clipboard all = Clipboard.of("日本");
    assertThat(all.cut()).isFalse();
    assertThat(decoded(all)).isEqualTo("日本");
    Clipboard cut = Clipboard.of("日".repeat(20_000));
    assertThat(cut.cut()).isTrue();
    assertThat(cut.length()).isEqualTo(16_384);
    assertThat(cut.sequence()).hasSizeLessThan(66_000);
    assertThat(decoded(cut)).isEqualTo("日".repeat(16_384));
  }

  private static String decoded(Clipboard clipboard) {
    String sequence = clipboard.sequence();
    assertThat(sequence).startsWith("\u001b]52;c;").endsWith("\u0007");
    byte[] bytes = Base64.getDecoder().decode(sequence.substring(7, sequence.length() - 1));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
