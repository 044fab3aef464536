package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.parsing.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of six lines to which somebody does something with an editor. */
class TamperingTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");

  /** Two lines as a program before the chain wrote them. */
  private static final String UNCHAINED =
      """
      {"at":"2026-11-21T21:00:00Z","kind":"STARTED","step":"","data":{"runbook":"coder-upgrade"}}
      {"at":"2026-11-21T21:00:01Z","kind":"REMEMBERED","step":"","data":{"value":"3","word":"replicas"}}
      """;

  @TempDir Path folder;
  private Path path;
  private Head head;

  @BeforeEach
  void writeSixLines() throws IOException {
    try (JournalFile journal = new Runs(folder).begin("coder-upgrade", AT)) {
      path = journal.path();
      journal.append(Entry.started(AT, "coder-upgrade", Map.of("target", "v2")));
      for (int i = 2; i <= 6; i++) {
        journal.append(Entry.remembered(AT.plusSeconds(i), "word" + i, "value"));
      }
      head = journal.head();
    }
  }

  @Test
  void whatNobodyTouchedIsIntact() throws IOException {
    assertThat(read().fault()).isEmpty();
    assertThat(read().head()).isEqualTo(head).extracting(Head::lines).isEqualTo(6);
    assertThat(read().unchained()).isZero();
  }

  @Test
  void anEditedLineIsFound() throws IOException {
    for (int line = 1; line <= 5; line++) {
      writeSixLines();
      int index = line - 1;
      edit(lines -> lines.set(index, lines.get(index).replace("\"data\":{", "\"data\":{ ")));
      assertFault(
          line, "this line was changed, or lines between it and line %d were removed", line + 1);
    }
  }

  @Test
  void aRemovedLineIsFound() throws IOException {
    edit(lines -> lines.remove(3));
    assertFault(3, "lines between it and line 4 were removed");
  }

  @Test
  void aRemovedBeginningIsFound() throws IOException {
    edit(lines -> lines.remove(0));
    assertFault(1, "does not begin the run " + Runs.name(path));
  }

  @Test
  void aLineThatWasPutInIsFound() throws IOException {
    edit(lines -> lines.add(3, lines.get(1)));
    assertFault(4, "this line was put in, or moved");
    writeSixLines();
    edit(lines -> lines.add(4, UNCHAINED.lines().findFirst().orElseThrow()));
    assertFault(5, "not chained");
    writeSixLines();
    edit(lines -> lines.add(2, ""));
    assertFault(3, "no line of a journal");
  }

  @Test
  void swappedLinesAreFound() throws IOException {
    edit(lines -> Collections.swap(lines, 2, 3));
    assertFault(3, "this line was written after line 4: it was moved");
  }

  @Test
  void theJournalOfAnotherRunIsFound() throws IOException {
    Path other = Files.createDirectories(folder.resolve("another")).resolve("journal.jsonl");
    Files.copy(path, other);
    assertThat(JournalLines.ofRun(other).fault()).isPresent();
    assertThat(JournalLines.read(other).fault()).as("as the run that it says to be").isEmpty();
  }

  @Test
  void nothingIsReadFromABrokenJournal() throws IOException {
    edit(lines -> lines.remove(3));
    assertThatThrownBy(() -> JournalFile.read(path))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("journal.jsonl:3: ");
  }

  @Test
  void aCutEndIsSeenOnlyByAHeadThatWasKept() throws IOException {
    edit(lines -> lines.subList(4, 6).clear());
    assertThat(read().fault()).isEmpty();
    assertThat(read().find(head.hash())).isEmpty();
  }

  @Test
  void anEarlierHeadIsFoundAmongTheLines() throws IOException {
    try (JournalFile journal = JournalFile.open(path)) {
      journal.append(Entry.left(AT, ""));
    }
    assertThat(read().find(head.hash())).contains(6);
    assertThat(read().find(Head.of(Runs.name(path)).hash())).contains(0);
  }

  @Test
  void aTornLastLineIsNoFaultAndIsCutOffWhenTheRunGoesOn() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    for (int cut = 1; cut < 150; cut += 7) {
      byte[] torn = Arrays.copyOf(whole, whole.length - cut);
      Files.write(path, torn);
      assertThat(read().fault()).isEmpty();
      boolean complete = cut == 1;
      assertThat(read().torn()).isEqualTo(!complete);
      try (JournalFile journal = JournalFile.open(path)) {
        journal.append(Entry.left(AT, ""));
      }
      assertThat(JournalFile.read(path)).hasSize(complete ? 7 : 6);
      Files.write(path, whole);
    }
  }

  @Test
  void anOldJournalIsReadAndGoesOnWithAChain() throws IOException {
    Files.writeString(path, UNCHAINED);
    assertThat(JournalFile.read(path)).hasSize(2);
    assertThat(read().unchained()).isEqualTo(2);
    try (JournalFile journal = JournalFile.open(path)) {
      journal.append(Entry.resumed(AT, "me"));
    }
    assertThat(read().fault()).isEmpty();
    assertThat(read().unchained()).isEqualTo(2);
    assertThat(read().head().lines()).isEqualTo(3);
    edit(lines -> lines.set(1, lines.get(1).replace("3", "4")));
    assertFault(2, "this line was changed");
  }

  @Test
  void aLineOfANewerProgramIsNotGuessedAt() throws IOException {
    edit(lines -> lines.set(1, lines.get(1).replace("\"v\":1", "\"v\":2")));
    assertFault(2, "no line of a journal");
  }

  private Chain read() throws IOException {
    return JournalLines.ofRun(path);
  }

  private void edit(Consumer<List<String>> edit) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(path));
    edit.accept(lines);
    Files.write(path, lines);
  }

  private void assertFault(int line, String what, Object... values) throws IOException {
    assertThat(read().fault())
        .hasValueSatisfying(
            fault -> {
              assertThat(fault.line()).isEqualTo(line);
              assertThat(fault.what()).contains(what.formatted(values));
            });
  }
}
