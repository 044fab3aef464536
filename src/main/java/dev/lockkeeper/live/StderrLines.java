package dev.lockkeeper.live;

import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.terminal.Alphabet;
import dev.lockkeeper.terminal.PlainOutput;
import dev.lockkeeper.terminal.Theme;
import dev.lockkeeper.view.Line;
import java.util.List;
import java.util.Map;

/**
 * Says something beside the answer, on standard error: without colours, and each line whole, so
 * that a command can be copied.
 *
 * @param environment says which characters may be used
 * @param err where it goes
 */
public record StderrLines(Map<String, String> environment, Outlet err) {
  public void say(List<Line> lines) {
    PlainOutput whole =
        new PlainOutput(Integer.MAX_VALUE, Theme.PLAIN, false, Alphabet.chosen(environment));
    lines.forEach(line -> err.line(line, whole));
  }
}
