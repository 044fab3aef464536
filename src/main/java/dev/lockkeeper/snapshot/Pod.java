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
 * @param metadata what the API says about the object itself
 * @param phase Pending, Running, Succeeded, Failed or Unknown
 * @param ip its address, once it has one
 * @param node the node that it was scheduled to; empty before
 * @param container how coderd's container is
 * @param words what Kubernetes says besides
 * @param place where it runs, and who else is at its address
 */
public record Pod(
    Metadata metadata,
    String phase,
    Optional<String> ip,
    String node,
    ContainerStatus container,
    PodWords words,
    Place place) {
  /**
   * What the API says about the object itself.
   *
   * @param name its name
   * @param uid its uid
   * @param replicaSet the ReplicaSet that owns it; empty when none does
   * @param createdAt when it was created
   * @param deletedAt its deletionTimestamp, if it has one: it is Terminating, and what still runs
   *     at that moment, the end of its grace period, is killed
   */
  public record Metadata(
      String name, String uid, String replicaSet, Instant createdAt, Optional<Instant> deletedAt) {}

  /**
   * How coderd's container is.
   *
   * @param image its image
   * @param ready whether the pod passes its readiness probe
   * @param restarts how often it was restarted
   * @param startedAt when it started, if it runs
   * @param waiting why it does not run, such as {@code CrashLoopBackOff} or {@code
   *     ImagePullBackOff}; empty otherwise
   * @param last how it ended the last time, if it ever did
   */
  public record ContainerStatus(
      String image,
      boolean ready,
      int restarts,
      Optional<Instant> startedAt,
      String waiting,
      Optional<Termination> last) {}

  public String name() {
    return metadata.name();
  }

  public String uid() {
    return metadata.uid();
  }

  public Instant createdAt() {
    return metadata.createdAt();
  }

  public String image() {
    return container.image();
  }

  public boolean ready() {
    return container.ready();
  }

  public int restarts() {
    return container.restarts();
  }

  public Optional<Instant> startedAt() {
    return container.startedAt();
  }

  public String waiting() {
    return container.waiting();
  }

  public Optional<Termination> last() {
    return container.last();
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
    return metadata.deletedAt().isPresent();
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
