package dev.lockkeeper.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What a preflight needs to be told. */
final class PreflightFlags {
  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version to upgrade to; without it the path is not looked at.")
  private String version;

  @Option(
      names = "--backup-id",
      paramLabel = "ID",
      description = "The backup's name, as your backup tool shows it.")
  private String backupId;

  @Option(
      names = "--backup-time",
      paramLabel = "TIME",
      description = "When it was finished: HH:MM or 'YYYY-MM-DD HH:MM', local time.")
  private String backupTime;

  Launcher.Preflight asked() {
    return new Launcher.Preflight(
        Optional.ofNullable(version),
        Optional.ofNullable(backupId),
        Optional.ofNullable(backupTime));
  }
}
