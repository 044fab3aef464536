package dev.lockkeeper.worlds;

import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts, holds and leaves a practice world that lives in a process of its own. */
public final class WorldClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GOODBYE = Duration.ofSeconds(20);

  private final WorldFiles files;
  private final Optional<Process> process;
  private Optional<SocketChannel> hold = Optional.empty();

  private WorldClient(WorldFiles files, Optional<Process> process) {
    this.files = files;
    this.process = process;
  }

  /**
   * A new directory for a world, where sockets and a database have room. Directories of worlds that
   * are gone are removed on the way.
   */
  public static Path newDirectory() throws IOException {
    Path root = WorldFiles.root(System.getenv());
    sweep(root);
    return WorldFiles.fresh(root).directory();
  }

  /** Removes what worlds left that were killed. What resists, or is somebody else's, stays. */
  static void sweep(Path root) throws IOException {
    try (DirectoryStream<Path> worlds = Files.newDirectoryStream(root, WorldFiles.prefix() + "*")) {
      for (Path world : worlds) {
        try {
          if (Trusted.closed(world) && new WorldFiles(world).abandoned()) {
            Trees.delete(world);
          }
        } catch (IOException | RuntimeException resisting) {
          // The next one will be told the same; nothing depends on it.
        }
      }
    }
  }

  /**
   * Starts a world in a process that outlives ours.
   *
   * @param directory an empty directory from {@link #newDirectory}, or one to be made
   */
  public static WorldClient start(Path directory, WorldOptions options) throws IOException {
    PracticeProgram program = PracticeProgram.find();
    WorldFiles files = new WorldFiles(directory.toAbsolutePath());
    files.create();
    List<String> command = new ArrayList<>(detached());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.addAll(List.of("-cp", program.classPath(), PracticeProgram.MAIN));
    command.addAll(List.of("--directory", files.directory().toString()));
    command.addAll(options.arguments());
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()))
            .start();
    return new WorldClient(files, Optional.of(process));
  }

  /** A session of its own keeps the terminal's Ctrl-C and hang-up away. */
  private static List<String> detached() {
    for (String program : List.of("setsid", "nohup")) {
      for (String place : List.of("/usr/bin", "/bin", "/opt/homebrew/bin", "/usr/local/bin")) {
        Optional<Path> candidate = Trusted.inPath(place, program);
        if (candidate.isPresent()) {
          return List.of(candidate.get().toString());
        }
      }
    }
    return List.of();
  }

  /**
   * A world that somebody else started.
   *
   * @throws IOException when there is no living world in that directory
   */
  public static WorldClient attach(Path directory) throws IOException {
    WorldFiles files = new WorldFiles(directory.toAbsolutePath());
    if (!files.inhabited()) {
      throw new IOException("there is no practice world in " + directory);
    }
    WorldClient client = new WorldClient(files, Optional.empty());
    client.hold();
    return client;
  }

  /** The worlds of this user that are up; none of them is held yet. */
  public static List<WorldClient> running() throws IOException {
    List<WorldClient> running = new ArrayList<>();
    Path root = WorldFiles.root(System.getenv());
    try (DirectoryStream<Path> worlds = Files.newDirectoryStream(root, WorldFiles.prefix() + "*")) {
      for (Path world : worlds) {
        WorldFiles files = new WorldFiles(world);
        if (isOurs(files)) {
          running.add(new WorldClient(files, Optional.empty()));
        }
      }
    }
    return running;
  }

  /** What somebody else laid down under such a name is not ours, and nothing in it is looked at. */
  private static boolean isOurs(WorldFiles files) {
    try {
      return files.inhabited();
    } catch (IOException | RuntimeException somebodyElses) {
      return false;
    }
  }

  /**
   * Waits until the world can be entered.
   *
   * @param progress takes each new line about what is going on
   * @throws IOException when it cannot, with a sentence for the operator; then nothing is left
   */
  public void awaitReady(Consumer<String> progress) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String shown = "";
    while (!Files.exists(files.ready())) {
      Optional<String> failure = failure(deadline);
      if (failure.isPresent()) {
        process.ifPresent(Process::destroyForcibly);
        Trees.delete(files.directory());
        throw new IOException(failure.get());
      }
      String line = files.read(files.progress()).orElse(shown);
      if (!line.equals(shown)) {
        progress.accept(line);
        shown = line;
      }
      pause();
    }
  }

  /** Nobody waits for a world whose start was interrupted: it is taken back. */
  private void pause() throws InterruptedException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException unwanted) {
      giveUp();
      throw unwanted;
    }
  }

  /** Takes back a world that was started here and that nobody waits for any more. */
  public void giveUp() {
    process.ifPresent(Process::destroy);
  }

  private Optional<String> failure(long deadline) throws IOException {
    boolean dead = process.isPresent() && !process.get().isAlive();
    Optional<String> said = files.read(files.failed());
    if (said.isPresent() || !dead && System.nanoTime() < deadline) {
      return said;
    }
    String last =
        files.read(files.log()).flatMap(log -> log.lines().reduce((a, b) -> b)).orElse("no word");
    return Optional.of(
        (dead ? "the practice world ended while it started: " : "it takes too long: ") + last);
  }

  /**
   * Holds the world. It lives at least as long as we hold it.
   *
   * @throws IOException when nobody is there
   */
  public void hold() throws IOException {
    if (hold.isEmpty()) {
      Trusted.closed(files.socket());
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(files.socket()));
      } catch (IOException nobody) {
        channel.close();
        throw new IOException("the practice world in " + files.directory() + " has ended", nobody);
      }
      hold = Optional.of(channel);
    }
  }

  /** Ends the world, and waits until nothing of it is left. */
  public void leave() throws IOException, InterruptedException {
    hold();
    hold.orElseThrow().write(ByteBuffer.wrap("leave\n".getBytes(StandardCharsets.UTF_8)));
    long deadline = System.nanoTime() + GOODBYE.toNanos();
    while (Files.exists(files.directory()) && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    close();
  }

  /** Whether a file lies in a folder that bears the name of a world, be it one or not. */
  public static boolean liesInWorld(Path file) {
    for (Path name : file.toAbsolutePath().normalize()) {
      if (name.toString().startsWith(WorldFiles.PREFIX)) {
        return true;
      }
    }
    return false;
  }

  /** The world's directory, by which it can be attached to again. */
  public Path directory() {
    return files.directory();
  }

  /** The kubeconfig of the operator. */
  public Path kubeconfig() {
    return files.kubeconfig();
  }

  /** The kubeconfig of the cluster's administrator. */
  public Path adminKubeconfig() {
    return files.adminKubeconfig();
  }

  /** Every request that the API server was sent, one JSON object a line. */
  public Path requests() {
    return files.requests();
  }

  /** The URL of the database, with its password. */
  public String databaseUrl() throws IOException {
    return read(files.databaseUrl());
  }

  /** The one authority by which the world's API server proves itself, base64 of PEM. */
  public String authority() throws IOException {
    return read(files.authority());
  }

  /** What the world tells whoever enters it. */
  public Briefing briefing() throws IOException {
    return Briefing.read(read(files.briefing()));
  }

  private String read(Path file) throws IOException {
    return files.read(file).orElseThrow(() -> new IOException("there is no " + file));
  }

  /** Lets go without ending the world. */
  @Override
  public void close() throws IOException {
    if (hold.isPresent()) {
      hold.get().close();
      hold = Optional.empty();
    }
  }
}
