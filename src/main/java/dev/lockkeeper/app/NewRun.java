package dev.lockkeeper.app;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.helm.ValuesFiles;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.live.Displays;
import dev.lockkeeper.live.Session;
import dev.lockkeeper.view.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run begins.
 *
 * @param environment the process's environment
 * @param err takes what is said on a plain terminal
 * @param storage the disk with its journal
 */
record NewRun(Map<String, String> environment, Outlet err, Storage storage) {
  /**
   * Walks a runbook that was not begun before.
   *
   * @param version where to; empty where that was not said
   */
  ExitCode begin(
      Runs runs,
      Target target,
      Runbooks.Found runbook,
      Optional<String> version,
      Session.Place place)
      throws Failure {
    if (version.isEmpty() && runbook.runbook().needsTarget()) {
      throw new Failure(
          ExitCode.USAGE,
          "%s needs to know the version to go to: name it with --to"
              .formatted(runbook.runbook().name()));
    }
    requireHelm(target);
    Session.Opening journal =
        () -> runs.begin(runbook.runbook().name(), SteadyClock.now(), storage);
    return new Session(environment, target, runbook.runbook(), place, err)
        .run(
            journal,
            List.of(),
            (at, there, installed) ->
                Entry.started(
                    at,
                    runbook.reference(),
                    RunTarget.described(target, there, installed, version)));
  }

  /** The display of this process. */
  Session.Seeing own() {
    return () -> Displays.open(environment, SteadyClock.ofThisProgram());
  }

  /** Refuses what was said of charts and values before anything is asked. */
  static void requireHelm(Target target) throws Failure {
    Optional<String> charts = target.helmRepository().flatMap(ChartRepository::trouble);
    if (charts.isPresent()) {
      throw new Failure(ExitCode.USAGE, "--helm-repository: " + Shown.of(charts.get()).text());
    }
    Optional<String> values = target.values().flatMap(ValuesFiles::trouble);
    if (values.isPresent()) {
      throw new Failure(ExitCode.CONFIGURATION, "--values: " + Shown.of(values.get()).text());
    }
  }
}
