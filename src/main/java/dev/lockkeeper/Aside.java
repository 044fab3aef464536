package dev.lockkeeper;

import dev.lockkeeper.terminal.Alphabet;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Span;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says something beside the answer, on standard error: without colours, and each line whole, so
 * that a command can be copied.
 *
 * @param environment says which characters may be used
 * @param err where it goes
 */
record Aside(Map<String, String> environment, PrintStream err) {
  void say(List<Line> lines) {
    Alphabet alphabet = Alphabet.chosen(environment);
    for (Line line : lines) {
      String text =
          line.spans().stream().map(Span::shown).map(alphabet::spell).collect(Collectors.joining());
      err.println(text.stripTrailing());
    }
    err.flush();
  }
}
