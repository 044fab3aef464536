package dev.lockkeeper.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The machine at which the operator sits: folders of its own and an environment in which nothing is
 * set that was not set here, so that neither the developer's kubeconfig nor their runs are touched.
 * Only the cache of unpacked binaries is shared.
 *
 * @param folder where it keeps its files; short, because sockets lie in it
 * @param environment what is set besides the usual
 */
record Bastion(Path folder, Map<String, String> environment) implements AutoCloseable {
  /** Another one may be tried as well: that of an archive which was unpacked. */
  private static final Path LAUNCHER =
      Path.of(System.getProperty("lockkeeper.test.launcher", "scripts/lockkeeper"))
          .toAbsolutePath();

  /** A new one in this folder. */
  static Bastion in(Path folder) throws IOException {
    Files.createDirectory(folder.resolve("state"));
    Files.createDirectory(folder.resolve("run"));
    Packaged.once();
    return new Bastion(folder, Map.of());
  }

  /** The same with another variable set. */
  Bastion with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new Bastion(folder, more);
  }

  /** The same with every program in PATH but helm, so that there is only the bundled one. */
  Bastion withoutHelm() throws IOException {
    List<String> path = new ArrayList<>();
    for (String each : System.getenv("PATH").split(File.pathSeparator)) {
      boolean clean = !Files.exists(Path.of(each, "helm"));
      path.add(clean ? each : linked(Path.of(each), folder.resolve("bin" + path.size())));
    }
    return with("PATH", String.join(File.pathSeparator, path));
  }

  /** Links to all programs of a folder but helm. */
  private static String linked(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> programs = Files.list(from)) {
      for (Path program : programs.filter(each -> !each.endsWith("helm")).toList()) {
        Files.createSymbolicLink(to.resolve(program.getFileName()), program.toAbsolutePath());
      }
    }
    return to.toString();
  }

  /** Starts the packaged program at 120x40. */
  Terminal lockkeeper(String... arguments) {
    return lockkeeper(120, 40, arguments);
  }

  Terminal lockkeeper(int columns, int rows, String... arguments) {
    return Terminal.start(folder, columns, rows, command(arguments));
  }

  /**
   * Starts the packaged program on a disk that is not well; see {@link CrashingDisk}. It knows the
   * worlds that only tests open, too.
   */
  Terminal crashing(CrashingDisk.Moment moment, Path crashes, String... arguments) {
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + folder.resolve("run"),
            "-cp",
            Stream.of(
                    "src/test/worlds",
                    "target/test-classes",
                    "target/lockkeeper.jar",
                    "target/practice/lockkeeper-practice.jar",
                    "target/practice/lib/*")
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .collect(Collectors.joining(":")),
            "dev.lockkeeper.CrashingProgram",
            crashes.toString(),
            moment.kind().name(),
            moment.point().name());
    return Terminal.start(folder, 120, 40, command(program, arguments));
  }

  /** The command that starts the program, in this environment alone. */
  List<String> command(String... arguments) {
    return command(List.of(LAUNCHER.toString()), arguments);
  }

  private List<String> command(List<String> program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    variables().forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(program);
    command.addAll(List.of(arguments));
    return command;
  }

  /** The world of the practice on this terminal, once its walk has begun: it is made behind it. */
  Witness witness(Terminal terminal) {
    terminal.awaits("└ enter");
    return new Witness(worlds().get(0));
  }

  /** The practice worlds that were made here and still are. */
  List<Path> worlds() {
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("lockkeeper-practice-"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Ends what a failed test has left. */
  @Override
  public void close() {
    for (Path world : worlds()) {
      ProcessHandle process = new Witness(world).process();
      process.destroy();
      process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("PATH", System.getenv("PATH"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("HOME", folder.toString());
    variables.put("TERM", "screen");
    variables.put("LANG", "C.UTF-8");
    variables.put("TZ", "UTC");
    variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
    variables.put("XDG_RUNTIME_DIR", folder.resolve("run").toString());
    variables.put("LOCKKEEPER_JAVA_OPTS", "-Djava.io.tmpdir=" + folder.resolve("run"));
    variables.putAll(environment);
    return variables;
  }
}
