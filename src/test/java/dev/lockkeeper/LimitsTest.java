package dev.lockkeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is far too large, or no text, is told in a sentence and soon. */
class LimitsTest {
  private static final String HUGE = "x".repeat(50 << 20);

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aRunbookWithOneHugeStringIsRefused() throws IOException {
    Path runbook = Files.writeString(folder.resolve("r.yaml"), "name: a\ntitle: " + HUGE);
    assertThat(soon("runbook", "lint", runbook.toString())).isEqualTo(1);
    assertThat(said()).contains(runbook + ": it is larger than 1048576 bytes");
    assertThat(soon("run", runbook.toString())).isEqualTo(64);
  }

  @Test
  void aHugeKubeconfigIsRefused() throws IOException {
    Path config = Files.writeString(folder.resolve("config"), "current-context: " + HUGE);
    assertThat(soon("check", "--kubeconfig", config.toString())).isEqualTo(3);
    assertThat(said())
        .contains(config + " cannot be used: it is larger than 3145728 bytes")
        .contains("--kubeconfig");
  }

  @Test
  void aKubeconfigThatIsNoTextIsRefused() throws IOException {
    Path config =
        Files.write(folder.resolve("config"), "current-context: \u00e9".getBytes(ISO_8859_1));
    assertThat(soon("check", "--kubeconfig", config.toString())).isEqualTo(3);
    assertThat(said()).contains("it is no text in UTF-8");
  }

  @Test
  void aJournalWithAHugeLineIsNotReadAndTheLineIsNamed() throws IOException {
    Path journal =
        Files.writeString(
            folder.resolve("j.jsonl"),
            "{\"v\":0,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"LEFT\",\"step\":\"\",\"data\":{}}\n"
                + "{\"v\":0,\"step\":\""
                + HUGE.substring(20 << 20)
                + "\"}\n");
    assertThat(soon("journal", "verify", journal.toString())).isEqualTo(6);
    assertThat(said()).contains(journal + ":2: this line is longer than 1048576 bytes");
    assertThat(soon("journal", "show", journal.toString())).isEqualTo(6);
  }

  @Test
  void aJournalThatNoRunWouldWriteIsNotRead() throws IOException {
    Path journal = Files.writeString(folder.resolve("j.jsonl"), HUGE + HUGE);
    assertThat(soon("journal", "show", journal.toString())).isEqualTo(6);
    assertThat(said()).contains("it is larger than 67108864 bytes");
  }

  @Test
  void valuesThatAreNoTextAreToldWithTheirPlace() throws IOException {
    Path values =
        Files.write(folder.resolve("v.yaml"), "coder:\n  x: \u00e4\n".getBytes(ISO_8859_1));
    assertThat(soon("check", "--values", values.toString())).isEqualTo(78);
    assertThat(said()).contains("line 2, column 6: this is no text in UTF-8");
  }

  private int soon(String... words) {
    out.reset();
    err.reset();
    long before = System.nanoTime();
    int code = Main.run(List.of(words).toArray(String[]::new), Storage.ofThisMachine(), out, err);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    return code;
  }

  private String said() {
    return err.toString(UTF_8);
  }

  private String printed() {
    return out.toString(UTF_8);
  }
}
