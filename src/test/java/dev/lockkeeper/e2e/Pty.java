package dev.lockkeeper.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A program on a terminal of 120x40 that {@code script} makes, whose output is looked at as it
 * comes: when a text was on it first is known to the millisecond.
 */
public final class Pty implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String ASKS_WHERE = "\u001b[6n";
  private static final String CLOCK_TICKS = "100";

  private final long begun = System.nanoTime();
  private final Process script;
  private final Map<String, Long> seen = new TreeMap<>();
  private final StringBuilder said = new StringBuilder();

  private Pty(Process script) {
    this.script = script;
  }

  /**
   * Starts a program.
   *
   * @param marks the texts of which it is wanted when they come first
   */
  public static Pty run(List<String> command, String... marks) throws IOException {
    String line = command.stream().map(Pty::quoted).collect(Collectors.joining(" "));
    Process script =
        new ProcessBuilder("script", "-qfec", "stty rows 40 columns 120; exec " + line, "/dev/null")
            .redirectErrorStream(true)
            .start();
    Pty pty = new Pty(script);
    Thread reader = new Thread(() -> pty.read(marks), "pty");
    reader.setDaemon(true);
    reader.start();
    return pty;
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private void read(String... marks) {
    byte[] bytes = new byte[65536];
    try (InputStream out = script.getInputStream()) {
      for (int count = out.read(bytes); count >= 0; count = out.read(bytes)) {
        long now = System.nanoTime();
        String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
        if (text.contains(ASKS_WHERE)) {
          type("\u001b[40;120R");
        }
        note(text, now, marks);
      }
    } catch (IOException over) {
      // It has ended, which the marks tell.
    }
  }

  private synchronized void note(String text, long now, String... marks) {
    said.append(text);
    for (String mark : marks) {
      if (!seen.containsKey(mark) && said.indexOf(mark) >= 0) {
        seen.put(mark, now);
        notifyAll();
      }
    }
  }

  /** Milliseconds from the start of the program to this text. */
  public synchronized double millisUntil(String mark) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!seen.containsKey(mark)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("'" + mark + "' did not come:\n" + said);
      }
      wait(left);
    }
    return (seen.get(mark) - begun) / 1e6;
  }

  /** Types these bytes. */
  void type(String keys) {
    try {
      OutputStream in = script.getOutputStream();
      in.write(keys.getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Milliseconds from the start of the program to its end. */
  double millisUntilEnd() throws InterruptedException {
    script.waitFor();
    return (System.nanoTime() - begun) / 1e6;
  }

  /** The process that has the most memory of those that were started here. */
  private ProcessHandle program() {
    return script
        .descendants()
        .max((one, other) -> Long.compare(memory(one), memory(other)))
        .orElseThrow();
  }

  /** Its resident memory in MB. */
  double megabytes() {
    return memory(program()) / 1024.0;
  }

  private static long memory(ProcessHandle process) {
    return status(process, "status")
        .flatMap(text -> text.lines().filter(line -> line.startsWith("VmRSS:")).findFirst())
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .orElse(0L);
  }

  /** The processor time that it has used, in seconds. */
  double processorSeconds() {
    String stat = status(program(), "stat").orElseThrow();
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(words[11]) + Long.parseLong(words[12]))
        / Double.parseDouble(CLOCK_TICKS);
  }

  private static Optional<String> status(ProcessHandle process, String file) {
    try {
      return Optional.of(Files.readString(Path.of("/proc", "" + process.pid(), file)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    script.descendants().forEach(ProcessHandle::destroyForcibly);
    script.destroyForcibly();
  }
}
