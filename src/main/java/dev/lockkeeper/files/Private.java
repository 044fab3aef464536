package dev.lockkeeper.files;

import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that are nobody else's business. */
final class Private {
  private Private() {}

  /**
   * Makes a folder, and those above it, that only its owner may enter; one that is there is ours.
   */
  static Path folder(Path path) throws IOException {
    make(path);
    Trusted.ours(path);
    return path;
  }

  private static void make(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      make(parent);
    }
    Files.createDirectory(path);
    if (posix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Lets only its owner read and write a file. */
  static void file(Path path) throws IOException {
    if (posix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /**
   * Whether files have an owner and modes there. Where no mount point is found, as in a chroot, it
   * is the system's own disk, which knows them.
   */
  static boolean posix(Path path) {
    try {
      return Files.getFileStore(path).supportsFileAttributeView("posix");
    } catch (IOException withoutMount) {
      return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
  }
}
