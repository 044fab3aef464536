package dev.lockkeeper.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client of tmux's that stays and is asked line by line: what a look at the screen costs is a
 * tenth of what a client of its own would.
 */
final class TmuxClient implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  private TmuxClient(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** One that neither sets the size of the terminal nor is told what is printed there. */
  static TmuxClient of(String socket) throws IOException {
    TmuxClient client =
        new TmuxClient(
            new ProcessBuilder(
                    List.of(
                        "tmux",
                        "-u",
                        "-L",
                        socket,
                        "-C",
                        "attach-session",
                        "-f",
                        "no-output,ignore-size"))
                .redirectErrorStream(true)
                .start());
    client.answer();
    return client;
  }

  /**
   * Asks tmux something.
   *
   * @param command a command in tmux's own words, on one line
   * @return what it printed; empty when there is no such terminal any more
   */
  synchronized String ask(String command) {
    try {
      questions.write(command + "\n");
      questions.flush();
      return answer();
    } catch (IOException gone) {
      return "";
    }
  }

  /** What stands between the next two marks; what is told besides stands outside of them. */
  private String answer() throws IOException {
    StringBuilder text = new StringBuilder();
    boolean within = false;
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (within && (line.startsWith("%end ") || line.startsWith("%error "))) {
        return text.toString();
      } else if (within) {
        text.append(line).append('\n');
      } else {
        within = line.startsWith("%begin ");
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      answers.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
