package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.Contexts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal on a disk that takes half a line, forgets what it took, or will not even give back. */
class FullDiskTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
  private static final Entry STARTED = Entry.started(AT, "coder-upgrade", Map.of("target", "v2"));
  private static final Entry INTENDED =
      Entry.intended(AT, "3.2", new ScaleRequest(Contexts.in("coder"), "coder", "uid", 3, 0));
  private static final Entry LEFT = Entry.left(AT, "nothing is owed");

  @TempDir Path folder;
  private Path path;
  private final Disk disk = new Disk();

  private static final class Disk implements TouchedChannel.Hand {
    private boolean full;
    private boolean forgetful;
    private boolean stuck;

    @Override
    public int write(ByteBuffer bytes, FileChannel real) throws IOException {
      if (!full) {
        return real.write(bytes);
      }
      if (bytes.position() == 0) {
        int half = bytes.limit() / 2;
        bytes.position(half);
        return real.write(bytes.slice(0, half));
      }
      throw new IOException("No space left on device");
    }

    @Override
    public void force(FileChannel real) throws IOException {
      if (forgetful) {
        throw new IOException("Input/output error");
      }
      real.force(true);
    }

    @Override
    public void truncate(long size, FileChannel real) throws IOException {
      if (stuck) {
        throw new IOException("Input/output error");
      }
      real.truncate(size);
    }
  }

  @BeforeEach
  void nameRun() {
    path = folder.resolve("journal.jsonl");
  }

  private JournalFile open() throws IOException {
    return JournalFile.open(
        path, file -> new TouchedChannel(Storage.ofThisMachine().open(file), disk));
  }

  /** A disk that notes which folders were forced; or cannot. */
  private static final class Folders implements Storage {
    private final List<Path> forced = new ArrayList<>();
    private boolean broken;

    @Override
    public FileChannel open(Path file) throws IOException {
      return Storage.ofThisMachine().open(file);
    }

    @Override
    public void force(Path file) throws IOException {
      if (broken) {
        throw new IOException("Input/output error");
      }
      Storage.super.force(file);
      forced.add(file);
    }
  }

  /** Otherwise a power failure takes a new journal with all that was forced in it. */
  @Test
  void thatThereIsANewJournalIsForcedToDiskAsWell() throws IOException {
    Folders disk = new Folders();
    JournalFile.open(path, disk).close();
    assertThat(disk.forced).containsExactly(folder.toAbsolutePath());
    JournalFile.open(path, disk).close();
    assertThat(disk.forced).as("it was there").hasSize(1);
  }

  @Test
  void aFolderThatCannotBeForcedGetsNoJournal() {
    Folders disk = new Folders();
    disk.broken = true;
    assertThatThrownBy(() -> JournalFile.open(path, disk)).hasMessageContaining("Input/output");
  }

  @Test
  void halfALineIsTakenBackAndTheNextOneFollowsTheOneBefore() throws IOException {
    try (JournalFile journal = open()) {
      journal.append(STARTED);
      disk.full = true;
      assertThatThrownBy(() -> journal.append(INTENDED)).hasMessageContaining("No space left");
      assertThat(JournalFile.read(path)).containsExactly(STARTED);
      disk.full = false;
      journal.append(LEFT);
      assertThat(journal.head().lines()).isEqualTo(2);
    }
    assertThat(JournalFile.read(path)).containsExactly(STARTED, LEFT);
  }

  @Test
  void aLineThatIsNotCertainlyOnDiskIsTakenBack() throws IOException {
    try (JournalFile journal = open()) {
      journal.append(STARTED);
      disk.forgetful = true;
      assertThatThrownBy(() -> journal.append(INTENDED)).hasMessageContaining("Input/output");
      disk.forgetful = false;
      assertThat(JournalFile.read(path)).containsExactly(STARTED);
      journal.append(LEFT);
    }
    assertThat(JournalFile.read(path)).containsExactly(STARTED, LEFT);
  }

  @Test
  void whatCannotBeTakenBackAtOnceIsTakenBackBeforeTheNextLine() throws IOException {
    try (JournalFile journal = open()) {
      journal.append(STARTED);
      disk.full = true;
      disk.stuck = true;
      assertThatThrownBy(() -> journal.append(INTENDED)).hasMessageContaining("No space left");
      assertThatThrownBy(() -> journal.append(INTENDED)).hasMessageContaining("Input/output");
      assertThat(JournalLines.ofRun(path).torn()).isTrue();
      disk.full = false;
      disk.stuck = false;
      journal.append(LEFT);
    }
    assertThat(JournalFile.read(path)).containsExactly(STARTED, LEFT);
  }
}
