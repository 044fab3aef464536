package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.snapshot.Contexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
  private static final Entry STARTED = Entry.started(AT, "coder-upgrade", Map.of("target", "v2"));
  private static final Entry INTENDED =
      Entry.intended(AT, "3.2", new ScaleRequest(Contexts.in("coder"), "coder", "uid", 3, 0));

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path path = folder.resolve("journal.jsonl");
    try (JournalFile journal = JournalFile.open(path)) {
      journal.append(STARTED);
      journal.append(INTENDED);
    }
    assertThat(JournalFile.read(path)).containsExactly(STARTED, INTENDED);
  }

  @Test
  void aTornLastLineIsPassedOverAndNotGluedTo() throws IOException {
    Path path = folder.resolve("journal.jsonl");
    try (JournalFile journal = JournalFile.open(path)) {
      journal.append(STARTED);
    }
    Files.writeString(path, "{\"at\":\"2026-11", StandardOpenOption.APPEND);
    assertThat(JournalFile.read(path)).containsExactly(STARTED);
    try (JournalFile journal = JournalFile.open(path)) {
      journal.append(INTENDED);
    }
    assertThat(JournalFile.read(path)).containsExactly(STARTED, INTENDED);
  }

  @Test
  void aBrokenLineInTheMiddleIsNamed() throws IOException {
    Path path = folder.resolve("journal.jsonl");
    Files.writeString(path, "{\"kind\":\"NONSENSE\"}\n{}\n");
    assertThatThrownBy(() -> JournalFile.read(path))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("journal.jsonl:1:");
  }

  @Test
  void oneProcessAtATimeHoldsIt() throws IOException {
    Path path = folder.resolve("journal.jsonl");
    try (JournalFile held = JournalFile.open(path)) {
      assertThatThrownBy(() -> JournalFile.open(path))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another lockkeeper");
      held.append(STARTED);
    }
    JournalFile.open(path).close();
  }

  /** On POSIX a process gives up its locks on a file when it closes any channel to it. */
  @Test
  void whoReadsTheJournalThatTheyHoldStillHoldsIt() throws Exception {
    Path path = folder.resolve("journal.jsonl");
    try (JournalFile held = JournalFile.open(path)) {
      held.append(STARTED);
      assertThat(JournalFile.read(path)).hasSize(1);
      assertThat(HoldingProcess.asked(path)).startsWith("another lockkeeper holds the journal");
    }
    assertThat(HoldingProcess.asked(path)).isEqualTo("held at line 1");
  }

  @Test
  void whatSomebodyElseAddsMeanwhileIsNotWrittenBehind() throws IOException {
    Path path = folder.resolve("journal.jsonl");
    try (JournalFile held = JournalFile.open(path)) {
      held.append(STARTED);
      Files.writeString(path, "{}\n", StandardOpenOption.APPEND);
      assertThatThrownBy(() -> held.append(INTENDED)).hasMessageContaining("somebody else");
    }
  }

  @Test
  void aRunIsItsOwnersAlone() throws IOException {
    Runs runs = new Runs(folder.resolve("state/runs"));
    try (JournalFile journal = runs.begin("coder-upgrade", AT)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal.path())))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(journal.path().getParent())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void runsAreListedTheNewestFirst() throws IOException {
    Runs runs = new Runs(folder);
    Path first = began(runs, AT);
    Path second = began(runs, AT.plusSeconds(60));
    assertThat(runs.journals()).containsExactly(second, first);
    assertThat(runs.journal(Runs.name(first))).contains(first);
    assertThat(runs.journal("../../etc")).isEmpty();
  }

  private static Path began(Runs runs, Instant at) throws IOException {
    try (JournalFile journal = runs.begin("coder-upgrade", at)) {
      journal.append(STARTED);
      return journal.path();
    }
  }
}
