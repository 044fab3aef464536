package dev.lockkeeper.e2e;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how light the program is, beside pg_activity in the same world and the same minutes.
 * {@code scripts/bench} runs it; no build does, because of its name. What is printed are medians
 * and ratios, and nothing is asserted: a machine that is not quiet says nothing.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // as long as it takes
class LightBenchmark {
  private static final int ROUNDS = Integer.getInteger("rounds", 7);
  private static final int IDLE_SECONDS = Integer.getInteger("idle", 30);

  /** The text of the first screen, and what the panel of pods says once they were seen. */
  private static final String FIRST = "Nothing is changed before";

  private static final String LIVE = "Ready";

  /** The head of pg_activity's list. */
  private static final String ROWS = "DATABASE";

  @TempDir Path folder;

  /** How each of them is started; those that are not there are left out. */
  private record Programs(
      List<String> cloned, Optional<List<String>> packaged, Optional<List<String>> other) {}

  /** What is measured of one start. */
  private interface Measure {
    double of(List<String> command) throws IOException, InterruptedException;
  }

  @Test
  void howLightItIs() throws Exception {
    Bastion bastion = Bastion.in(folder);
    try (ServedWorld world = ServedWorld.start(bastion, 1)) {
      Bastion here =
          bastion
              .with("KUBECONFIG", world.kubeconfig().toString())
              .with("CODER_PG_CONNECTION_URL", world.databaseUrl());
      System.out.println("| what | clone | packaged | pg_activity | ratio | ratio, packaged |");
      System.out.println("|---|---:|---:|---:|---:|---:|");
      Optional<List<String>> other = pgActivity(here, world.databaseUrl());
      Programs upgrade = programs(here, other, world.upgrade());
      Programs watch = programs(here, other, "watch");
      Optional<List<String>> nobody = Optional.empty();
      row("`--version`, ms", programs(here, nobody, "--version"), this::ended, this::ended);
      row("first frame of `upgrade`, ms", upgrade, until(FIRST), until(ROWS));
      row("live panels of `upgrade`, ms", upgrade, until(LIVE), until(ROWS));
      row("live panels of `watch`, ms", watch, until(LIVE), until(ROWS));
      row(
          "`practice`, first frame, ms",
          programs(bastion, nobody, "practice"),
          until(FIRST),
          until(FIRST));
      row("`practice`, live, ms", programs(bastion, nobody, "practice"), until(LIVE), until(LIVE));
      row("processor time of `watch`, % of a core", watch, idle(LIVE), idle(ROWS));
      row("processor time of `upgrade`, % of a core", upgrade, idle(LIVE), idle(ROWS));
      row("memory of `watch`, MB", watch, memory(LIVE), memory(ROWS));
    }
  }

  private Programs programs(Bastion at, Optional<List<String>> other, String... arguments) {
    List<String> cloned =
        at.command(arguments).stream()
            // The launcher tries a Java out that is given options.
            .filter(word -> !word.startsWith("LOCKKEEPER_JAVA_OPTS="))
            .toList();
    return new Programs(cloned, packaged().map(launcher -> moved(cloned, launcher)), other);
  }

  private static List<String> moved(List<String> command, Path launcher) {
    return command.stream()
        .map(word -> word.endsWith("scripts/lockkeeper") ? launcher.toString() : word)
        .toList();
  }

  /** That of the archives which {@code mvn -Pdist package} made, unpacked beside each other. */
  private Optional<Path> packaged() {
    Path launcher = folder.resolve("lockkeeper/bin/lockkeeper");
    if (Files.exists(launcher)) {
      return Optional.of(launcher);
    }
    try (DirectoryStream<Path> archives =
        Files.newDirectoryStream(Path.of("target"), "lockkeeper-*.tar.gz")) {
      Path into = Files.createDirectories(launcher.getParent().getParent());
      for (Path archive : archives) {
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", into.toString(), "--strip=1")
            .inheritIO()
            .start()
            .waitFor();
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    if (Files.exists(launcher)) {
      return Optional.of(launcher);
    }
    System.out.println("no packaged product: mvn -B -Pdist -DskipTests package makes it");
    return Optional.empty();
  }

  private static Optional<List<String>> pgActivity(Bastion here, String url) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pg_activity")));
    if (!there) {
      System.out.println("no pg_activity in PATH (Debian: pg-activity): there are no ratios");
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(here.command());
    command.remove(command.size() - 1);
    command.addAll(List.of("pg_activity", "--no-db-size", url));
    return Optional.of(command);
  }

  private double ended(List<String> command) throws IOException, InterruptedException {
    try (Pty pty = Pty.run(command)) {
      return pty.millisUntilEnd();
    }
  }

  private static Measure until(String mark) {
    return command -> {
      try (Pty pty = Pty.run(command, mark)) {
        return pty.millisUntil(mark);
      }
    };
  }

  /** Processor time in per cent of a core, from some seconds after the first live frame on. */
  private static Measure idle(String mark) {
    return command -> {
      try (Pty pty = Pty.run(command, mark)) {
        pty.millisUntil(mark);
        TimeUnit.SECONDS.sleep(5);
        double before = pty.processorSeconds();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        return 100 * (pty.processorSeconds() - before) / IDLE_SECONDS;
      }
    };
  }

  private static Measure memory(String mark) {
    return command -> {
      try (Pty pty = Pty.run(command, mark)) {
        pty.millisUntil(mark);
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        return pty.megabytes();
      }
    };
  }

  /** In each round each of them once, so that a machine that is busy for a while is so to all. */
  private static void row(String what, Programs programs, Measure ours, Measure others)
      throws IOException, InterruptedException {
    List<Double> cloned = new ArrayList<>();
    List<Double> packaged = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    int rounds = what.startsWith("processor") || what.startsWith("memory") ? 1 : ROUNDS;
    for (int round = 0; round < rounds; round++) {
      cloned.add(ours.of(programs.cloned()));
      if (programs.packaged().isPresent()) {
        packaged.add(ours.of(programs.packaged().get()));
      }
      if (programs.other().isPresent()) {
        other.add(others.of(programs.other().get()));
      }
    }
    System.out.printf(
        "| %s | %s | %s | %s | %s | %s |%n",
        what,
        shown(cloned),
        shown(packaged),
        shown(other),
        ratio(cloned, other),
        ratio(packaged, other));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static String shown(List<Double> values) {
    return values.isEmpty() ? "" : "%.1f".formatted(median(values));
  }

  private static String ratio(List<Double> ours, List<Double> others) {
    return ours.isEmpty() || others.isEmpty()
        ? ""
        : "%.1f".formatted(median(ours) / median(others));
  }
}
