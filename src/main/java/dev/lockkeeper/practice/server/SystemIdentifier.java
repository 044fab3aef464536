package dev.lockkeeper.practice.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * The number by which a database cluster is told from every other. {@code initdb} draws it, and a
 * copy has that of its original, so it is drawn anew: in {@code pg_control}, which carries a
 * checksum, and in the first page of each file of the log, which PostgreSQL compares with it.
 */
final class SystemIdentifier {
  /** Where the state of the cluster stands in {@code pg_control}, and what a clean end is there. */
  private static final int STATE = 16;

  private static final int SHUT_DOWN = 1;

  /** Between these two the checksum stands in {@code pg_control}, behind all that it covers. */
  private static final int SHORTEST = 200;

  private static final int LONGEST = 512;

  /** Where the number stands in the first page of a file of the log. */
  private static final int IN_LOG = 24;

  private SystemIdentifier() {}

  /**
   * Gives a cluster a new number.
   *
   * @param data its directory; no server runs on it
   * @throws IOException when it was not shut down cleanly, or is none that is known here
   */
  static void renew(Path data) throws IOException {
    Path file = data.resolve("global").resolve("pg_control");
    ByteBuffer control = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    int checksum = checksum(control);
    if (checksum < 0 || control.getInt(STATE) != SHUT_DOWN) {
      throw new IOException(file + " is not that of a database that was shut down");
    }
    long former = control.getLong(0);
    long drawn = draw();
    renewLog(data.resolve("pg_wal"), former, drawn);
    control.putLong(0, drawn).putInt(checksum, sum(control, checksum));
    Files.write(file, control.array());
  }

  /** As initdb draws it: the moment, and the process. */
  private static long draw() {
    Instant now = Instant.now();
    return now.getEpochSecond() << 32
        | (long) (now.getNano() / 1000) << 12
        | ProcessHandle.current().pid() & 0xFFF;
  }

  /** Versions differ in what stands before it; negative if it is nowhere. */
  private static int checksum(ByteBuffer control) {
    int last = Math.min(LONGEST, control.capacity() - Integer.BYTES);
    for (int at = SHORTEST; at <= last; at += Integer.BYTES) {
      if (control.getInt(at) == sum(control, at)) {
        return at;
      }
    }
    return -1;
  }

  private static int sum(ByteBuffer control, int length) {
    CRC32C sum = new CRC32C();
    sum.update(control.array(), 0, length);
    return (int) sum.getValue();
  }

  private static void renewLog(Path log, long former, long drawn) throws IOException {
    int renewed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(log, "[0-9A-F]*")) {
      for (Path each : files) {
        renewed += renewFile(each, former, drawn) ? 1 : 0;
      }
    }
    if (renewed == 0) {
      throw new IOException("the database in " + log.getParent() + " has no log of its own");
    }
  }

  /** A file that was never written to has no number yet. */
  private static boolean renewFile(Path file, long former, long drawn) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.read(number, IN_LOG) != Long.BYTES || number.getLong(0) != former) {
        return false;
      }
      channel.write(number.putLong(0, drawn).rewind(), IN_LOG);
      return true;
    }
  }
}
