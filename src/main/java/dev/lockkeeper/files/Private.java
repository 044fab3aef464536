package dev.lockkeeper.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that are nobody else's business. */
final class Private {
  private Private() {}

  /** Makes a folder, and those above it, that only its owner may enter. */
  static Path folder(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return path;
    }
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      folder(parent);
    }
    Files.createDirectory(path);
    if (posix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
    return path;
  }

  /** Lets only its owner read and write a file. */
  static void file(Path path) throws IOException {
    if (posix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static boolean posix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }
}
