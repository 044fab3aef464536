package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cluster, Deployment and database are the ones with which the run started. */
public record SameTargets() implements Check {
  @Override
  public String word() {
    return "same-targets";
  }

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
      return Verdict.fail("the database server is a standby now");
    }
    // What this run itself has uninstalled is gone, and is another one when it is back.
    boolean uninstalled = snapshot.run().recalled(RunFacts.HELM_RELEASE).isPresent();
    Optional<Deployment> deployment = cluster.get().deployment();
    if (deployment.isEmpty() && !uninstalled) {
      return Verdict.fail("the deployment is gone");
    }
    Map<String, String> now = new LinkedHashMap<>();
    now.put(RunFacts.NAMESPACE_UID, cluster.get().identity().namespaceUid());
    if (!uninstalled) {
      now.put(RunFacts.DEPLOYMENT_UID, deployment.orElseThrow().uid());
    }
    now.put(RunFacts.SYSTEM_IDENTIFIER, database.get().identity().systemIdentifier());
    return compare(snapshot.run(), now);
  }

  private static Verdict compare(RunFacts run, Map<String, String> now) {
    List<String> changed = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    now.forEach(
        (word, value) -> {
          Optional<String> before = run.recalled(word);
          if (before.isPresent() && value.isEmpty()) {
            unreadable.add(word);
          } else if (before.isPresent() && !before.get().equals(value)) {
            changed.add("%s %s → %s".formatted(word, before.get(), value));
          }
        });
    if (!changed.isEmpty()) {
      return Verdict.fail("changed since the run started: " + String.join(", ", changed));
    }
    if (!unreadable.isEmpty()) {
      return Verdict.unknown("cannot be read any more: " + String.join(", ", unreadable));
    }
    return run.recalled(RunFacts.DEPLOYMENT_UID).isEmpty()
        ? Verdict.unknown("the journal does not say yet with which the run started")
        : Verdict.pass("unchanged");
  }
}
