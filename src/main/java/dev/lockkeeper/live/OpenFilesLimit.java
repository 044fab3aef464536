package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files this process may open. With too few of them connections fail in the midst, and the
 * libraries tell that as a server that does not answer.
 */
final class OpenFilesLimit {
  /** What the libraries, watches and sessions of a sitting hold open, with room for helm. */
  private static final int NEEDED = 200;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Pattern LINE = Pattern.compile("Max open files +\\d+ +(\\d+) .*");

  private OpenFilesLimit() {}

  /**
   * Makes sure that there are enough, before anything is connected to.
   *
   * @throws Failure if the limit, up to which Java raises its own, is too low
   */
  static void require() throws Failure {
    for (String line : limits()) {
      Matcher hard = LINE.matcher(line);
      if (hard.matches() && Long.parseLong(hard.group(1)) < NEEDED) {
        throw new Failure(
            ExitCode.INTERNAL,
            "this process may open %s files and needs %d: raise the limit (ulimit -n), and start again"
                .formatted(hard.group(1), NEEDED));
      }
    }
  }

  /** Where there is no such file, nobody knows beforehand. */
  private static List<String> limits() {
    try {
      return Files.readAllLines(LIMITS);
    } catch (IOException notOnThisSystem) {
      return List.of();
    }
  }
}
