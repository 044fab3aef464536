package dev.lockkeeper.cli;

import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** One question about releases; without any, it is about all of them. */
final class ReleaseQuestion {
  @Option(
      names = "--schema",
      paramLabel = "NUMBER",
      description = "Which releases leave a database at this number?")
  private Long schema;

  @Option(
      names = "--release",
      paramLabel = "VERSION",
      description = "What is known of this release?")
  private String release;

  @ArgGroup(exclusive = false)
  private ReleasePath path;

  Launcher.Releases asked() {
    return new Launcher.Releases(
        Optional.ofNullable(schema),
        Optional.ofNullable(release),
        Optional.ofNullable(path).map(each -> each.from),
        Optional.ofNullable(path).map(each -> each.to));
  }

  /** The two ends of an upgrade. */
  static final class ReleasePath {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "VERSION",
        description = "What is known of the way from this release")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "VERSION", description = "to this one?")
    private String to;
  }
}
