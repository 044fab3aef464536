package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.analysis.PodEnd;
import dev.lockkeeper.analysis.SqlFailure;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodMemory;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How pods failed that are gone by now, for as long as nothing newer speaks against it. */
public final class Remembered {
  private Remembered() {}

  /** How the newest pod of the present template fails that fails now: what a run should keep. */
  public static Optional<PodMemory> seen(Snapshot snapshot) {
    return snapshot.freshCluster().stream()
        .flatMap(
            cluster -> cluster.deployment().stream().flatMap(it -> seen(cluster, it, snapshot)))
        .findFirst();
  }

  private static Stream<PodMemory> seen(Cluster cluster, Deployment deployment, Snapshot snapshot) {
    return cluster.pods().stream()
        .filter(pod -> !pod.ready() && PodEnd.ofNow(pod, cluster))
        .sorted(Comparator.comparing(Pod::createdAt).reversed())
        .flatMap(
            pod ->
                PodEnd.of(pod, cluster).map(end -> end.kept(pod, deployment, snapshot)).stream());
  }

  /** Whether what is kept is refuted: a pod of the same image and setting became Ready since. */
  public static boolean refuted(PodMemory kept, Snapshot snapshot) {
    return snapshot
        .freshCluster()
        .filter(cluster -> cluster.deployment().filter(it -> applies(kept, it)).isPresent())
        .filter(cluster -> cluster.pods().stream().anyMatch(pod -> well(pod, kept, cluster)))
        .isPresent();
  }

  /** It got over it itself, or is one that started since. */
  private static boolean well(Pod pod, PodMemory kept, Cluster cluster) {
    Instant there = kept.at().plus(cluster.skew().orElse(Duration.ZERO));
    return pod.ready()
        && PodEnd.ofNow(pod, cluster)
        && (pod.name().equals(kept.pod())
            || pod.startedAt().filter(start -> start.isAfter(there)).isPresent());
  }

  /**
   * What the run remembers of how a pod failed and what the next pod of this very Deployment would
   * meet again: the image is the same, and so is the setting that it came from. A migration that
   * met somebody else, was ended by hand or lost its connection is none of it.
   */
  public static Optional<PodMemory> standing(Snapshot snapshot) {
    Optional<Deployment> deployment = snapshot.freshCluster().flatMap(Cluster::deployment);
    return snapshot
        .run()
        .podFailed()
        .filter(Remembered::lasts)
        .filter(kept -> deployment.filter(it -> applies(kept, it)).isPresent())
        .filter(kept -> !refuted(kept, snapshot));
  }

  private static boolean lasts(PodMemory kept) {
    return kept.cause() != PodMemory.Cause.MIGRATION_FAILED
        || switch (SqlFailure.of(kept.words(), List.of()).cause()) {
          case PASSING, LOST, LOCK_WAIT, ENDED -> false;
          case SETTING, ROOM, RIGHTS, PLACE, DATA, UNTOLD -> true;
        };
  }

  /** What happened, in a few words. */
  public static String sentence(PodMemory kept) {
    return FailedBefore.sentence(kept);
  }

  private static boolean applies(PodMemory kept, Deployment deployment) {
    String terms = PodEnd.terms(kept.cause(), deployment);
    return kept.image().equals(deployment.image())
        && LivenessProbe.same(kept.terms(), terms.replace(" | ", " ¦ "));
  }
}
