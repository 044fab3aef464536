package dev.lockkeeper.practice.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What belongs to a {@link Template}: a line for each folder and for each file with its checksum,
 * written last, so that what is not whole is not taken for whole.
 *
 * @param folder the template's
 * @param lines {@code - path} for a folder, {@code checksum path} for a file; parents come first
 */
record FileList(Path folder, List<String> lines) {
  /** Where the data is in a template's folder. */
  static final String DATA = "data";

  private static final String NAME = "files";
  private static final String FOLDER = "-";
  private static final int CHUNK = 1 << 18;
  private static final FileAttribute<?> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  FileList {
    lines = List.copyOf(lines);
  }

  /** What is in a template's folder now. */
  static FileList of(Path folder) throws IOException {
    Path data = folder.resolve(DATA);
    List<String> lines = new ArrayList<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path each : all.sorted().toList()) {
        boolean isFolder = Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS);
        lines.add((isFolder ? FOLDER : sum(each)) + " " + data.relativize(each));
      }
    }
    return new FileList(folder, lines);
  }

  /** What was in it when it was made. */
  static FileList read(Path folder) throws IOException {
    return new FileList(folder, Files.readAllLines(folder.resolve(NAME)));
  }

  void write() throws IOException {
    Files.write(folder.resolve(NAME), lines);
  }

  /**
   * Copies all of it.
   *
   * @throws IOException when something is not there or not what it was
   */
  void copyTo(DataDirectory to) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      Path original = folder.resolve(DATA).resolve(words[1]);
      Path copy = to.path().resolve(words[1]);
      if (words[0].equals(FOLDER)) {
        Files.createDirectory(copy, OWNERS_FOLDER);
      } else if (!copy(original, copy, chunk).equals(words[0])) {
        throw new IOException(original + " is not what it was");
      }
    }
    if (lines.isEmpty()) {
      throw new IOException("there is nothing in " + folder);
    }
  }

  private static String copy(Path original, Path copy, ByteBuffer chunk) throws IOException {
    Files.createFile(copy, OWNERS_FILE);
    CRC32C sum = new CRC32C();
    try (FileChannel from = reading(original);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      while (from.read(chunk.clear()) > 0) {
        sum.update(chunk.flip().duplicate());
        while (chunk.hasRemaining()) {
          to.write(chunk);
        }
      }
    }
    return Long.toHexString(sum.getValue());
  }

  private static String sum(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    try (FileChannel from = reading(file)) {
      while (from.read(chunk.clear()) > 0) {
        sum.update(chunk.flip());
      }
    }
    return Long.toHexString(sum.getValue());
  }

  private static FileChannel reading(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }
}
