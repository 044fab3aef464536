package dev.lockkeeper.live;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.helm.HelmConfig;
import dev.lockkeeper.helm.HelmProgram;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.snapshot.RunFacts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What Helm is run with in a sitting. */
final class HelmDesk {
  private HelmDesk() {}

  /** It for this runbook; empty where that has nothing to do with Helm. */
  static Optional<HelmConfig> of(
      Map<String, String> environment,
      Target target,
      Runbook runbook,
      Path journal,
      RunFacts facts,
      LiveSources sources) {
    if (!runbook.does(Action::needsHelm)) {
      return Optional.empty();
    }
    String charts = runbook.does(Action::isOfCoderV1) ? ChartRepository.V1 : ChartRepository.V2;
    return Optional.of(
        new HelmConfig(
            HelmProgram.find(environment),
            journal.toAbsolutePath().resolveSibling(HelmConfig.FOLDER),
            target.helmRepository().orElse(charts),
            version(facts),
            target.values(),
            sources::kubeconfig));
  }

  /** As charts name it: without the letter; empty while no version is wanted. */
  private static String version(RunFacts facts) {
    return facts
        .target()
        .flatMap(CoderVersion::parse)
        .map(wanted -> wanted.toString().replaceFirst("^v", ""))
        .orElse("");
  }
}
