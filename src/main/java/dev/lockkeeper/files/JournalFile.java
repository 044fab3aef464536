package dev.lockkeeper.files;

import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.journal.JournalLine;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Trusted;
import dev.lockkeeper.trust.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The journal of one run on disk: one JSON object a line, only ever appended to, each line chained
 * to the one before and forced to disk before {@link #append} returns. One process at a time may
 * hold it.
 */
public final class JournalFile implements AutoCloseable {
  private final Path path;
  private final String run;
  private final FileChannel lock;
  private final FileChannel channel;
  private Head head;

  /** Where the last line that is certainly on disk ends, in bytes. */
  private long end;

  /** Whether something may stand behind {@link #end} that could not be written to its end. */
  private boolean litter;

  private JournalFile(Path path, FileChannel lock, FileChannel channel) throws IOException {
    this.path = path;
    this.run = Runs.name(path);
    this.lock = lock;
    this.channel = channel;
    takeUp();
  }

  /**
   * Opens a journal for appending, and makes it when there is none. A torn last line is cut off:
   * what it meant to say never happened.
   *
   * @param path its file, in a folder that exists
   * @throws IOException if it cannot be written, somebody else could have made it, or another
   *     process holds it; the message says which
   */
  public static JournalFile open(Path path) throws IOException {
    return open(path, Storage.ofThisMachine());
  }

  /** The same on another disk. */
  public static JournalFile open(Path path, Storage storage) throws IOException {
    boolean fresh = fresh(path);
    FileChannel lock = hold(path);
    try {
      FileChannel channel = storage.open(path);
      try {
        if (fresh) {
          Private.file(path);
          storage.force(path.toAbsolutePath().getParent());
        }
        return new JournalFile(path, lock, channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Reads the journal of a run. A last line that was cut off, as a crash leaves it, is passed over:
   * what it meant to say never happened.
   *
   * @throws Malformed if another line cannot be understood, or the lines are not as they were
   *     written
   */
  public static List<Entry> read(Path path) throws IOException {
    return intact(JournalLines.ofRun(path), path).entries();
  }

  /**
   * The same chain.
   *
   * @throws Malformed if it is broken; the message names {@code path} and the line
   */
  public static Chain intact(Chain chain, Path path) {
    chain
        .fault()
        .ifPresent(
            fault -> {
              throw new Malformed("%s:%d: %s".formatted(path, fault.line(), fault.what()));
            });
    return chain;
  }

  public Path path() {
    return path;
  }

  /** Where it ends now. */
  public synchronized Head head() {
    return head;
  }

  /**
   * Appends an entry and forces it to disk.
   *
   * @throws IOException if it is not certainly on disk
   */
  public synchronized void append(Entry entry) throws IOException {
    tidy();
    byte[] line = JournalLines.text(entry, head, run).getBytes(StandardCharsets.UTF_8);
    ByteBuffer written = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
    litter = true;
    try {
      write(written);
      channel.force(true);
    } catch (IOException e) {
      tidyAfter(e);
      throw e;
    }
    litter = false;
    end += line.length + 1;
    head = head.then(Head.hash(line));
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      channel.close();
    }
  }

  private void write(ByteBuffer line) throws IOException {
    channel.position(end);
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  /** Half a line, as a full disk leaves it, must not be what the next entry is glued to. */
  private void tidy() throws IOException {
    if (litter) {
      channel.truncate(end);
      litter = false;
    }
    if (channel.size() != end) {
      throw new IOException("somebody else has changed " + path);
    }
  }

  private void tidyAfter(IOException failed) {
    try {
      tidy();
    } catch (IOException stillThere) {
      failed.addSuppressed(stillThere);
    }
  }

  /** Finds the end; half a last line is cut off, a whole one that lacks its end gets it. */
  private void takeUp() throws IOException {
    byte[] bytes = bytes();
    List<JournalLine> lines = JournalLines.lines(bytes);
    Chain chain = new Chain(run, lines);
    head = chain.head();
    end = bytes.length;
    if (chain.torn()) {
      end = JournalLines.lastLine(bytes);
      channel.truncate(end);
      channel.force(true);
    } else if (end > 0 && bytes[bytes.length - 1] != '\n') {
      write(ByteBuffer.wrap(new byte[] {'\n'}));
      channel.force(true);
      end++;
    }
  }

  private byte[] bytes() throws IOException {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    channel.position(0);
    while (all.hasRemaining() && channel.read(all) >= 0) {
      // The channel moves on by what it has read.
    }
    return all.array();
  }

  /**
   * The lock is on a file beside the journal that nobody ever reads: on POSIX, a process gives up
   * its lock on a file when it closes any channel to it, even one that only read.
   */
  private static FileChannel hold(Path path) throws IOException {
    Path beside = path.resolveSibling(path.getFileName() + ".lock");
    boolean fresh = fresh(beside);
    FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (fresh) {
      Private.file(beside);
    }
    if (!locked(channel)) {
      channel.close();
      throw new IOException("another lockkeeper holds the journal " + path);
    }
    return channel;
  }

  /**
   * Whether it is not there yet; what is there has to be ours, and a file: a pipe would be waited
   * for.
   */
  private static boolean fresh(Path path) throws IOException {
    if (!Trusted.ours(path)) {
      return true;
    }
    try {
      OrdinaryFile.require(path);
    } catch (Unreadable e) {
      throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
    }
    return false;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
