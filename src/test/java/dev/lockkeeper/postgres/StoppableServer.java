package dev.lockkeeper.postgres;

import dev.lockkeeper.trust.Trusted;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server that can be stopped and resumed at the same place, become a standby, or be of another
 * version: what the practice world's server has no need of.
 */
final class StoppableServer implements AutoCloseable {
  private static final int USUAL_CONNECTIONS = 600;
  private static final String PASSWORD = "super-c4nary";

  private final Path directory;
  private final Path binaries;
  private final int port;

  /** The namespace in which it runs, if it has one of its own. */
  private Optional<PidSpace> world = Optional.empty();

  private StoppableServer(Path directory, Path binaries, int port) {
    this.directory = directory;
    this.binaries = binaries;
    this.port = port;
  }

  static StoppableServer start() throws IOException {
    return started(create(), USUAL_CONNECTIONS);
  }

  /** Of this major version. */
  static StoppableServer start(int version) throws IOException {
    return started(create(ServerBinaries.of(version)), USUAL_CONNECTIONS);
  }

  /** Of this major version, with all that a session can be: replicating and vacuuming ones too. */
  static StoppableServer startBusy(int version) throws IOException {
    StoppableServer server = create(ServerBinaries.of(version));
    server.resume(
        USUAL_CONNECTIONS, " -c wal_level=logical -c autovacuum=on -c autovacuum_naptime=1");
    return server;
  }

  /** With room for so many sessions. */
  static StoppableServer startFor(int connections) throws IOException {
    return started(create(), connections);
  }

  private static StoppableServer started(StoppableServer server, int connections)
      throws IOException {
    server.resume(connections);
    return server;
  }

  /** Initialised, not running yet. */
  static StoppableServer create() throws IOException {
    return create(ServerBinaries.ofPractice());
  }

  private static StoppableServer create(Path binaries) throws IOException {
    Path directory = Files.createTempDirectory(Trusted.temporary(), "lockkeeper-pg");
    Path secret = Files.writeString(directory.resolve("pw"), PASSWORD);
    StoppableServer server = new StoppableServer(directory, binaries, freePort());
    server.run(
        "initdb",
        "-U",
        "postgres",
        "-N",
        "--pwfile=" + secret,
        // The rounds of SCRAM would be most of what a test does here.
        "--auth=password",
        "--no-locale",
        "-E",
        "UTF8");
    return server;
  }

  TestServer access() {
    return new TestServer(port, "postgres", PASSWORD);
  }

  void resume() throws IOException {
    resume(USUAL_CONNECTIONS);
  }

  private void resume(int connections) throws IOException {
    resume(connections, "");
  }

  private void resume(int connections, String more) throws IOException {
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
            + " -c fsync=off -c autovacuum=off -c shared_buffers=16MB -c"
            + " max_prepared_transactions=5 -c max_connections="
            + connections
            + more,
        "start");
  }

  /** Runs in that namespace, and ends with it when this server is closed. */
  void resumeIn(PidSpace space) throws IOException {
    world = Optional.of(space);
    space.start(binaries, data(), port, directory.resolve("log"));
  }

  void stop() throws IOException {
    run("pg_ctl", "-w", "-m", "immediate", "stop");
  }

  /** From its next start on it is a standby that nobody feeds. */
  void becomeStandby() throws IOException {
    Files.createFile(data().resolve("standby.signal"));
  }

  @Override
  public void close() throws IOException {
    if (world.isPresent()) {
      world.get().close();
      // The process id in there means somebody else out here: nobody must be signalled by it.
      Files.deleteIfExists(data().resolve("postmaster.pid"));
    }
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
}
