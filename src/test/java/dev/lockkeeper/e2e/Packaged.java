package dev.lockkeeper.e2e;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program as Maven has packaged it, brought to where the launcher leaves it when it has built
 * it itself: newer than its sources, with its classes archived. Else each start would build, or
 * read them all anew.
 */
final class Packaged {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path JAR = TARGET.resolve("lockkeeper.jar");
  private static final Path ARCHIVE = TARGET.resolve("classes.jsa");
  private static boolean ready;

  private Packaged() {}

  /** Does so once for all tests of this build. */
  static synchronized void once() throws IOException {
    if (ready) {
      return;
    }
    try (FileChannel file =
            FileChannel.open(
                TARGET.resolve("packaged.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      // Maven leaves the jar alone when nothing in it has changed.
      if (held.isValid() && time(JAR).compareTo(newestSource()) <= 0) {
        Files.setLastModifiedTime(JAR, FileTime.from(Instant.now()));
      }
      if (!Files.exists(ARCHIVE) || time(ARCHIVE).compareTo(time(JAR)) <= 0) {
        archive();
      }
    }
    ready = true;
  }

  private static FileTime newestSource() throws IOException {
    FileTime newest = time(Path.of("pom.xml"));
    try (Stream<Path> sources = Files.walk(Path.of("src", "main"))) {
      for (Path each : sources.toList()) {
        newest = newest.compareTo(time(each)) < 0 ? time(each) : newest;
      }
    }
    return newest;
  }

  private static FileTime time(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  private static void archive() throws IOException {
    Path fresh = Files.createTempDirectory(TARGET, "archive").resolve("classes.jsa");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Xlog:disable",
            "-XX:ArchiveClassesAtExit=" + fresh,
            "-jar",
            JAR.toRealPath().toString(),
            "warm-up");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.onExit().join();
    if (Files.exists(fresh)) {
      Files.move(fresh, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.delete(fresh.getParent());
  }
}
