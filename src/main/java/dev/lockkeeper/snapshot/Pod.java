package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param deletedAt its deletionTimestamp, if it has one: it is Terminating, and what still runs at
 *     that moment, the end of its grace period, is killed
 * @param startedAt when the running coderd container started, if it runs
 * @param waiting why the container does not run, such as {@code CrashLoopBackOff} or {@code
 *     ImagePullBackOff}; empty otherwise
 * @param last how the container ended the last time, if it ever did
 * @param words what Kubernetes says besides
 * @param place where it runs, and who else is at its address
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
    PodWords words,
    Place place) {
  /** A pod of which nothing is said besides, alone at its one address. */
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
        PodWords.none(),
        Place.ALONE);
  }

  /** All of its addresses: one of each family, or those of its node. */
  public Set<String> addresses() {
    return Stream.concat(ip.stream(), place.addresses().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it is listed without any process: its address may be another's by now. */
  public boolean over() {
    return phase.equals("Failed") || phase.equals("Succeeded");
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
  public record Termination(int exitCode, String reason, Instant finishedAt) {
    /** What the kubelet writes when it does not find a container, and so did not see its end. */
    private static final String NOT_SEEN = "ContainerStatusUnknown";

    /** Whether the kubelet saw the process end. */
    public boolean seen() {
      return !reason.equals(NOT_SEEN);
    }
  }

  /**
   * Where a pod runs.
   *
   * @param addresses its addresses besides the first, such as that of the second family
   * @param hostNetwork whether its addresses are those of its node, and so of others there
   * @param shared whether another container of it is at the same address
   */
  public record Place(List<String> addresses, boolean hostNetwork, boolean shared) {
    /** Nobody else is at its one address. */
    public static final Place ALONE = new Place(List.of(), false, false);

    public Place {
      addresses = List.copyOf(addresses);
    }

    /** Whether a session from there is certainly this container's. */
    public boolean own() {
      return !hostNetwork && !shared;
    }
  }
}
