package dev.lockkeeper.coder;

import java.util.List;
import java.util.Optional;

/**
 * What Coder's Helm chart of a version renders and which values it understands.
 *
 * @param since the first version of which this is true
 * @param livenessByDefault whether coderd gets a liveness probe unless the values say otherwise
 * @param livenessValues keys under {@code coder.livenessProbe} that this chart understands
 * @param readinessValues keys under {@code coder.readinessProbe} that this chart understands
 * @param strategyValue whether {@code coder.strategy} is understood
 * @param defaultResources requests and limits that are set unless the values say otherwise
 */
public record ChartFacts(
    CoderVersion since,
    boolean livenessByDefault,
    List<String> livenessValues,
    List<String> readinessValues,
    boolean strategyValue,
    Optional<Resources> defaultResources) {
  /** Seconds that a pod gets between SIGTERM and SIGKILL; the chart fixes them. */
  public static final int GRACE_SECONDS = 60;

  /**
   * Seconds that a liveness probe leaves a pod that migrates wherever this program delays or
   * softens it: in Helm's values, in edits of the Deployment, and in what it says.
   */
  public static final int MIGRATION_SECONDS = 3600;

  public ChartFacts {
    livenessValues = List.copyOf(livenessValues);
    readinessValues = List.copyOf(readinessValues);
  }

  /** Whether the liveness probe can be switched off by a value. */
  public boolean canDisableLiveness() {
    return livenessValues.contains("enabled");
  }

  /**
   * The value below {@code coder.livenessProbe} that keeps the probe away from a pod that migrates,
   * such as {@code enabled=false}; empty where this chart has none.
   */
  public Optional<String> livenessRelief() {
    if (canDisableLiveness()) {
      return Optional.of("enabled=false");
    }
    return livenessValues.contains("initialDelaySeconds")
        ? Optional.of("initialDelaySeconds=" + MIGRATION_SECONDS)
        : Optional.empty();
  }

  /**
   * Requests and limits, which this chart sets to the same amounts.
   *
   * @param cpu as Kubernetes writes it, such as {@code 2000m}
   * @param memory as Kubernetes writes it, such as {@code 4096Mi}
   */
  public record Resources(String cpu, String memory) {}
}
