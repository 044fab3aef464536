package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cluster, Deployment and database are the ones with which the run started. */
public record SameTargets() implements Check {
  @Override
  public String question() {
    return "these are the cluster and the database with which the run started";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Database> database = snapshot.freshDatabase();
    if (cluster.isEmpty() || database.isEmpty()) {
      return Verdict.unknown("the cluster or the database cannot be read");
    }
    if (database.get().identity().standby()) {
      return Verdict.fail("the database server is a stand-by now");
    }
    List<String> changed = new ArrayList<>();
    compare(snapshot, RunFacts.NAMESPACE_UID, cluster.get().identity().namespaceUid(), changed);
    compare(
        snapshot,
        RunFacts.DEPLOYMENT_UID,
        cluster.get().deployment().map(Deployment::uid).orElse(""),
        changed);
    compare(
        snapshot,
        RunFacts.SYSTEM_IDENTIFIER,
        database.get().identity().systemIdentifier(),
        changed);
    return Verdict.of(
        changed.isEmpty(),
        changed.isEmpty() ? "unchanged" : "another one than before: " + String.join(", ", changed));
  }

  private static void compare(Snapshot snapshot, String word, String now, List<String> changed) {
    snapshot
        .run()
        .recalled(word)
        .filter(before -> !before.equals(now))
        .ifPresent(before -> changed.add(word));
  }
}
