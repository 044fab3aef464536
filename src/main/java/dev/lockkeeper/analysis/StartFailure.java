package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A pod of the Deployment's newest template that does not start, by its own words or the kubelet's:
 * what would come in the place of the pods that serve. It looks the same, and proves nothing of new
 * pods, when the pod is of an older template, got over it, or is outlived by one of the same
 * template that is Ready and started later; or when it only waits for the migration lock.
 *
 * @param pod the pod
 * @param cause what it fails at
 * @param words who says so, and how
 */
public record StartFailure(Pod pod, Cause cause, String words) {
  /** Who has run for so long since its last end has started. */
  private static final Duration STARTED = Duration.ofMinutes(10);

  /** Killed and not ended by itself: a probe or the node did it. */
  private static final int SIGNALS = 128;

  /** What it fails at. */
  public enum Cause {
    /** The database: nobody who starts gets a session. */
    DATABASE,
    /** It tries to get a session, and has not given up yet. */
    DATABASE_PERHAPS,
    /** The container cannot be made: a Secret, a ConfigMap or a key is missing. */
    CONFIGURATION,
    /** It is killed for its memory. */
    MEMORY,
    /** The image does not come, or is older than the database: another image may start. */
    IMAGE,
    /** The migration of this image fails: another image may start. */
    MIGRATION,
    /** coderd ends with words that are not known. */
    CRASH;

    /** Whether another image may well start. */
    public boolean ofTheImage() {
      return switch (this) {
        case IMAGE, MIGRATION -> true;
        case DATABASE, DATABASE_PERHAPS, CONFIGURATION, MEMORY, CRASH -> false;
      };
    }

    private boolean ofTheDatabase() {
      return this == DATABASE || this == DATABASE_PERHAPS;
    }
  }

  /** Those that are seen in a cluster that was read just now, oldest pod first. */
  public static List<StartFailure> of(Snapshot snapshot) {
    return snapshot.freshCluster().stream()
        .flatMap(cluster -> newest(cluster).stream().flatMap(pod -> of(cluster, pod).stream()))
        .filter(each -> each.cause != Cause.MEMORY || !started(each.pod, snapshot))
        .filter(each -> !each.cause.ofTheDatabase() || !PodFailure.connected(snapshot, each.pod))
        .toList();
  }

  private static boolean started(Pod pod, Snapshot snapshot) {
    return pod.startedAt()
        .filter(at -> Duration.between(at, snapshot.now()).compareTo(STARTED) > 0)
        .isPresent();
  }

  /** The pods of the newest template that are not Ready and shall stay. */
  private static List<Pod> newest(Cluster cluster) {
    Optional<String> set =
        cluster.replicaSets().stream()
            .max(Comparator.comparingLong(ReplicaSet::revision))
            .map(ReplicaSet::name);
    return cluster.pods().stream()
        .filter(pod -> !pod.ready() && !pod.terminating())
        .filter(pod -> set.isEmpty() || set.get().equals(pod.metadata().replicaSet()))
        .toList();
  }

  private static Optional<StartFailure> of(Cluster cluster, Pod pod) {
    return outlived(cluster, pod)
        ? Optional.empty()
        : byKubelet(pod).or(() -> byWords(cluster, pod)).or(() -> byEnds(cluster, pod));
  }

  /** Whether one of the same template started after this one had failed, and is Ready. */
  private static boolean outlived(Cluster cluster, Pod failing) {
    Instant failed = failing.last().map(Pod.Termination::finishedAt).orElseGet(failing::createdAt);
    return cluster.readyPods().stream()
        .filter(pod -> pod.metadata().replicaSet().equals(failing.metadata().replicaSet()))
        .flatMap(pod -> pod.startedAt().stream())
        .anyMatch(failed::isBefore);
  }

  private static Optional<StartFailure> byKubelet(Pod pod) {
    if (PodEnd.NO_IMAGE.contains(pod.waiting())) {
      String words = "%s: %s".formatted(pod.waiting(), pod.image());
      return Optional.of(new StartFailure(pod, Cause.IMAGE, words));
    }
    if (PodEnd.NO_CONTAINER.contains(pod.waiting())) {
      return Optional.of(new StartFailure(pod, Cause.CONFIGURATION, pod.waiting()));
    }
    return pod.last()
        .filter(last -> last.reason().equals("OOMKilled"))
        .map(last -> new StartFailure(pod, Cause.MEMORY, "OOMKilled"));
  }

  private static Optional<StartFailure> byWords(Cluster cluster, Pod pod) {
    return PodFailure.of(cluster).stream()
        .filter(each -> each.pod().equals(pod))
        .findFirst()
        .flatMap(
            each -> cause(each).map(cause -> new StartFailure(pod, cause, each.failure().text())));
  }

  /** A mark that is dirty is repaired at zero pods, and who waits for a lock starts later. */
  private static Optional<Cause> cause(PodFailure failed) {
    return switch (failed.failure().kind()) {
      case UNREACHABLE, BAD_URL, NO_SCHEMA, OLD_POSTGRES, V1_DATABASE ->
          Optional.of(Cause.DATABASE);
      case RETRYING -> Optional.of(Cause.DATABASE_PERHAPS);
      case NEWER_DATABASE -> Optional.of(Cause.IMAGE);
      case SQL, SQL_NUMBERED, OTHER_SQL, SETUP -> ofStatement(failed.failure().sql());
      case DIRTY, LOCK_TIMEOUT, SETUP_LOCK -> Optional.empty();
    };
  }

  /** What only got into somebody's way may well start once those that serve are gone. */
  private static Optional<Cause> ofStatement(SqlFailure failure) {
    return switch (failure.cause()) {
      case SETTING, ROOM, RIGHTS, PLACE, DATA, UNTOLD -> Optional.of(Cause.MIGRATION);
      case PASSING, LOST, LOCK_WAIT, ENDED -> Optional.empty();
    };
  }

  private static Optional<StartFailure> byEnds(Cluster cluster, Pod pod) {
    boolean told = PodFailure.of(cluster).stream().anyMatch(each -> each.pod().equals(pod));
    return pod.last()
        .filter(last -> !told && pod.waiting().equals("CrashLoopBackOff"))
        .filter(last -> last.exitCode() != 0 && last.exitCode() < SIGNALS)
        .map(
            last ->
                new StartFailure(
                    pod,
                    Cause.CRASH,
                    "%s, exit code %d".formatted(pod.waiting(), last.exitCode())));
  }
}
