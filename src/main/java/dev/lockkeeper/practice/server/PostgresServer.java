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
   * Starts a server with nothing in it.
   *
   * @param world an existing directory; the data and {@code postgres.log} go there
   * @param cache where unpacked binaries are kept for the next time
   * @param progress takes short lines about what is going on
   * @throws IOException when it cannot be started, with a sentence for the operator
   */
  public static PostgresServer start(Path world, Path cache, Consumer<String> progress)
      throws IOException, InterruptedException {
    return start(world, cache, Content.none(), progress);
  }

  /**
   * The same with something in it.
   *
   * @param cache where unpacked binaries and filled databases are kept for the next time
   */
  public static PostgresServer start(
      Path world, Path cache, Content content, Consumer<String> progress)
      throws IOException, InterruptedException {
    return start(world, cache, content, ServerUser.find(), progress);
  }

  static PostgresServer start(
      Path world, Path cache, Content content, ServerUser user, Consumer<String> progress)
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
      DataDirectory data =
          new DataDirectory(house.resolve("data"), new Commands(binaries, user, log));
      progress.accept("preparing PostgreSQL");
      String password = secret();
      if (stranger) {
        data.initialise(password);
      } else {
        Template.in(cache, binaries, content).copyTo(data, progress);
        data.renew(password);
      }
      progress.accept("starting PostgreSQL");
      PostgresServer server = launch(data, house, password);
      return stranger ? server.filled(content, progress) : server;
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

  /** A new password: 128 random bits, in hexadecimal. */
  public static String secret() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /**
   * Starts a server on its data.
   *
   * @param house what is removed when it has ended
   */
  static PostgresServer launch(DataDirectory data, Path house, String password)
      throws IOException, InterruptedException {
    int port = freePort();
    Commands commands = data.commands();
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", resource("supervise.sh"), "supervise", house.toString()));
    command.addAll(
        commands.words("postgres", "-D", data.path().toString(), "-p", Integer.toString(port)));
    PostgresServer server =
        new PostgresServer(commands.start(command), port, password, data.path());
    if (server.becomesReady()) {
      return server;
    }
    server.close();
    throw new IOException("PostgreSQL did not start: " + commands.lastWords());
  }

  /** The same with something in it; it ends if that cannot be had. */
  PostgresServer filled(Content content, Consumer<String> progress) throws IOException {
    try {
      content.filling().into(this, progress);
      return this;
    } catch (SQLException e) {
      close();
      throw new IOException("the database could not be filled: " + e.getMessage(), e);
    }
  }

  /** Lets it write everything down and end. Nobody may be in it. */
  void shutDown() throws IOException, InterruptedException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroy);
    if (!supervisor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("PostgreSQL does not shut down");
    }
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

  static String resource(String name) throws IOException {
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
