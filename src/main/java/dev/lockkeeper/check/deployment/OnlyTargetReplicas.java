package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database.ReplicaRow;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every live row of the replicas table is of the target version, and every Ready pod has one: a
 * replica writes its row only when it serves already, and one that is missing proves nothing (C17).
 */
public record OnlyTargetReplicas() implements Check {
  /** A live replica refreshes its row every 5 s; Coder itself calls one dead after a minute. */
  private static final Duration LIVE = Duration.ofSeconds(60);

  @Override
  public String word() {
    return "only-target-replicas";
  }

  @Override
  public String question() {
    return "the replicas table shows the target version only";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    Optional<List<ReplicaRow>> rows =
        snapshot.freshDatabase().flatMap(seen -> FreshFacts.read(seen.replicas(), snapshot));
    Optional<Cluster> cluster = snapshot.freshCluster();
    if (target.isEmpty() || rows.isEmpty() || cluster.isEmpty()) {
      return Verdict.unknown("the replicas table or the pods cannot be read");
    }
    List<ReplicaRow> live =
        rows.get().stream().filter(row -> row.primary() && row.age().compareTo(LIVE) <= 0).toList();
    String versions =
        live.stream()
            .map(ReplicaRow::version)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    boolean all = live.stream().allMatch(row -> CoderVersion.parse(row.version()).equals(target));
    int ready = cluster.get().readyPods().size();
    String counted =
        "%s for %s"
            .formatted(
                Durations.count(live.size(), "live row"), Durations.count(ready, "Ready pod"));
    return Verdict.of(
        all && !live.isEmpty() && live.size() >= ready,
        versions.isEmpty() ? counted : counted + ": " + versions);
  }
}
