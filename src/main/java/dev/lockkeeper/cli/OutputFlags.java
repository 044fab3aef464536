package dev.lockkeeper.cli;

import picocli.CommandLine.Option;

/** How an answer is printed. */
final class OutputFlags {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format;

  OutputFormat format() {
    return format;
  }
}
