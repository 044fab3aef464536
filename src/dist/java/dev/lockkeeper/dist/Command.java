package dev.lockkeeper.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A program that is run to its end. */
final class Command {
  private Command() {}

  /**
   * Runs it without the options that a developer may have set for every Java.
   *
   * @return what it says
   * @throws IOException when it fails, with what it says
   */
  static String run(ProcessBuilder command) throws IOException, InterruptedException {
    command
        .environment()
        .keySet()
        .removeIf(name -> name.matches("_?(JAVA|JDK_JAVA|JAVA_TOOL)_OPTIONS"));
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command.command()) + " fails:\n" + said);
    }
    return said;
  }
}
