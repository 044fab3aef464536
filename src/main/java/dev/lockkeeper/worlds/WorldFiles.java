package dev.lockkeeper.worlds;

import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The directory in which one world lives, and the names in it. Only its owner may enter.
 *
 * @param directory the directory
 */
public record WorldFiles(Path directory) {
  /** What the path of a UNIX domain socket may have on every system, in bytes. */
  private static final int LONGEST_SOCKET = 103;

  /** The longest end that a new directory's name can get, and the socket in it. */
  private static final int REST = "/9223372036854775807/control.sock".length();

  /** Where the folder for temporary files has a long name, as on macOS. */
  private static final Path SHORT = Path.of("/tmp");

  /** A runtime directory is often a small piece of memory. */
  private static final long ROOM = 2L << 30;

  private static final Duration CLOCK = Duration.ofMinutes(2);

  static final String PREFIX = "lockkeeper-practice-";

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  public Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  public Path adminKubeconfig() {
    return directory.resolve("kubeconfig.admin");
  }

  /** The certificate by which the API server of this world proves itself, base64 of PEM. */
  public Path authority() {
    return directory.resolve("authority");
  }

  public Path databaseUrl() {
    return directory.resolve("database.url");
  }

  /** Where Helm keeps what it knows of repositories. */
  public Path helm() {
    return directory.resolve("helm");
  }

  /** What it tells whoever enters it. */
  public Path briefing() {
    return directory.resolve("briefing");
  }

  public Path requests() {
    return directory.resolve("requests.jsonl");
  }

  public Path log() {
    return directory.resolve("world.log");
  }

  public Path socket() {
    return directory.resolve("control.sock");
  }

  public Path ready() {
    return directory.resolve("ready");
  }

  public Path failed() {
    return directory.resolve("failed");
  }

  public Path progress() {
    return directory.resolve("progress");
  }

  public Path pid() {
    return directory.resolve("pid");
  }

  /** Makes the directory unless it is there; its parent must be there. */
  public void create() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory, PRIVATE);
    }
    Trusted.closed(directory);
  }

  /**
   * Whether a world lives here that this user started: the folder is ours and closed to all others,
   * and so is what stands in it.
   *
   * @throws IOException if it is somebody else's, or cannot be read
   */
  boolean inhabited() throws IOException {
    return Trusted.closed(directory)
        && Trusted.closed(ready())
        && Trusted.closed(socket())
        && !abandoned();
  }

  /** Writes a line so that a reader sees the old one or the new one. */
  public void write(Path file, String line) throws IOException {
    Path fresh = directory.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, line + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<String> read(Path file) throws IOException {
    try {
      return Trusted.closed(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (NoSuchFileException goneMeanwhile) {
      return Optional.empty();
    }
  }

  /** A process is named by number and start, because numbers come round again. */
  public static String name(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH);
  }

  /** Whether the process that lives here is gone; false while nobody has moved in yet. */
  boolean abandoned() throws IOException {
    Optional<String> inhabitant = read(pid());
    if (inhabitant.isEmpty()) {
      Instant made = Files.getLastModifiedTime(directory).toInstant();
      return made.isBefore(Instant.now().minusSeconds(120));
    }
    String[] words = inhabitant.get().split(" ");
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(ProcessHandle::isAlive)
        .filter(process -> sameStart(process, words[1]))
        .isEmpty();
  }

  /** Two processes see the same start a little apart when the clock was set in between. */
  private static boolean sameStart(ProcessHandle process, String known) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.parse(known)).abs().compareTo(CLOCK) < 0)
        .orElse(true);
  }

  /** The directory in which this user's worlds are made. */
  static Path root(Map<String, String> environment) throws IOException {
    Path temporary = Trusted.temporary();
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isEmpty()
        && isShort(Path.of(runtime))
        && isOurs(Path.of(runtime))
        && Files.isWritable(Path.of(runtime))) {
      if (Path.of(runtime).toFile().getUsableSpace() > ROOM) {
        return Path.of(runtime);
      }
    }
    return isShort(temporary) ? temporary : Trusted.temporary(SHORT);
  }

  private static boolean isShort(Path root) {
    return root.toString().length() + prefix().length() + REST <= LONGEST_SOCKET;
  }

  private static boolean isOurs(Path folder) {
    try {
      return Trusted.ours(folder);
    } catch (IOException somebodyElses) {
      return false;
    }
  }

  static String prefix() {
    return PREFIX + System.getProperty("user.name").replaceAll("[^A-Za-z0-9]", "") + "-";
  }

  /** A new directory for a world, in nothing but this one. */
  static WorldFiles fresh(Path root) throws IOException {
    if (!isShort(root)) {
      throw new IOException(
          "%s has too long a name for the socket of a practice world: set XDG_RUNTIME_DIR to a folder of yours with a shorter one"
              .formatted(root));
    }
    Path made = Files.createTempDirectory(root, prefix(), PRIVATE);
    Trusted.closed(made);
    return new WorldFiles(made);
  }
}
