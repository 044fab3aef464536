package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.StartFailure;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What serves now can be replaced. Replicas live on sessions that they opened long ago: when a new
 * pod cannot log in, cannot start for another reason, or cannot even be made, to scale down turns
 * half a Coder into none. Where nobody serves, nothing is given up.
 *
 * @param anotherImage whether they may get another image before they start
 */
public record NewPodsCanStart(boolean anotherImage) implements Check {
  /** With the image that the newest template names, or that the run brings. */
  public NewPodsCanStart() {
    this(false);
  }

  @Override
  public String word() {
    return anotherImage ? "pods-of-another-image-can-start" : "new-pods-can-start";
  }

  @Override
  public String question() {
    return anotherImage
        ? "new pods can start in the place of those that serve, perhaps with another image"
        : "new pods can start in the place of those that serve";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    if (cluster.isEmpty() || cluster.get().deployment().isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    List<Pod> serving = cluster.get().readyPods();
    if (serving.isEmpty()) {
      return Verdict.pass("no pod serves now: nothing is lost");
    }
    List<StartFailure> failures =
        StartFailure.of(snapshot).stream().filter(each -> concerns(each, snapshot)).toList();
    Optional<StartFailure> certain =
        failures.stream().filter(each -> !doubtful(each, snapshot)).findFirst();
    return certain
        .map(each -> Verdict.fail(told(each) + "; the pods that serve now would not come back"))
        .or(() -> failures.stream().findFirst().map(each -> Verdict.unknown(told(each))))
        .or(() -> refused(snapshot, cluster.get()))
        .orElseGet(() -> Verdict.pass(newest(serving, snapshot)));
  }

  /**
   * Whether the API server would make no pod in the place of those that serve. A quota that is full
   * because of them is no hindrance: they go first.
   */
  private static Optional<Verdict> refused(Snapshot snapshot, Cluster cluster) {
    Optional<String> quota = QuotaLeavesRoom.notEvenOne(snapshot);
    if (quota.isPresent()) {
      return Optional.of(
          Verdict.fail(quota.get() + ": no pod could be made when those that serve are gone"));
    }
    Optional<String> words =
        cluster
            .deployment()
            .flatMap(seen -> seen.condition("ReplicaFailure"))
            .filter(each -> each.status().equals("True"))
            .map(Deployment.Condition::message);
    boolean full = words.filter(said -> said.contains("exceeded quota")).isPresent();
    if (words.isEmpty() || full && cluster.around().quotas().isKnown()) {
      return Optional.empty();
    }
    String said = "new pods are refused: " + words.get();
    return Optional.of(
        full
            ? Verdict.unknown(said + "; the quotas that say whether one fits cannot be read")
            : Verdict.fail(said + "; the pods that serve now would not come back"));
  }

  /** A run that brings another image learns nothing of it from the trouble of this one. */
  private static boolean concerns(StartFailure failure, Snapshot snapshot) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    return !failure.cause().ofTheImage()
        || target.isEmpty()
        || target.equals(CoderVersion.ofImage(failure.pod().image()));
  }

  /**
   * It has not given up, or ends for a reason that may well be its image's, and not the target's.
   */
  private boolean doubtful(StartFailure failure, Snapshot snapshot) {
    return switch (failure.cause()) {
      case DATABASE_PERHAPS -> true;
      case CRASH -> {
        Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
        yield anotherImage
            || target.isPresent() && !target.equals(CoderVersion.ofImage(failure.pod().image()));
      }
      case IMAGE, MIGRATION -> anotherImage;
      case DATABASE, CONFIGURATION, MEMORY -> false;
    };
  }

  private static String told(StartFailure failure) {
    return "%s does not start: %s".formatted(failure.pod().name(), failure.words());
  }

  private static String newest(List<Pod> serving, Snapshot snapshot) {
    Optional<Instant> last =
        serving.stream().flatMap(pod -> pod.startedAt().stream()).max(Comparator.naturalOrder());
    String ready = Durations.count(serving.size(), "pod") + " Ready";
    return last.map(at -> Duration.between(at, snapshot.now()))
        .map(
            age ->
                "%s; the last one started %s ago, and none fails"
                    .formatted(ready, Durations.of(age)))
        .orElse(ready + ", and none fails");
  }
}
