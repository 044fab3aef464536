package dev.lockkeeper.dist;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK, of which the part that the program needs goes into the archive.
 *
 * @param home where it lies
 * @param feature its version, such as 25
 */
record Jdk(Path home, int feature) {
  /** The one that starts fastest of those that were tried. */
  private static final int BEST = 25;

  private static final List<Path> USUAL =
      List.of(Path.of("/usr/lib/jvm"), Path.of("/Library/Java/JavaVirtualMachines"));

  /**
   * The JDK that is asked for; else the best in the usual places; else the one that builds.
   *
   * @throws IOException when there is none where it should be, or it cannot link
   */
  static Jdk chosen(Optional<String> asked) throws IOException {
    if (asked.isPresent()) {
      return at(Path.of(asked.get()))
          .orElseThrow(() -> new IOException(asked.get() + " is no JDK that has jlink (dist.jdk)"));
    }
    for (Path place : candidates()) {
      Optional<Jdk> found = at(place).filter(jdk -> jdk.feature == BEST);
      if (found.isPresent()) {
        return found.get();
      }
    }
    Path own = Path.of(System.getProperty("java.home"));
    return at(own)
        .orElseThrow(() -> new IOException(own + " has no jlink: name a JDK, -Ddist.jdk=..."));
  }

  private static List<Path> candidates() throws IOException {
    List<Path> candidates = new ArrayList<>();
    for (Path place : USUAL) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> jdks = Files.list(place)) {
          jdks.sorted()
              .forEach(jdk -> candidates.addAll(List.of(jdk, jdk.resolve("Contents/Home"))));
        }
      }
    }
    return candidates;
  }

  private static Optional<Jdk> at(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/jlink"))) {
      return Optional.empty();
    }
    Properties named = new Properties();
    try (Reader reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
      named.load(reader);
    }
    String version = named.getProperty("JAVA_VERSION", "").replace("\"", "");
    return Optional.of(new Jdk(home, Runtime.Version.parse(version).feature()));
  }

  /** Runs one of its tools and returns what it says. */
  String run(String tool, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin").resolve(tool).toString()));
    command.addAll(arguments);
    return Command.run(new ProcessBuilder(command));
  }
}
