package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The role as which coderd works in the database, which need not be ours.
 *
 * @param name the role; empty when nothing proves which one it is
 * @param why what proves it, or why it is not known
 */
public record CoderRole(Optional<String> name, String why) {
  /** Roles change seldom and are read every few seconds; a slow answer is asked for less often. */
  private static final Duration RECENT = Duration.ofSeconds(60);

  /** What is set for roles and what they own, if it was read recently enough to judge by. */
  public static Optional<RoleFacts> facts(Snapshot snapshot) {
    return snapshot.freshDatabase().flatMap(seen -> seen.roles().fresh(snapshot.now(), RECENT));
  }

  /** By Coder's own address, else by the sessions that come from its pods. */
  public static CoderRole of(Snapshot snapshot) {
    Optional<Database> database = snapshot.freshDatabase();
    Optional<String> named = facts(snapshot).flatMap(RoleFacts::urlUser);
    if (named.isPresent()) {
      return new CoderRole(named, "Coder's address names the role " + named.get());
    }
    List<String> seen =
        snapshot.freshCluster().stream()
            .flatMap(cluster -> database.stream().flatMap(each -> ofPods(cluster, each).stream()))
            .toList();
    return seen.size() == 1
        ? new CoderRole(Optional.of(seen.get(0)), "the pods' sessions are of role " + seen.get(0))
        : new CoderRole(
            Optional.empty(),
            seen.isEmpty()
                ? "Coder's role is not known: its address cannot be read, and no session comes"
                    + " from a pod"
                : "the pods' sessions are of several roles: " + String.join(", ", seen));
  }

  private static List<String> ofPods(Cluster cluster, Database database) {
    Map<String, Pod> pods = cluster.podsByAddress();
    return database.backends().stream()
        .filter(each -> each.address().filter(pods::containsKey).isPresent())
        .map(Backend::user)
        .filter(user -> !user.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }
}
