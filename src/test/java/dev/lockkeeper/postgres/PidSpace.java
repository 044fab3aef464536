package dev.lockkeeper.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A shell in a user and process namespace of its own, in which it is root and may say which process
 * id is given out next. Whatever it started ends with it.
 */
final class PidSpace implements AutoCloseable {
  private final Process shell;
  private final BufferedReader answers;

  private PidSpace(Process shell) {
    this.shell = shell;
    this.answers = shell.inputReader(StandardCharsets.UTF_8);
  }

  /** Whether this machine lets us have one. */
  static boolean allowed() {
    try (PidSpace space = open()) {
      return space.say("echo 400 > /proc/sys/kernel/ns_last_pid && echo yes").equals("yes");
    } catch (IOException notInstalled) {
      return false;
    }
  }

  static PidSpace open() throws IOException {
    return new PidSpace(
        new ProcessBuilder("unshare", "-U", "-r", "-p", "-f", "--mount-proc", "sh")
            .redirectError(new File("/dev/null"))
            .start());
  }

  /** Starts a server inside; nobody in particular, because PostgreSQL refuses root. */
  void start(Path binaries, Path data, int port, Path log) throws IOException {
    say(
        "unshare -U %s/bin/pg_ctl -w -D %s -l %s -o '-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c autovacuum=off' start > %s.out 2>&1; echo $?"
            .formatted(binaries, data, log, port, log));
  }

  /** The next process that anybody starts inside gets this id, if it is free. */
  void nextPid(int pid) throws IOException {
    say("echo %d > /proc/sys/kernel/ns_last_pid; echo done".formatted(pid - 1));
  }

  private String say(String command) throws IOException {
    shell.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
    shell.getOutputStream().flush();
    String answer = answers.readLine();
    return answer == null ? "" : answer;
  }

  /** The first process of the namespace ends, and the kernel ends all others in it. */
  @Override
  public void close() throws IOException {
    shell.getOutputStream().close();
    try {
      if (!shell.waitFor(5, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
