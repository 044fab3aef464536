package dev.lockkeeper.terminal;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A real terminal of 80x24 with a shell in it: keys are sent, the screen is captured. */
final class Tmux implements AutoCloseable {
  private final String socket = "lockkeeper-" + UUID.randomUUID();

  /**
   * Starts a shell that runs this command and then goes on, so that the terminal can be looked at.
   */
  Tmux(String command) {
    tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", command + "; exec sh -i");
  }

  static boolean missing() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() != 0;
    } catch (IOException none) {
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void keys(String... names) {
    List<String> arguments = new ArrayList<>(List.of("send-keys"));
    arguments.addAll(List.of(names));
    tmux(arguments.toArray(String[]::new));
  }

  void resize(int columns, int rows) {
    tmux("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(rows));
  }

  String screen() {
    return tmux("capture-pane", "-p");
  }

  /** The Java program that runs in the terminal. */
  ProcessHandle program() {
    long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
    return ProcessHandle.of(shell).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(child -> child.info().command().filter(name -> name.endsWith("java")).isPresent())
        .findFirst()
        .orElseThrow();
  }

  /** Lets programs in it set its clipboard, as somebody who wants that has it. */
  void takesClipboard() {
    tmux("set-option", "-s", "set-clipboard", "on");
  }

  /** What a program has put on the clipboard; empty if none has. */
  String clipboard() {
    return tmux("list-buffers").isBlank() ? "" : tmux("show-buffer");
  }

  /** Whether the terminal shows its second screen, the one for full-screen programs. */
  boolean fullScreen() {
    return tmux("display-message", "-p", "#{alternate_on}").strip().equals("1");
  }

  boolean cursorVisible() {
    return tmux("display-message", "-p", "#{cursor_flag}").strip().equals("1");
  }

  void awaits(String text) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .conditionEvaluationListener(null)
        .until(this::screen, screen -> screen.contains(text));
  }

  @Override
  public void close() {
    tmux("kill-server");
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
      throw new IllegalStateException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
