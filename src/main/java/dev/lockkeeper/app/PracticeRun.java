package dev.lockkeeper.app;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Launcher.Practice;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.RunSummary;
import dev.lockkeeper.live.Leading;
import dev.lockkeeper.live.PracticeWorld;
import dev.lockkeeper.live.Session;
import dev.lockkeeper.snapshot.ClusterIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A run in a practice world, which is made while the walk is on the screen already. */
final class PracticeRun implements Leading {
  private final Practice practice;
  private final Outlet out;
  private final Outlet err;
  private volatile Optional<PracticeWorld> world = Optional.empty();
  private volatile Optional<Target> target = Optional.empty();

  PracticeRun(Practice practice, Outlet out, Outlet err) {
    this.practice = practice;
    this.out = out;
    this.err = err;
  }

  /**
   * Walks the runbook that the scenario is meant for.
   *
   * @param seeing opens the display
   */
  ExitCode walk(Map<String, String> environment, Storage storage, Session.Seeing seeing)
      throws Failure {
    Runbooks.Found runbook =
        Start.found(PracticeWorld.require(practice.scenario()), ExitCode.PRACTICE);
    return new Session(
            environment,
            this,
            Optional.empty(),
            runbook.runbook(),
            Session.Place.PRACTICE,
            err,
            seeing)
        .run(
            () ->
                world
                    .orElseThrow()
                    .runs()
                    .begin(runbook.runbook().name(), SteadyClock.now(), storage),
            List.of(),
            (at, there, installed) -> started(at, runbook, there, installed));
  }

  /** The scenario is known before its world is made. */
  private Entry started(
      Instant at, Runbooks.Found runbook, ClusterIdentity there, Optional<CoderVersion> installed) {
    Map<String, String> data =
        new TreeMap<>(
            target
                .map(
                    made ->
                        RunTarget.described(made, there, installed, world.map(PracticeWorld::goal)))
                .orElse(Map.of()));
    PracticeWorld.title(practice.scenario())
        .ifPresent(title -> data.put(RunSummary.SCENARIO, title));
    return Entry.started(at, runbook.reference(), data);
  }

  @Override
  public Target target(Consumer<String> progress) throws Failure {
    if (target.isEmpty()) {
      PracticeWorld made =
          PracticeWorld.start(practice, out, err, doing -> progress.accept("practice: " + doing));
      world = Optional.of(made);
      target = Optional.of(made.target());
    }
    return target.get();
  }

  /** Ends the world, if one was made, and waits until nothing of it is left. */
  void leave() throws Failure {
    if (world.isPresent()) {
      world.get().leave();
    }
  }
}
