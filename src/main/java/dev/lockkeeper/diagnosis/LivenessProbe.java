package dev.lockkeeper.diagnosis;

import dev.lockkeeper.snapshot.Deployment;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When the kubelet kills a container that does not answer yet. coderd listens only after it has
 * migrated, so this is how long a migration may take.
 *
 * @param delay before the first question
 * @param period between two questions
 * @param failures how many unanswered ones in a row are too many
 * @param grace between SIGTERM, which a migration does not heed, and SIGKILL
 */
public record LivenessProbe(Duration delay, Duration period, int failures, Duration grace) {
  /** The probe of the coderd container; empty when it has none. */
  public static Optional<LivenessProbe> of(Deployment deployment) {
    return deployment
        .livenessProbe()
        .map(
            json ->
                new LivenessProbe(
                    seconds(json, "initialDelaySeconds", 0),
                    seconds(json, "periodSeconds", 10),
                    (int) seconds(json, "failureThreshold", 3).toSeconds(),
                    seconds(json, "terminationGracePeriodSeconds", deployment.terminationGrace())));
  }

  /** How long after its start a silent container gets SIGTERM, about. */
  public Duration patience() {
    return delay.plus(period.multipliedBy(failures));
  }

  /** How long after its start it is dead, about: no migration that takes longer ever ends. */
  public Duration survival() {
    return patience().plus(grace);
  }

  /** The sum: {@code SIGTERM 30 s after its start (0 s + 3 x 10 s), SIGKILL 1m00s later}. */
  public String arithmetic() {
    return "SIGTERM %s after its start (%s + %d x %s), SIGKILL %s later"
        .formatted(
            Spoken.of(patience()), Spoken.of(delay), failures, Spoken.of(period), Spoken.of(grace));
  }

  /** A number of the probe, or what the API server takes where it is left out. */
  private static Duration seconds(String json, String key, int otherwise) {
    Matcher matcher = Pattern.compile("\"" + key + "\"\\s*:\\s*(\\d{1,9})").matcher(json);
    return Duration.ofSeconds(matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise);
  }
}
