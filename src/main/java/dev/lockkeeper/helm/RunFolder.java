package dev.lockkeeper.helm;

import dev.lockkeeper.snapshot.Masked;
import dev.lockkeeper.trust.ProcessName;
import dev.lockkeeper.trust.Scratch;
import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The folder of one run of helm, which tells all that there is to know about it, to whoever comes
 * later.
 *
 * <pre>
 *   request      what was confirmed, and the words to run         written by the wizard
 *   started      who looks after it, and since when               written by the keeper
 *   output       what helm prints
 *   ended        its exit status, and when
 *   kubeconfig, values.yaml   secret; gone when the run is over
 * </pre>
 *
 * @param path where it lies; only its owner may enter
 */
record RunFolder(Path path) {
  static final String REQUEST = "request";
  static final String STARTED = "started";
  static final String ENDED = "ended";
  static final String PLACE = "place";
  private static final String RUN = "[1-9][0-9]{0,5}";

  /** What the keeper writes is smaller, in bytes. Empty lines behind a note say nothing. */
  private static final int NOTE = 1 << 10;

  private static final int TAIL = 16 << 10;
  private static final int LINES = 40;
  private static final int LONGEST = 300;
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> SECRET =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Makes the next folder below this one. */
  static RunFolder next(Path runs) throws IOException {
    make(runs);
    int number = newest(runs).map(each -> Integer.parseInt(each.name())).orElse(0) + 1;
    return new RunFolder(Files.createDirectory(runs.resolve(Integer.toString(number)), OWNER));
  }

  /** The newest run below this folder, if there is one. */
  static Optional<RunFolder> newest(Path runs) throws IOException {
    return all(runs).stream().max(Comparator.comparingInt(each -> Integer.parseInt(each.name())));
  }

  /** A folder for something that is only asked, to be removed right afterwards. */
  static RunFolder scratch(Path runs) throws IOException {
    make(runs);
    return new RunFolder(Scratch.LOOK.in(runs));
  }

  private static void make(Path runs) throws IOException {
    Files.createDirectories(runs, OWNER);
    Trusted.ours(runs);
  }

  /** All runs below this folder. */
  static List<RunFolder> all(Path runs) throws IOException {
    if (!Trusted.ours(runs)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(each -> each.getFileName().toString().matches(RUN))
          .map(RunFolder::new)
          .toList();
    }
  }

  /** Whether who looks after it would be seen from here. */
  boolean isOfHere() throws IOException {
    return read(STARTED)
        .filter(note -> note.getProperty(PLACE, "").equals(ProcessName.place()))
        .isPresent();
  }

  /** When its request was written, or it was made, if that was not yet. */
  Instant made() throws IOException {
    Path request = path.resolve(REQUEST);
    return Files.getLastModifiedTime(Files.exists(request) ? request : path).toInstant();
  }

  Duration age() throws IOException {
    return Duration.between(made(), Instant.now());
  }

  String name() {
    return path.getFileName().toString();
  }

  Path kubeconfig() {
    return path.resolve("kubeconfig");
  }

  Path values() {
    return path.resolve("values.yaml");
  }

  Path output() {
    return path.resolve("output");
  }

  /** Where the keeper itself would complain. */
  Path log() {
    return path.resolve("keeper.log");
  }

  /** Where a helm may unpack what it needs. */
  Path scratch() {
    return path.resolve("scratch");
  }

  /** Makes a file that nobody else may read. */
  static void secret(Path file, String text) throws IOException {
    secret(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void secret(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, SECRET);
    Files.write(file, content, StandardOpenOption.WRITE);
  }

  /** Makes a folder in this one that nobody else may enter. */
  void makeScratch() throws IOException {
    Files.createDirectories(scratch(), OWNER);
  }

  /** Writes all of a note or nothing of it. */
  void write(String note, Map<String, String> values) throws IOException {
    reserve(note);
    fulfil(note, values);
  }

  /** Takes the room that a note needs, so that it can be written when there is none any more. */
  void reserve(String note) throws IOException {
    Path half = half(note);
    Files.deleteIfExists(half);
    Files.createFile(half, SECRET);
    Files.write(half, "\n".repeat(NOTE).getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes a note into the room that was taken for it. */
  void fulfil(String note, Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    try (OutputStream out = Files.newOutputStream(half(note), StandardOpenOption.WRITE)) {
      properties.store(out, null);
    }
    Files.move(half(note), path.resolve(note), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path half(String note) {
    return path.resolve(note + ".half");
  }

  /** A note, or empty when it was not written. */
  Optional<Properties> read(String note) throws IOException {
    Path file = path.resolve(note);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return Optional.of(properties);
  }

  /** The last lines of what helm printed. */
  List<String> tail() throws IOException {
    if (!Files.exists(output())) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(output().toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL);
      byte[] bytes = new byte[(int) Math.min(TAIL, file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> lines =
          Masked.of(new String(bytes, StandardCharsets.UTF_8)).lines().stream()
              .filter(line -> !line.isBlank())
              .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) : line)
              .toList();
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
  }

  /** Removes what is secret, and what is only big. */
  void tidy() throws IOException {
    Files.deleteIfExists(values());
    Files.deleteIfExists(kubeconfig());
    remove(scratch());
  }

  /** Removes all of it. */
  void remove() throws IOException {
    remove(path);
  }

  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> all = Files.walk(folder)) {
      inside = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : inside) {
      Files.deleteIfExists(each);
    }
  }
}
