package dev.lockkeeper.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs of one version: that of the practice world, which is on the class path, or
 * one of those that the build puts beside it on Linux.
 */
final class ServerBinaries {
  private static final String ARCHIVE = "postgres-linux-x86_64.txz";
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private ServerBinaries() {}

  /** Whether the build has fetched this major version. */
  static boolean has(int version) {
    return Files.exists(jar(version));
  }

  private static Path jar(int version) {
    return TARGET.resolve("postgres-servers").resolve(version + ".jar");
  }

  /** The directory above their {@code bin}. */
  static Path ofPractice() throws IOException {
    return unpacked(TARGET.resolve("postgres"), ServerBinaries.class.getResource("/" + ARCHIVE));
  }

  /** The directory above their {@code bin}. */
  static Path of(int version) throws IOException {
    URL archive = new URL("jar:" + jar(version).toUri() + "!/" + ARCHIVE);
    return unpacked(TARGET.resolve("postgres-" + version), archive);
  }

  /** Tests that run beside this one wait until it is whole. */
  private static synchronized Path unpacked(Path directory, URL archive) throws IOException {
    Path complete = directory.resolve("complete");
    if (!Files.exists(complete)) {
      Path lock = directory.resolveSibling(directory.getFileName() + ".lock");
      try (FileChannel file =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = file.lock()) {
        if (held.isValid() && !Files.exists(complete)) {
          unpack(archive, directory);
          Files.createFile(complete);
        }
      }
    }
    return directory;
  }

  private static void unpack(URL archive, Path target) throws IOException {
    try (InputStream packed = archive.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        place(tar, entry, target.resolve(entry.getName()));
      }
    }
  }

  private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    Files.createDirectories(entry.isDirectory() ? file : file.getParent());
    if (entry.isSymbolicLink()) {
      Files.deleteIfExists(file);
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
