package dev.lockkeeper.cli;

import dev.lockkeeper.files.JsonText;
import dev.lockkeeper.terminal.PlainOutput;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The one way out for text on standard output and standard error: whoever has anything to say has
 * an outlet and no stream. Each of its ways makes text inert, wherever it comes from. What could
 * not be written is kept, to be told in the end.
 */
public final class Outlet {
  private static final String BEGINNING = "\r\033[K";

  private final OutputStream stream;
  private Optional<String> trouble = Optional.empty();

  private Outlet(OutputStream stream) {
    this.stream = stream;
  }

  /** An outlet onto this stream, in UTF-8. */
  public static Outlet on(OutputStream stream) {
    return new Outlet(stream);
  }

  /** One line, whatever is in the text. */
  public void say(String text) {
    write(Shown.of(text).text() + "\n");
  }

  /** The lines of a text, each of them as a line. */
  public void text(String text) {
    text.lines().forEach(this::say);
  }

  /** A line with its styles. */
  public void line(Line line, PlainOutput output) {
    write(output.text(line) + "\n");
  }

  /** An answer for a program: maps, lists, texts, numbers, truth values and nulls. */
  public void json(Map<String, Object> answer) {
    write(JsonText.of(answer) + "\n");
  }

  /** A line that the next one is written over. */
  public void passing(String text) {
    write(BEGINNING + Shown.of(text).text());
  }

  /** Takes back a passing line. */
  public void passed() {
    write(BEGINNING);
  }

  /** The same outlet for a library that wants to print. */
  PrintWriter writer() {
    return inert(
        new Writer() {
          @Override
          public void write(char[] letters, int from, int length) {
            Outlet.this.write(new String(letters, from, length));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  /** A way to this writer for each line whose text is made inert. */
  static PrintWriter inert(Writer writer) {
    return new PrintWriter(new InertLines(writer), true);
  }

  /** Why some of it could not be written; empty as long as all was. */
  public Optional<String> trouble() {
    return trouble;
  }

  private synchronized void write(String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      trouble =
          trouble.or(() -> Optional.of(Optional.ofNullable(e.getMessage()).orElse("I/O error")));
    }
  }
}
