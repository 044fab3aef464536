package dev.lockkeeper.files;

import dev.lockkeeper.Fuzz;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.parsing.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our own files, whatever is in them: understood, or told as malformed. */
@Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is asked to
class FilesFuzzTest {
  @Test
  void aRunbookIsUnderstoodOrMalformed() {
    List<byte[]> examples =
        Runbooks.names().stream().map(RunbookFile::text).map(FilesFuzzTest::bytes).toList();
    Fuzz.of("runbook", examples, bytes -> malformed(() -> RunbookFile.read("r.yaml", text(bytes))));
  }

  @Test
  void aConfigurationIsUnderstoodOrMalformed() {
    String example =
        "contexts:\n"
            + "  - name: \"prod-*\"\n"
            + "    production: true\n"
            + "    second-look: true\n"
            + "  - name: \"*\"\n"
            + "    read-only: true\n";
    Fuzz.of(
        "configuration",
        List.of(bytes(example)),
        bytes -> malformed(() -> Configuration.read("config.yaml", text(bytes)).policy("prod-a")));
  }

  @Test
  void aJournalIsIntactOrBrokenAtALine() {
    String example =
        """
        {"v":1,"run":"r","prev":"00","at":"2026-01-01T00:00:00Z","kind":"STARTED","step":"","data":{"a":"b"}}
        {"v":1,"prev":"00","at":"2026-01-01T00:00:01Z","kind":"LEFT","step":"x","data":{}}
        """;
    Fuzz.of(
        "journal",
        List.of(bytes(example)),
        bytes ->
            new Chain("r", JournalLines.lines(bytes)).fault().map(Object::toString).orElse(""));
  }

  private static String malformed(Runnable reading) {
    try {
      reading.run();
      return "";
    } catch (Malformed e) {
      return e.getMessage();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
