package dev.lockkeeper.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which deployment and which database, in the words of kubectl. */
final class TargetFlags {
  static final String URL =
      "The database's URL. Better not here, where other users can see it: without it,"
          + " CODER_PG_CONNECTION_URL, PG* variables or the Deployment's own secret are used.";

  @Option(names = "--kubeconfig", paramLabel = "FILE", description = "As for kubectl.")
  private Path kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "As for kubectl.")
  private String context;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "As for kubectl.")
  private String namespace;

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      defaultValue = Target.DEPLOYMENT,
      description = "The Deployment that runs coderd (default: ${DEFAULT-VALUE}).")
  private String deployment;

  @Option(names = "--database-url", paramLabel = "URL", description = URL)
  private String databaseUrl;

  @Option(
      names = "--read-only",
      description = "Change nothing, neither cluster nor database, whatever is typed.")
  private boolean readOnly;

  @Option(
      names = "--helm-repository",
      paramLabel = "URL",
      description =
          "Where helm upgrade takes Coder's chart from: a chart repository, or oci://... (default:"
              + " https://helm.coder.com/v2).")
  private String helmRepository;

  @Option(
      names = "--values",
      paramLabel = "FILE",
      description = "The file with your values, as for helm (default: those that the release has).")
  private Path values;

  Target target() {
    return new Target(
        Optional.ofNullable(kubeconfig),
        Optional.ofNullable(context),
        Optional.ofNullable(namespace),
        deployment,
        Optional.ofNullable(databaseUrl),
        Optional.ofNullable(helmRepository),
        Optional.ofNullable(values),
        readOnly);
  }
}
