package dev.lockkeeper.app;

import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.OutputFormat;
import dev.lockkeeper.report.Report;
import dev.lockkeeper.terminal.PlainOutput;
import java.util.Map;

/**
 * Prints answers.
 *
 * @param environment says which colours and characters may be used
 * @param out where they go
 */
record ReportPrinter(Map<String, String> environment, Outlet out) {
  void print(Report report, OutputFormat format) {
    switch (format) {
      case JSON -> out.json(report.json());
      case TABLE -> {
        PlainOutput output = PlainOutput.of(environment);
        report.lines(output.width()).forEach(line -> out.line(line, output));
      }
    }
  }
}
