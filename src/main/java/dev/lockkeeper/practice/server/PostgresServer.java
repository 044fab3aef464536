package dev.lockkeeper.practice.server;

import dev.lockkeeper.trust.Trusted;
import dev.lockkeeper.worlds.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.Driver;

/**
 * One PostgreSQL server on a loopback port of its own. It lives as a process beside ours and ends
 * with us, also when we are killed: a small shell holds a pipe from us and stops it when the pipe
 * breaks.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LOOPBACK = "127.0.0.1";

  private final Process supervisor;
  private final int port;
  private final String password;
  private final Path data;

  private PostgresServer(Process supervisor, int port, String password, Path data) {
    this.supervisor = supervisor;
    this.port = port;
    this.password = password;
    this.data = data;
  }

  /**
   * Unpacks, initialises and starts a server.
   *
   * @param world an existing directory; the data and {@code postgres.log} go there
   * @param cache where unpacked binaries are kept for the next time
   * @param progress takes short lines about what is going on
   * @throws IOException when it cannot be started, with a sentence for the operator
   */
  public static PostgresServer start(Path world, Path cache, Consumer<String> progress)
      throws IOException, InterruptedException {
    return start(world, cache, ServerUser.find(), progress);
  }

  static PostgresServer start(Path world, Path cache, ServerUser user, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("unpacking PostgreSQL");
    boolean stranger = user.owner().isPresent();
    // Another user can enter neither our private directory nor our cache.
    Path house =
        stranger
            ? Files.createTempDirectory(Trusted.temporary(), "lockkeeper-practice-data-")
            : Files.createDirectory(world.resolve("postgres"));
    try {
      user.own(house);
      Binaries binaries = Binaries.under(stranger ? house : own(cache));
      Path log = Files.writeString(world.resolve("postgres.log"), "");
      progress.accept("preparing PostgreSQL");
      String password = secret();
      initialise(binaries, user, house, password, log);
      progress.accept("starting PostgreSQL");
      return launch(binaries, user, house, password, log);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      Trees.delete(house);
      throw failed;
    }
  }

  /** Programs are kept there and run: nobody else may have put them there. */
  private static Path own(Path cache) throws IOException {
    if (!Files.isDirectory(cache)) {
      Files.createDirectories(
          cache,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Trusted.ours(cache);
    return cache;
  }

  private static void initialise(
      Binaries binaries, ServerUser user, Path house, String password, Path log)
      throws IOException, InterruptedException {
    Path secret = house.resolve("password");
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, password);
    user.own(secret);
    // PostgreSQL's own C.UTF-8 does not depend on the locales of the machine.
    List<String> command =
        user.command(
            binaries.program("initdb").toString(),
            "--pgdata=" + house.resolve("data"),
            "--username=postgres",
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-sync");
    Process initdb = quiet(command, log).start();
    int code = initdb.waitFor();
    Files.delete(secret);
    if (code != 0) {
      throw new IOException("PostgreSQL could not be prepared: " + lastLine(log));
    }
    Path data = house.resolve("data");
    Files.writeString(data.resolve("pg_hba.conf"), resource("pg_hba.conf"));
    Files.writeString(data.resolve("postgresql.conf"), resource("postgresql.conf"));
  }

  /** A new password: 128 random bits, in hexadecimal. */
  public static String secret() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static ProcessBuilder quiet(List<String> command, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static PostgresServer launch(
      Binaries binaries, ServerUser user, Path house, String password, Path log)
      throws IOException, InterruptedException {
    int port = freePort();
    Path data = house.resolve("data");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", resource("supervise.sh"), "supervise", house.toString()));
    command.addAll(
        user.command(
            binaries.program("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port)));
    PostgresServer server = new PostgresServer(quiet(command, log).start(), port, password, data);
    if (server.becomesReady()) {
      return server;
    }
    server.close();
    throw new IOException("PostgreSQL did not start: " + lastLine(log));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    }
  }

  /** The server says itself when it is ready, in the last line of its pid file. */
  private boolean becomesReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (supervisor.isAlive() && System.nanoTime() < deadline) {
      try {
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        if (lines.size() >= 8 && lines.get(7).strip().equals("ready")) {
          return true;
        }
      } catch (NoSuchFileException notYet) {
        // The next look will tell.
      }
      Thread.sleep(20);
    }
    return false;
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1).strip();
  }

  private static String resource(String name) throws IOException {
    try (InputStream text = PostgresServer.class.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /**
   * A session as the superuser {@code postgres}.
   *
   * @param database the database to enter
   */
  public Connection superuser(String database) throws SQLException {
    return session(database, "postgres", password);
  }

  /** A session as an ordinary role. */
  public Connection session(String database, String role, String secret) throws SQLException {
    return session(database, role, secret, "practice");
  }

  /**
   * A session as an ordinary role.
   *
   * @param application what it calls itself
   */
  public Connection session(String database, String role, String secret, String application)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", secret);
    properties.setProperty("ApplicationName", application);
    return new Driver()
        .connect("jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + database, properties);
  }

  /** Whether the server still runs. */
  public boolean alive() {
    return supervisor.isAlive();
  }

  /** Stops the server at once and removes its data. */
  @Override
  public void close() {
    try {
      supervisor.getOutputStream().close();
      if (!supervisor.waitFor(10, TimeUnit.SECONDS)) {
        supervisor.destroyForcibly();
      }
    } catch (IOException alreadyClosed) {
      // The pipe is gone, which is all that was wanted.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
