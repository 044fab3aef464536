package dev.lockkeeper.app;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Launcher;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.live.LiveSources;
import dev.lockkeeper.live.Policies;
import dev.lockkeeper.report.Preflight;
import dev.lockkeeper.report.PreflightReport;
import dev.lockkeeper.runbook.AnswerFormat;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Looks once, until everything was seen that there is to see, and answers. */
final class Preview {
  /** How long the facts are waited for that are read less often. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration GLANCE = Duration.ofMillis(50);

  private final Map<String, String> environment;
  private final Target target;
  private final Outlet err;

  Preview(Map<String, String> environment, Target target, Outlet err) {
    this.environment = environment;
    this.target = target;
    this.err = err;
  }

  PreflightReport of(Launcher.Preflight asked) throws Failure {
    RunFacts said = facts(asked, SteadyClock.now());
    // What is laid down holds for looking too: one that cannot be read is not passed over.
    Policies.of(environment, target.readOnly());
    AtomicReference<Observed<Helm>> helm =
        new AtomicReference<>(Observed.notYet(SteadyClock.now()));
    // Where charts come from may be far away, so it is asked while the others are.
    try (HelmProbe glance = HelmProbe.of(environment, target, said.target(), helm::set);
        LiveSources sources = LiveSources.open(environment, target, err)) {
      List<Right> rights = sources.rights(target.deployment());
      Snapshot seen = complete(sources, said, helm, glance);
      return Preflight.of(
          seen.withHelm(glance.inTime(seen.helm())),
          KnowledgeFile.load(),
          RunbookFile.bundled("coder-upgrade"),
          rights);
    }
  }

  private static RunFacts facts(Launcher.Preflight asked, Instant now) throws Failure {
    Optional<String> version = Optional.empty();
    if (asked.version().isPresent()) {
      version = Optional.of(ReleaseAnswers.version("--to", asked.version().get()).toString());
    }
    RunFacts facts = RunFacts.starting(now, version);
    if (asked.backupId().isPresent()) {
      facts = facts.saying("backup-id", asked.backupId().get(), now);
    }
    if (asked.backupTime().isPresent()) {
      facts = facts.saying("backup-time", moment(asked.backupTime().get(), now), now);
    }
    return facts;
  }

  private static String moment(String typed, Instant now) throws Failure {
    return AnswerFormat.PAST_TIME
        .read(typed, now, ZoneId.systemDefault())
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.USAGE,
                    "--backup-time %s: needed is %s"
                        .formatted(typed, AnswerFormat.PAST_TIME.description())));
  }

  /** The first snapshot in which nothing is outstanding, or the last one when time is up. */
  private static Snapshot complete(
      LiveSources sources, RunFacts said, AtomicReference<Observed<Helm>> helm, HelmProbe glance)
      throws Failure {
    AtomicReference<Observed<Cluster>> cluster = new AtomicReference<>();
    AtomicReference<Observed<Database>> database = new AtomicReference<>();
    sources.cluster(cluster::set);
    sources.database(database::set);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Snapshot seen =
          new Snapshot(SteadyClock.now(), cluster.get(), database.get(), helm.get(), said);
      boolean waits = outstanding(seen) && System.nanoTime() < deadline;
      if (!waits && !glance.outstanding(seen)) {
        return seen;
      }
      pause();
    }
  }

  private static boolean outstanding(Snapshot seen) {
    Optional<Cluster> cluster = seen.freshCluster();
    Optional<Database> database = seen.freshDatabase();
    return cluster.isEmpty()
        || database.isEmpty()
        || cluster.get().scalers().isPending()
        || cluster.get().releases().isPending()
        || cluster.get().readyPods().stream().anyMatch(pod -> cluster.get().servedBy(pod).isEmpty())
        || Stream.of(
                database.get().replicas(),
                database.get().usage().builds(),
                database.get().usage().activeUsers(),
                database.get().usage().connectedAgents(),
                database.get().load().tables(),
                database.get().coder().apiKeys(),
                database.get().load().slots())
            .anyMatch(Observed::isPending);
  }

  private static void pause() throws Failure {
    try {
      Thread.sleep(GLANCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.UNKNOWN, "interrupted");
    }
  }
}
