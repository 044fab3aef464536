package dev.lockkeeper.cli;

import dev.lockkeeper.view.Shown;
import java.io.IOException;
import java.io.Writer;

/** Hands on what is written line by line, each of them inert. */
final class InertLines extends Writer {
  private final Writer next;
  private final StringBuilder pending = new StringBuilder();

  InertLines(Writer next) {
    this.next = next;
  }

  @Override
  public void write(char[] letters, int from, int length) throws IOException {
    for (int at = from; at < from + length; at++) {
      if (letters[at] == '\n') {
        next.write(taken() + "\n");
      } else {
        pending.append(letters[at]);
      }
    }
  }

  private String taken() {
    String line = Shown.of(pending.toString()).text();
    pending.setLength(0);
    return line;
  }

  @Override
  public void flush() throws IOException {
    next.write(taken());
    next.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
    next.close();
  }
}
