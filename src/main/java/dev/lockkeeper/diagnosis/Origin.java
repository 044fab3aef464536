package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a session comes from. A backend outlives a client that was killed until its statement ends:
 * whoever waits for it waits for nobody.
 *
 * @param kind whether its client is there
 * @param pod the pod at its address, whether or not the session belongs to its present container
 * @param why what it was concluded from
 */
record Origin(Kind kind, Optional<Pod> pod, String why) {
  /** Clocks of pods and database may differ by this much without a word. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  enum Kind {
    /** A pod of the Deployment. */
    POD,
    /** Its client is no more. */
    GONE,
    /** Another client, or one that cannot be told. */
    OTHER
  }

  static Origin of(Backend backend, Origins all) {
    Optional<Cluster> cluster = all.cluster();
    if (cluster.isEmpty() || backend.address().isEmpty()) {
      return new Origin(Kind.OTHER, Optional.empty(), "its address is not known");
    }
    String address = backend.address().get();
    Optional<Pod> pod = cluster.get().podAt(address);
    if (pod.isPresent()) {
      return ofPod(backend, pod.get(), cluster.get().skew(), all.now());
    }
    boolean coderd = backend.application().isBlank();
    if (coderd && all.addressesTell()) {
      return new Origin(Kind.GONE, Optional.empty(), "no pod has its address " + address);
    }
    return new Origin(Kind.OTHER, Optional.empty(), "its address " + address + " is no pod's");
  }

  /** The pod's address stays when its container is started again, and the old sessions with it. */
  private static Origin ofPod(Backend backend, Pod pod, Optional<Duration> skew, Instant now) {
    Instant there = now.plus(skew.orElse(Duration.ZERO));
    if (pod.startedAt().isEmpty() && outlived(backend, pod, there)) {
      return new Origin(
          Kind.GONE, Optional.of(pod), "the container of " + pod.name() + " does not run");
    }
    boolean older =
        pod.restarts() > 0
            && pod.startedAt()
                .flatMap(
                    start ->
                        backend
                            .transactionAge()
                            .map(age -> there.minus(age).plus(MARGIN).isBefore(start)))
                .orElse(false);
    return older
        ? new Origin(
            Kind.GONE,
            Optional.of(pod),
            "its transaction is older than the container of " + pod.name())
        : new Origin(Kind.POD, Optional.of(pod), "it has the address of " + pod.name());
  }

  /**
   * Whether a session began before the container's last end and was seen after it. A later one is
   * that of a new container, which the database shows sooner than the cluster does; and right after
   * the end, what the database showed may still be what was before.
   */
  private static boolean outlived(Backend backend, Pod pod, Instant there) {
    return pod.last()
        .map(Pod.Termination::finishedAt)
        .filter(end -> end.plus(Snapshot.FRESH).isBefore(there))
        .filter(end -> backend.transactionAge().map(there::minus).orElse(end).compareTo(end) <= 0)
        .isPresent();
  }

  boolean gone() {
    return kind == Kind.GONE;
  }

  /** Whose it is, in a few words. */
  String describe(Backend backend) {
    if (kind == Kind.GONE) {
      return pod.map(each -> each.name() + ", its old container").orElse("its pod is gone");
    }
    return pod.map(each -> each.name() + ", " + version(each)).orElseGet(() -> stranger(backend));
  }

  static String version(Pod pod) {
    return CoderVersion.ofImage(pod.image()).map(Object::toString).orElse(pod.image());
  }

  private static String stranger(Backend backend) {
    String role = backend.user().isEmpty() ? backend.type().orElse("?") : backend.user();
    String tool = backend.application().isBlank() ? "" : " by " + backend.application();
    return role + tool + backend.address().map(at -> " at " + at).orElse("");
  }
}
