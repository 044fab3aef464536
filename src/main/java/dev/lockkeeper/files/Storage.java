package dev.lockkeeper.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The port to the disk on which a journal lies. */
public interface Storage {
  /** Opens a file for reading and writing, and makes it when there is none. */
  FileChannel open(Path path) throws IOException;

  /**
   * Forces to disk which files a folder has: a file that was just made is otherwise gone after a
   * power failure, with all that was forced in it.
   */
  default void force(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** The file system of this machine. */
  static Storage ofThisMachine() {
    return path ->
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
