package dev.lockkeeper.helm;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a sitting runs Helm with.
 *
 * @param program which helm; empty where there is none
 * @param runs the folder for its runs, which need not be there yet
 * @param repository where the chart comes from
 * @param version the version of the chart that is wanted, without a v; empty when none is
 * @param values the file with values that the operator named; empty to take those that Helm has
 * @param kubeconfig a kubeconfig with the one context that is meant; it is secret
 */
public record HelmConfig(
    Optional<HelmProgram> program,
    Path runs,
    String repository,
    String version,
    Optional<Path> values,
    Supplier<String> kubeconfig) {
  /** The folder of Helm's runs, in the folder of a run. */
  public static final String FOLDER = "helm";

  /** Said where there is nothing to run. */
  static final String NONE =
      "there is no helm in PATH, and no bundled one for this machine: run it yourself elsewhere";

  /** One with nothing but this file of values. */
  static HelmConfig of(Path values) {
    return new HelmConfig(Optional.empty(), values, "", "", Optional.of(values), () -> "");
  }

  /** Without the kubeconfig: it is nobody's business. */
  @Override
  public String toString() {
    return "%s, charts from %s"
        .formatted(program.map(HelmProgram::name).orElse("no helm"), repository);
  }
}
