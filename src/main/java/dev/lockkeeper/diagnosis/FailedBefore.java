package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.PodMemory;
import java.util.List;

/** A pod that is gone has failed with the very image and setting that the next one would have. */
public final class FailedBefore {
  private FailedBefore() {}

  static List<Finding> find(RuleInput sight) {
    return Remembered.standing(sight.snapshot())
        .filter(kept -> Remembered.seen(sight.snapshot()).isEmpty())
        .filter(kept -> sight.cluster().filter(it -> it.readyPods().isEmpty()).isPresent())
        .map(FailedBefore::finding)
        .stream()
        .toList();
  }

  private static Finding finding(PodMemory kept) {
    return Finding.likely(
        Kind.FAILED_BEFORE,
        Urgency.BEWARE,
        "The next pod may fail as %s did: %s".formatted(kept.pod(), sentence(kept)),
        List.of(
            Observation.at(
                kept.at(), "%s, image %s: %s".formatted(kept.pod(), kept.image(), kept.words())),
            Observation.known("the deployment has the same image now" + terms(kept))),
        List.of("a cause that was fixed since, where that is not seen from here"),
        Advice.findOut(cure(kept.cause())),
        "start a pod before that: it meets the same again.");
  }

  private static String terms(PodMemory kept) {
    return switch (kept.cause()) {
      case OUT_OF_MEMORY ->
          kept.terms().isEmpty()
              ? " and no memory limit of its own"
              : " and the same memory limit, " + kept.terms();
      case PROBE_KILLED -> " and the same liveness probe";
      case MIGRATION_FAILED,
          IMAGE_TOO_OLD,
          IMAGE_NOT_PULLED,
          NOT_CONFIGURED,
          DATABASE_OUT_OF_REACH,
          CRASHED ->
          "";
    };
  }

  /** What happened, in a few words. */
  public static String sentence(PodMemory kept) {
    return switch (kept.cause()) {
      case PROBE_KILLED -> "its liveness probe killed it";
      case OUT_OF_MEMORY -> "it ran out of memory and was killed";
      case MIGRATION_FAILED -> "its migration failed: " + kept.words();
      case IMAGE_TOO_OLD -> "its image is older than the schema: " + kept.words();
      case IMAGE_NOT_PULLED -> "its image could not be pulled: " + kept.words();
      case NOT_CONFIGURED -> "it could not be started: " + kept.words();
      case DATABASE_OUT_OF_REACH -> "it did not reach its database: " + kept.words();
      case CRASHED -> "it ended: " + kept.words();
    };
  }

  private static String cure(PodMemory.Cause cause) {
    return switch (cause) {
      case PROBE_KILLED -> "See that the probe leaves time enough before a pod starts.";
      case OUT_OF_MEMORY -> "See that the memory limit is higher before a pod starts.";
      case MIGRATION_FAILED -> "See that the cause of this message is fixed before a pod starts.";
      case IMAGE_TOO_OLD, IMAGE_NOT_PULLED -> "See which image fits before a pod starts.";
      case NOT_CONFIGURED -> "See that what it names is there before a pod starts.";
      case DATABASE_OUT_OF_REACH -> "See that a pod can reach and log in to the database.";
      case CRASHED -> "See what its last words mean before a pod starts.";
    };
  }
}
