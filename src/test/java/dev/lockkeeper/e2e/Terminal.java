package dev.lockkeeper.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real terminal, by tmux, in which one program runs: keys are sent to it, its screen is read.
 * When the program has ended, what it left on the screen stays to be read.
 */
final class Terminal implements AutoCloseable {
  /** Far more than a quiet machine needs. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Set<String> messages = new LinkedHashSet<>();
  private static final long POLL_MILLIS = 20;

  /** What the first look at cluster and database was in vain for is asked for again. */
  private static final String AGAIN = " r try again ";

  private static final long AGAIN_MILLIS = 4000;

  private final String socket = "lockkeeper-" + UUID.randomUUID();
  private final Path notes;
  private final TmuxClient client;
  private long tried = System.nanoTime();

  private Terminal(Path notes, int columns, int rows, List<String> command) throws IOException {
    this.notes = notes;
    Files.writeString(script(), lines(command));
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        String.valueOf(columns),
        "-y",
        String.valueOf(rows),
        "sh " + quoted(script().toString()));
    this.client = TmuxClient.of(socket);
  }

  /**
   * Starts a program in a terminal of its own.
   *
   * @param notes an existing folder for what the terminal notes down about the program
   * @param columns its width
   * @param rows its height
   * @param command the program and its arguments
   */
  static Terminal start(Path notes, int columns, int rows, List<String> command) {
    try {
      return new Terminal(Files.createTempDirectory(notes, "terminal"), columns, rows, command);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Whether there is tmux on this machine. */
  static boolean isToBeHad() {
    try {
      return new ProcessBuilder("tmux", "-V").redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Presses keys, by tmux's names for them: {@code Enter}, {@code Tab}, {@code q}. */
  void press(String... keys) {
    tmux(Stream.concat(Stream.of("send-keys"), Stream.of(keys)).toArray(String[]::new));
  }

  /** Types a text as it is. */
  void type(String text) {
    tmux("send-keys", "-l", text);
  }

  void resize(int columns, int rows) {
    tmux("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(rows));
  }

  /** What is on the screen, row by row. */
  String screen() {
    String screen = client.ask("capture-pane -p");
    messages.addAll(messages(screen));
    return screen;
  }

  /** What stood in the message line of any screen so far as something that wants an act now. */
  List<String> alarms() {
    return messages.stream().filter(line -> line.startsWith("│ ✖ ")).toList();
  }

  /** What stands in the message line, below the last rule of the frame. */
  private static List<String> messages(String screen) {
    List<String> lines = screen.lines().toList();
    int rule = lines.size() - 1;
    while (rule >= 0 && !lines.get(rule).startsWith("├")) {
      rule--;
    }
    return lines.stream()
        .skip(rule + 1)
        .filter(line -> line.matches("│ \\S.*"))
        .map(line -> line.replaceAll("\\s*│$", ""))
        .toList();
  }

  private AssertionError missing(String what) {
    return new AssertionError(
        "%s%n%s%nmessages so far:%n%s".formatted(what, screen(), String.join("\n", messages)));
  }

  /**
   * Waits until all these texts are on the screen at once.
   *
   * @return that screen
   */
  String awaits(String... texts) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String screen = screen();
      List<String> missing = Stream.of(texts).filter(text -> !screen.contains(text)).toList();
      if (missing.isEmpty()) {
        return screen;
      }
      if (System.nanoTime() > deadline || hasEnded()) {
        throw missing("not on the screen: " + missing);
      }
      tryAgain(screen);
      pause();
    }
  }

  /** On a machine under load a first look may run out of time; an operator would look again. */
  private void tryAgain(String screen) {
    if (screen.contains(AGAIN) && System.nanoTime() - tried > AGAIN_MILLIS * 1_000_000) {
      tried = System.nanoTime();
      press("r");
    }
  }

  /** Waits until something holds that cannot be read on the screen; what is on it helps if not. */
  void awaits(String what, BooleanSupplier condition) {
    awaits(what, condition, () -> tryAgain(screen()));
  }

  private void awaits(String what, BooleanSupplier condition, Runnable meanwhile) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw missing("not so: " + what);
      }
      meanwhile.run();
      pause();
    }
  }

  /** Waits until the program has ended. */
  int exitCode() {
    awaits("the program has ended", this::hasEnded, () -> {});
    return Integer.parseInt(read("exit"));
  }

  /** What the program, which has ended, has left of the terminal's modes; nothing is right. */
  List<String> leftOver() {
    List<String> left = new ArrayList<>();
    if (!modes("before").equals(modes("after"))) {
      left.add("stty was %s and is %s".formatted(read("before"), read("after")));
    }
    Map.of("alternate_on", "0", "cursor_flag", "1", "mouse_any_flag", "0", "keypad_flag", "0")
        .forEach(
            (mode, usual) -> {
              String now = tmux("display-message", "-p", "#{" + mode + "}").strip();
              if (!now.equals(usual)) {
                left.add(mode + " is " + now);
              }
            });
    return left;
  }

  /** The Java program in this terminal. */
  ProcessHandle program() {
    long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
    return ProcessHandle.of(shell).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(child -> child.info().command().filter(name -> name.endsWith("java")).isPresent())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Java program runs here\n" + screen()));
  }

  /** Tells the program that the line has dropped, while the terminal stays to be looked at. */
  void hangUp() {
    try {
      new ProcessBuilder("kill", "-HUP", Long.toString(program().pid())).start().waitFor();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Hangs up, as a lost connection does. */
  @Override
  public void close() {
    tmux("kill-server");
    client.close();
  }

  /**
   * What {@code stty -g} said, but for the speed of the line, in the lowest four bits of the third
   * field: JLine sets it to 0, and a terminal that is a program has none.
   */
  private String modes(String when) {
    String[] fields = read(when).split(":");
    fields[2] = Long.toHexString(Long.parseLong(fields[2], 16) & ~0xfL);
    return String.join(":", fields);
  }

  boolean hasEnded() {
    return Files.exists(notes.resolve("exit"));
  }

  private Path script() {
    return notes.resolve("run.sh");
  }

  /** An interrupt is for the program alone; the shell waits for its end and notes it down. */
  private String lines(List<String> command) {
    String program = command.stream().map(Terminal::quoted).collect(Collectors.joining(" "));
    return """
    trap : INT
    cd %s
    stty -g > before
    %s
    code=$?
    stty -g > after
    echo $code > exit.new
    mv exit.new exit
    exec sleep 600
    """
        .formatted(quoted(notes.toString()), program);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private String read(String name) {
    try {
      return Files.readString(notes.resolve(name)).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private String tmux(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
