package dev.lockkeeper.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.PinnedContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever others named their things, a command that is offered is that command and no other. */
class OfferedCommandsTest {
  private static final String IMAGE = "ghcr.io/x;touch${IFS}f;/$(touch f)`touch f`'\"coder:v2.26.6";

  @TempDir Path folder;

  @Test
  void anImageIsOneWordOfTheShell() throws Exception {
    ImageRequest request =
        new ImageRequest(
            new PinnedContext("a;touch f", List.of("/k & touch f"), "coder"),
            "coder",
            "u",
            1,
            "coder",
            IMAGE + "-from",
            IMAGE);
    assertThat(words(request.command()))
        .contains("coder=" + IMAGE, "a;touch f", "/k & touch f", "deployment/coder");
    assertThat(words(request.undo())).contains("coder=" + IMAGE + "-from");
    assertThat(folder).isEmptyDirectory();
  }

  /** What a shell makes of it: a word a line. */
  private List<String> words(String command) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "kubectl() { printf '%s\\n' \"$@\"; }\n" + command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(printed).isZero();
    return printed.lines().toList();
  }
}
