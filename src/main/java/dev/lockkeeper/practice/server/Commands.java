package dev.lockkeeper.practice.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How PostgreSQL's programs are run.
 *
 * @param binaries where they are
 * @param user who runs them
 * @param log where what they say is kept
 */
record Commands(Binaries binaries, ServerUser user, Path log) {
  /** The words that run a program of PostgreSQL's. */
  List<String> words(String program, String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = binaries.program(program).toString();
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return user.command(words);
  }

  /** Starts a command in an environment that changes nothing about it. */
  Process start(List<String> words) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  /**
   * Runs a command to its end.
   *
   * @param input what it reads
   * @throws IOException when it ends with another status than 0, with its last words
   */
  void run(List<String> words, String input) throws IOException, InterruptedException {
    Process process = start(words);
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    if (process.waitFor() != 0) {
      throw new IOException("PostgreSQL could not be prepared: " + lastWords());
    }
  }

  /** The last line that one of them said. */
  String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1).strip();
  }
}
