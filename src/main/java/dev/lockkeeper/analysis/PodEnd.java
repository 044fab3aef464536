package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.PodMemory;
import dev.lockkeeper.snapshot.PodMemory.Cause;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why one pod does not run, by what its container left behind.
 *
 * @param cause why
 * @param words what says so
 */
public record PodEnd(Cause cause, String words) {
  public static final Set<String> NO_IMAGE =
      Set.of(
          "ImagePullBackOff",
          "ErrImagePull",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed");

  /** Words of the kubelet for a container that it cannot make of what the pod asks for. */
  public static final Set<String> NO_CONTAINER =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  private static final String OOM = "OOMKilled";

  /** How this pod failed; empty while nothing says that it did. */
  public static Optional<PodEnd> of(Pod pod, Cluster cluster) {
    return killed(pod, cluster)
        .or(() -> said(pod, cluster))
        .or(() -> stands(pod))
        .or(() -> crashed(pod, cluster));
  }

  private static Optional<PodEnd> killed(Pod pod, Cluster cluster) {
    Optional<Pod.Termination> last = pod.last();
    if (last.filter(end -> end.reason().equals(OOM)).isPresent()) {
      return Optional.of(new PodEnd(Cause.OUT_OF_MEMORY, OOM));
    }
    return LivenessKill.of(pod, cluster)
        .map(event -> new PodEnd(Cause.PROBE_KILLED, event.message()));
  }

  /** What its own log tells, where a rule knows the words. */
  private static Optional<PodEnd> said(Pod pod, Cluster cluster) {
    return PodFailure.of(cluster).stream()
        .filter(failed -> failed.pod().equals(pod))
        .flatMap(
            failed ->
                cause(failed.failure().kind()).stream()
                    .map(cause -> new PodEnd(cause, failed.failure().text())))
        .findFirst();
  }

  private static Optional<Cause> cause(LogFailure.Kind kind) {
    if (kind == LogFailure.Kind.SQL || kind == LogFailure.Kind.SETUP) {
      return Optional.of(Cause.MIGRATION_FAILED);
    }
    if (kind == LogFailure.Kind.NEWER_DATABASE) {
      return Optional.of(Cause.IMAGE_TOO_OLD);
    }
    return kind.outOfReach() ? Optional.of(Cause.DATABASE_OUT_OF_REACH) : Optional.empty();
  }

  /** Its container cannot be started at all. */
  private static Optional<PodEnd> stands(Pod pod) {
    String words = pod.waiting() + ": " + pod.words().waiting();
    if (NO_IMAGE.contains(pod.waiting())) {
      return Optional.of(new PodEnd(Cause.IMAGE_NOT_PULLED, words));
    }
    return NO_CONTAINER.contains(pod.waiting())
        ? Optional.of(new PodEnd(Cause.NOT_CONFIGURED, words))
        : Optional.empty();
  }

  /** It ended by itself, and badly. */
  private static Optional<PodEnd> crashed(Pod pod, Cluster cluster) {
    return pod.last()
        .filter(end -> end.exitCode() != 0 && pod.startedAt().isEmpty())
        .map(
            end ->
                new PodEnd(
                    Cause.CRASHED,
                    "exit code %d%s"
                        .formatted(
                            end.exitCode(),
                            lastWords(pod, cluster).map(line -> ": " + line).orElse(""))));
  }

  /** The last line that its container printed, or left as its termination message. */
  public static Optional<String> lastWords(Pod pod, Cluster cluster) {
    Optional<PodLog> log = cluster.logOf(pod);
    return log.map(PodLog::tail)
        .flatMap(PodEnd::lastLine)
        .or(() -> log.map(PodLog::previous).flatMap(PodEnd::lastLine))
        .or(() -> Optional.of(pod.words().ended().strip()).filter(text -> !text.isEmpty()));
  }

  private static Optional<String> lastLine(Observed<List<String>> lines) {
    return lines.value().orElse(List.of()).stream()
        .filter(line -> !line.isBlank())
        .reduce((before, line) -> line);
  }

  /** The same as the run shall keep it. */
  public PodMemory kept(Pod pod, Deployment deployment, Snapshot snapshot) {
    return new PodMemory(
        cause, snapshot.now(), pod.name(), pod.image(), terms(cause, deployment), words);
  }

  /** The setting of the Deployment that such a failure comes from. */
  public static String terms(Cause cause, Deployment deployment) {
    return switch (cause) {
      case OUT_OF_MEMORY ->
          Optional.ofNullable(deployment.template().own().get(PodTemplate.MEMORY_LIMIT))
              .map(limit -> limit.text())
              .orElse("");
      case PROBE_KILLED ->
          deployment.livenessProbe().orElse("") + deployment.container().startupProbe().orElse("");
      case MIGRATION_FAILED,
          IMAGE_TOO_OLD,
          IMAGE_NOT_PULLED,
          NOT_CONFIGURED,
          DATABASE_OUT_OF_REACH,
          CRASHED ->
          "";
    };
  }

  /** Whether the pod is one of the template that the Deployment has now. */
  public static boolean ofNow(Pod pod, Cluster cluster) {
    boolean newest =
        cluster.replicaSets().stream()
            .findFirst()
            .map(ReplicaSet::name)
            .map(pod.metadata().replicaSet()::equals)
            .orElse(true);
    return newest
        && cluster
            .deployment()
            .filter(seen -> seen.generation() == seen.status().observedGeneration())
            .filter(seen -> seen.image().equals(pod.image()))
            .isPresent();
  }
}
