package dev.lockkeeper.practice.server;

import dev.lockkeeper.trust.Scratch;
import dev.lockkeeper.worlds.Trees;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, unpacked from the class path.
 *
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path home) {
  private static final int OWNER_EXECUTE = 0100;

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /**
   * The programs under a directory, unpacked there unless they already are. Several processes may
   * do this at once.
   *
   * @throws IOException when they are not on the class path or cannot be written
   */
  static Binaries under(Path directory) throws IOException {
    URL archive = archive();
    URLConnection connection = archive.openConnection();
    Path home = directory.resolve("postgres-" + identity(connection));
    sweep(directory);
    if (!Files.isDirectory(home)) {
      Files.createDirectories(directory);
      Path fresh = Scratch.UNPACKING.in(directory);
      try {
        unpack(connection, fresh);
        publish(fresh, home);
      } finally {
        Trees.delete(fresh);
      }
    }
    return new Binaries(home);
  }

  /** What whoever was killed while unpacking left. */
  private static void sweep(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
        for (Path each : all) {
          if (Scratch.UNPACKING.abandoned(each)) {
            Trees.delete(each);
          }
        }
      }
    }
  }

  private static URL archive() throws FileNotFoundException {
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    String name =
        "postgres-"
            + (mac ? "darwin" : "linux")
            + (machine.equals("aarch64") ? "-arm_64" : "-x86_64")
            + ".txz";
    URL archive = Binaries.class.getResource("/" + name);
    if (archive == null) {
      throw new FileNotFoundException(
          "this build of Lockkeeper carries no PostgreSQL for " + machine + " (" + name + ")");
    }
    return archive;
  }

  /** Two builds with the same archive share one copy; another archive gets its own. */
  private static String identity(URLConnection connection) throws IOException {
    return connection instanceof JarURLConnection jar
        ? Long.toHexString(jar.getJarEntry().getCrc())
        : Long.toHexString(connection.getContentLengthLong());
  }

  private static void publish(Path fresh, Path home) throws IOException {
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException broken) {
      throw broken;
    } catch (FileSystemException taken) {
      // Somebody else was faster; theirs is as good as ours.
      if (!Files.isDirectory(home)) {
        throw taken;
      }
    }
  }

  private static void unpack(URLConnection connection, Path target) throws IOException {
    try (InputStream raw = new BufferedInputStream(connection.getInputStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(entry, tar, target);
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("the PostgreSQL archive names a file outside of itself");
    }
    Files.createDirectories(entry.isDirectory() ? path : path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(content, path);
      Set<PosixFilePermission> rights =
          PosixFilePermissions.fromString(
              (entry.getMode() & OWNER_EXECUTE) != 0 ? "rwxr-xr-x" : "rw-r--r--");
      Files.setPosixFilePermissions(path, rights);
    }
  }
}
