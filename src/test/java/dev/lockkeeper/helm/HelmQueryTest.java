package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helm that is only asked ends with whoever asked. */
class HelmQueryTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void aHelmThatNobodyWaitsForAnyMoreIsEnded() throws Exception {
    Path pid = directory.resolve("pid");
    HelmConfig desk =
        HelmRunsTest.desk(
            directory, "echo $$ > %1$s.new; mv %1$s.new %1$s; exec sleep 600".formatted(pid));
    HelmQuery ask = new HelmQuery(desk.program().orElseThrow(), RunFolder.scratch(desk.runs()));
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread asking = new Thread(() -> end.complete(asks(ask)));
    asking.start();
    await().atMost(LONG).until(() -> Files.exists(pid));
    ProcessHandle helm =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

    asking.interrupt();
    await().atMost(LONG).until(() -> !helm.isAlive());
    assertThat(end.get()).isEqualTo("interrupted");
  }

  @Test
  void aSecretOnTheLineBelowItsNameIsMasked() {
    assertThat(HelmQuery.complaint("the server said\nError: token:\n  HUSH-HUSH\n"))
        .isEqualTo("token:…");
    assertThat(HelmQuery.complaint("password:\nHUSH-HUSH\n")).doesNotContain("HUSH");
    assertThat(HelmQuery.complaint("-----BEGIN PRIVATE KEY-----\nHUSHHUSH\nHUSH\n"))
        .doesNotContain("HUSH");
  }

  @Test
  void whatAHelmPrintedIsMaskedAcrossLines() throws Exception {
    RunFolder folder = RunFolder.scratch(directory);
    Files.writeString(
        folder.output(),
        "NOTES\n"
            + "password: |\n"
            + "  HUSH\n"
            + "  HUSH\n"
            + "key:\n"
            + "-----BEGIN EC PRIVATE KEY-----\n"
            + "HUSHHUSHHUSHHUSHHUSH\n"
            + "-----END EC PRIVATE KEY-----\n"
            + "the password is HUSH\n"
            + "done\n");
    assertThat(folder.tail()).startsWith("NOTES").endsWith("done");
    assertThat(String.join("\n", folder.tail()))
        .doesNotContain("HUSH")
        .contains("the password is …");
  }

  private static String asks(HelmQuery ask) {
    try {
      return ask.run(List.of("upgrade"), LONG).toString();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }
}
