package dev.lockkeeper.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The port to the disk on which a journal lies. */
public interface Storage {
  /** Opens a file for reading and writing, and makes it when there is none. */
  FileChannel open(Path path) throws IOException;

  /** The file system of this machine. */
  static Storage ofThisMachine() {
    return path ->
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
