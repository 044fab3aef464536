package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * One pod of the Deployment.
 *
 * @param name its name
 * @param uid its uid
 * @param phase Pending, Running, Succeeded, Failed or Unknown
 * @param ip its address, once it has one
 * @param node the node that it was scheduled to; empty before
 * @param replicaSet the ReplicaSet that owns it; empty when none does
 * @param image the coderd container's image
 * @param ready whether it passes its readiness probe
 * @param restarts how often the coderd container was restarted
 * @param createdAt when it was created
 * @param deletedAt when it was asked to stop, if it was: it is Terminating from then on
 * @param startedAt when the running coderd container started, if it runs
 * @param waiting why the container does not run, such as {@code CrashLoopBackOff} or {@code
 *     ImagePullBackOff}; empty otherwise
 * @param last how the container ended the last time, if it ever did
 * @param words what Kubernetes says besides
 */
public record Pod(
    String name,
    String uid,
    String phase,
    Optional<String> ip,
    String node,
    String replicaSet,
    String image,
    boolean ready,
    int restarts,
    Instant createdAt,
    Optional<Instant> deletedAt,
    Optional<Instant> startedAt,
    String waiting,
    Optional<Termination> last,
    PodWords words) {
  /** A pod of which nothing is said besides. */
  public Pod(
      String name,
      String uid,
      String phase,
      Optional<String> ip,
      String node,
      String replicaSet,
      String image,
      boolean ready,
      int restarts,
      Instant createdAt,
      Optional<Instant> deletedAt,
      Optional<Instant> startedAt,
      String waiting,
      Optional<Termination> last) {
    this(
        name,
        uid,
        phase,
        ip,
        node,
        replicaSet,
        image,
        ready,
        restarts,
        createdAt,
        deletedAt,
        startedAt,
        waiting,
        last,
        PodWords.none());
  }

  /**
   * Whether it was asked to stop; it may still run, and hold database sessions, for its whole grace
   * period.
   */
  public boolean terminating() {
    return deletedAt.isPresent();
  }

  /**
   * How a container ended.
   *
   * @param exitCode its exit code; 137 and 143 are SIGKILL and SIGTERM
   * @param reason such as {@code Error} or {@code OOMKilled}
   * @param finishedAt when
   */
  public record Termination(int exitCode, String reason, Instant finishedAt) {}
}
