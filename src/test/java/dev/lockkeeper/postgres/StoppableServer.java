package dev.lockkeeper.postgres;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A server that can be stopped and resumed at the same place, become a stand-by, or be of another
 * version: what the practice world's server has no need of. Its binaries are those on the class
 * path, or those in the directory named by the system property {@code lockkeeper.test.postgres}.
 */
final class StoppableServer implements AutoCloseable {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final String PASSWORD = "super-c4nary";

  private final Path directory;
  private final Path binaries;
  private final int port;

  private StoppableServer(Path directory, Path binaries, int port) {
    this.directory = directory;
    this.binaries = binaries;
    this.port = port;
  }

  static StoppableServer start() throws IOException {
    StoppableServer server = create();
    server.resume();
    return server;
  }

  /** Initialised, not running yet. */
  static StoppableServer create() throws IOException {
    Path directory = Files.createTempDirectory("lockkeeper-pg");
    Path binaries = binaries();
    Path secret = Files.writeString(directory.resolve("pw"), PASSWORD);
    StoppableServer server = new StoppableServer(directory, binaries, freePort());
    server.run(
        "initdb",
        "-U",
        "postgres",
        "-N",
        "--pwfile=" + secret,
        "--auth=scram-sha-256",
        "--no-locale",
        "-E",
        "UTF8");
    return server;
  }

  TestServer access() {
    return new TestServer(port, "postgres", PASSWORD);
  }

  void resume() throws IOException {
    run(
        "pg_ctl",
        "-w",
        "-l",
        directory.resolve("log").toString(),
        "-o",
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            + directory
            + " -c fsync=off -c max_prepared_transactions=5 -c max_connections=600",
        "start");
  }

  void stop() throws IOException {
    run("pg_ctl", "-w", "-m", "immediate", "stop");
  }

  /** From its next start on it is a stand-by that nobody feeds. */
  void becomeStandby() throws IOException {
    Files.createFile(data().resolve("standby.signal"));
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(data().resolve("postmaster.pid"))) {
      stop();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.getOwner(directory).getName().equals("root")) {
      // PostgreSQL refuses to run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(binaries.resolve("bin").resolve(program).toString(), "-D", data().toString()));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (exitCode(process) != 0) {
      throw new IOException(program + " failed: " + Files.readString(output));
    }
  }

  private static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Path binaries() throws IOException {
    String own = System.getProperty("lockkeeper.test.postgres");
    if (own != null) {
      return Path.of(own);
    }
    Path unpacked = Path.of("target", "postgres").toAbsolutePath();
    if (!Files.exists(unpacked.resolve("complete"))) {
      unpack(unpacked);
      Files.createFile(unpacked.resolve("complete"));
    }
    return unpacked;
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream packed = StoppableServer.class.getResourceAsStream(ARCHIVE);
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
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, file);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
