package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.RunFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
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
  /** The annotation in which this program keeps the probe that it took out or softened. */
  public static final String ANNOTATION = "lockkeeper.dev/liveness-probe";

  private static final Pattern THRESHOLD =
      Pattern.compile("(\"failureThreshold\"\\s*:\\s*)\\d{1,9}");
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\",:{}\\[\\]]+");

  /** The probe of the coderd container; empty when it has none. */
  public static Optional<LivenessProbe> of(Deployment deployment) {
    return deployment.livenessProbe().map(json -> of(json, deployment));
  }

  /** What this probe would mean for the pods of the Deployment. */
  public static LivenessProbe of(String json, Deployment deployment) {
    return new LivenessProbe(
        seconds(json, "initialDelaySeconds", 0),
        seconds(json, "periodSeconds", 10),
        (int) seconds(json, "failureThreshold", 3).toSeconds(),
        seconds(json, "terminationGracePeriodSeconds", deployment.template().terminationGrace()));
  }

  /** How long after its start a silent container gets SIGTERM, about. */
  public Duration patience() {
    return delay.plus(period.multipliedBy(failures));
  }

  /** How long after its start it is dead, about: no migration that takes longer ever ends. */
  public Duration survival() {
    return patience().plus(grace);
  }

  /**
   * Whether a migration has the time that one may take before support wants to know of it. What
   * this program sets always has.
   */
  public boolean leavesTime() {
    // The first question may be asked as soon as the delay is over, and not a period later.
    Duration soonest = failures == 0 ? survival() : survival().minus(period);
    return soonest.compareTo(MigrationState.SUPPORT) >= 0;
  }

  /** The sum: {@code SIGTERM 30 s after its start (0 s + 3 x 10 s), SIGKILL 1m00s later}. */
  public String arithmetic() {
    return "SIGTERM %s after its start (%s + %d x %s), SIGKILL %s later"
        .formatted(
            Durations.of(patience()),
            Durations.of(delay),
            failures,
            Durations.of(period),
            Durations.of(grace));
  }

  /**
   * The probe as it has to come back, as JSON: the one that this run remembers, else the one that
   * another run of this program noted down at the Deployment. Empty when neither tells of one.
   */
  public static Optional<String> before(RunFacts run, Deployment deployment) {
    return run.livenessProbe()
        .or(() -> Optional.ofNullable(deployment.annotations().get(ANNOTATION)))
        .filter(json -> json.startsWith("{") && json.endsWith("}"));
  }

  /**
   * The same probe with so many failures allowed that asking alone takes as long as is left to any
   * migration; all else stays as it is.
   */
  public static String softened(String json) {
    long period = Math.max(1, seconds(json, "periodSeconds", 10).toSeconds());
    long failures = (ChartFacts.MIGRATION_SECONDS + period - 1) / period;
    Matcher threshold = THRESHOLD.matcher(json);
    if (threshold.find()) {
      return threshold.replaceFirst("$1" + failures);
    }
    String open = json.substring(0, json.lastIndexOf('}')).stripTrailing();
    return open + (open.endsWith("{") ? "" : ",") + "\"failureThreshold\":" + failures + "}";
  }

  /**
   * The strategic merge patch that gives a container this probe, or none. One that is put there
   * replaces whatever stands there whole.
   */
  public static String patch(String container, Optional<String> json) {
    String value =
        json.map(probe -> "{\"$patch\":\"replace\"," + probe.substring(1)).orElse("null");
    return "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"%s\",\"livenessProbe\":%s}]}}}}"
        .formatted(container, value);
  }

  /** Whether two probes in JSON say the same, in whatever order. */
  public static boolean same(String one, String other) {
    return tokens(one).equals(tokens(other));
  }

  private static List<String> tokens(String json) {
    return TOKEN.matcher(json).results().map(MatchResult::group).sorted().toList();
  }

  /** A number of the probe, or what the API server takes where it is left out. */
  private static Duration seconds(String json, String key, int otherwise) {
    Matcher matcher = Pattern.compile("\"" + key + "\"\\s*:\\s*(\\d{1,9})").matcher(json);
    return Duration.ofSeconds(matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise);
  }
}
