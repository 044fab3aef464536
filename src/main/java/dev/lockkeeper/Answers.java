package dev.lockkeeper;

import dev.lockkeeper.cli.Format;
import dev.lockkeeper.files.JsonText;
import dev.lockkeeper.report.Report;
import dev.lockkeeper.terminal.PlainOutput;
import java.io.PrintStream;
import java.util.Map;

/**
 * Prints answers.
 *
 * @param environment says which colours and characters may be used
 * @param out where they go
 */
record Answers(Map<String, String> environment, PrintStream out) {
  void print(Report report, Format format) {
    switch (format) {
      case JSON -> out.println(JsonText.of(report.json()));
      case TABLE -> {
        PlainOutput output = PlainOutput.of(environment);
        report.lines(output.width()).forEach(line -> out.println(output.text(line)));
      }
    }
    out.flush();
  }
}
