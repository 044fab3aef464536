package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.KillingProbe;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why pods restart: whether a probe kills them (C23), and what else it may come from (C24). */
final class CrashReading {
  private static final Set<Kind> CAUSES =
      EnumSet.of(
          Kind.V1_DATABASE,
          Kind.MISSING_MIGRATIONS,
          Kind.PROBE_KILLS_MIGRATOR,
          Kind.ORPHAN_BACKEND,
          Kind.OLD_REPLICA_BLOCKS,
          Kind.OTHER_SESSION_BLOCKS,
          Kind.PREPARED_TRANSACTION_BLOCKS,
          Kind.NOBODY_MIGRATES,
          Kind.MIGRATOR_WILL_END,
          Kind.MIGRATOR_HELD_UP,
          Kind.MIGRATION_FAILED,
          Kind.SETTING_ENDS_MIGRATION,
          Kind.MIGRATION_LACKS_ROOM,
          Kind.MIGRATION_LACKS_RIGHTS,
          Kind.READ_ONLY_DATABASE,
          Kind.MIGRATION_INTERRUPTED,
          Kind.IMAGE_OLDER_THAN_SCHEMA,
          Kind.DIRTY,
          Kind.OUT_OF_MEMORY,
          Kind.PODS_NOT_MADE,
          Kind.POD_NOT_SCHEDULED,
          Kind.POD_NOT_CONFIGURED,
          Kind.IMAGE_PULL_FAILS,
          Kind.POD_CRASHES,
          Kind.POD_DOES_NOT_RUN,
          Kind.POD_EVICTED,
          Kind.DATABASE_OUT_OF_REACH,
          Kind.MIGRATION_WORKS,
          Kind.QUEUED_MIGRATOR);

  private CrashReading() {}

  static List<String> kills(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.freshCluster().isEmpty()) {
      return List.of("unknown: the cluster cannot be read");
    }
    List<String> lines = new ArrayList<>();
    for (Finding finding : Diagnosis.of(snapshot, knowledge)) {
      if (finding.kind() == Kind.PROBE_KILLS_MIGRATOR) {
        String sure =
            switch (finding.certainty()) {
              case PROVEN -> "YES: ";
              case LIKELY -> "maybe: ";
              case UNKNOWN -> "unknown: ";
            };
        lines.add(sure + finding.headline());
        finding.evidence().forEach(each -> lines.add("  " + each.text()));
        finding.alike().forEach(each -> lines.add("could also be  " + each));
        lines.add("do      " + finding.advice().text());
        lines.add("do not  " + finding.notThis());
      }
    }
    return lines.isEmpty() ? List.of("not seen: " + innocent(snapshot)) : lines;
  }

  private static String innocent(Snapshot snapshot) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    return deployment
        .flatMap(KillingProbe::of)
        .map(probe -> "no pod that is not Ready was killed; the probe is on: " + probe.arithmetic())
        .orElse("there is no liveness probe that could kill");
  }

  static List<String> causes(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.freshCluster().isEmpty()) {
      return List.of("unknown: the cluster cannot be read");
    }
    List<Pod> unready =
        snapshot.freshCluster().get().pods().stream()
            .filter(pod -> !pod.ready() && !pod.terminating())
            .toList();
    List<String> lines = new ArrayList<>();
    unready.forEach(pod -> lines.add(state(pod, snapshot)));
    if (lines.isEmpty()) {
      lines.add("no pod is there that is not Ready");
    }
    List<Finding> found =
        Diagnosis.of(snapshot, knowledge).stream()
            .filter(finding -> CAUSES.contains(finding.kind()))
            .toList();
    for (Finding finding : found) {
      lines.add("→ " + finding.headline());
      lines.add("    " + finding.advice().text());
    }
    if (found.isEmpty() && !unready.isEmpty()) {
      lines.add("its cause is not seen: read the log, then ask support");
    }
    return lines;
  }

  private static String state(Pod pod, Snapshot snapshot) {
    String now = pod.waiting().isEmpty() ? pod.phase() + ", not Ready" : pod.waiting();
    String end =
        pod.last()
            .map(
                last ->
                    "; ended last with code %d (%s) %s ago"
                        .formatted(
                            last.exitCode(),
                            last.reason(),
                            Durations.of(Duration.between(last.finishedAt(), snapshot.now()))))
            .orElse("");
    return "%s: %s, %s%s"
        .formatted(pod.name(), now, Durations.count(pod.restarts(), "restart"), end);
  }
}
