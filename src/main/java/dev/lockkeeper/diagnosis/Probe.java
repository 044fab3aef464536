package dev.lockkeeper.diagnosis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arithmetic of a liveness probe: how long a container that does not answer is left alive.
 *
 * @param delay seconds before the first look
 * @param period seconds between looks
 * @param failures how many in a row end its life
 * @param grace seconds between SIGTERM, to which a migration does not listen, and SIGKILL
 */
record Probe(int delay, int period, int failures, int grace) {
  /** Reads the probe as the API writes it; what is left out has Kubernetes' default. */
  static Probe of(String json, int podGrace) {
    return new Probe(
        number(json, "initialDelaySeconds", 0),
        number(json, "periodSeconds", 10),
        number(json, "failureThreshold", 3),
        number(json, "terminationGracePeriodSeconds", podGrace));
  }

  private static int number(String json, String field, int otherwise) {
    Matcher matcher = Pattern.compile("\"" + field + "\"\\s*:\\s*(\\d{1,6})").matcher(json);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  /** Seconds from the start until it is told to stop. */
  int untilTerm() {
    return delay + period * failures;
  }

  /** Seconds from the start until it is killed. */
  int untilKill() {
    return untilTerm() + grace;
  }

  String arithmetic() {
    return "%s%d failed probes × %d s = SIGTERM at about %d s, which a migration ignores; + %d s grace = killed at about %d s"
        .formatted(
            delay > 0 ? delay + " s delay + " : "",
            failures,
            period,
            untilTerm(),
            grace,
            untilKill());
  }
}
