package dev.lockkeeper.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an archive is made of, as it will lie on the other machine.
 *
 * @param folder the only folder in the archive
 */
record Staged(Path folder) {
  /** An empty one; what lay there is gone. */
  static Staged anew(Path folder) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
    return new Staged(folder);
  }

  /** Takes a folder out again with all that is in it. */
  void remove(String name) throws IOException {
    delete(folder.resolve(name));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path each : below(folder, Comparator.reverseOrder())) {
        Files.delete(each);
      }
    }
  }

  /** Where this will lie; its folders are made. */
  Path path(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return path;
  }

  /** Copies a file with its right to be run. */
  void copy(Path from, String name) throws IOException {
    Files.copy(from, path(name), StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Copies a folder with all that is in it. */
  void copyAll(Path from, String name) throws IOException {
    for (Path each : below(from, Comparator.naturalOrder())) {
      if (Files.isRegularFile(each)) {
        copy(each, name + "/" + from.relativize(each));
      }
    }
  }

  /** Writes a text. */
  void write(String name, String text) throws IOException {
    Files.writeString(path(name), text);
  }

  /** Gives all files this time. */
  void date(Instant time) throws IOException {
    for (Path each : below(folder, Comparator.reverseOrder())) {
      if (!Files.isSymbolicLink(each)) {
        Files.setLastModifiedTime(each, FileTime.from(time));
      }
    }
  }

  /** A folder and everything below it; links are not followed. */
  static List<Path> below(Path folder, Comparator<Path> order) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(order).toList();
    }
  }
}
