package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Deployment;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The probe that ends a coderd which migrates. It listens and answers nothing meanwhile, so that a
 * question about its open port is answered. While a startup probe fails the liveness probe is not
 * asked, and it is the startup probe that kills.
 *
 * @param name {@code liveness} or {@code startup}
 * @param probe its patience
 */
public record KillingProbe(String name, LivenessProbe probe) {
  private static final Pattern OPEN_PORT =
      Pattern.compile("\"tcpSocket\"\\s*:\\s*\\{[^{}]*\"port\"\\s*:\\s*(\"http\"|8080)");
  private static final String COMMAND = "\"exec\"";

  /** The one that does so first, with these probes; empty where none does. */
  public static Optional<KillingProbe> of(Deployment deployment) {
    Optional<KillingProbe> liveness =
        deployment
            .livenessProbe()
            .filter(json -> !asksThePort(json))
            .map(json -> new KillingProbe("liveness", LivenessProbe.of(json, deployment)));
    Optional<String> startup =
        deployment.container().startupProbe().filter(json -> !asksThePort(json));
    Optional<KillingProbe> starting =
        startup.map(json -> new KillingProbe("startup", LivenessProbe.of(json, deployment)));
    // What a command answers is not known: then either of them may be the one.
    boolean either = startup.filter(json -> json.contains(COMMAND)).isPresent();
    return either && liveness.isPresent() && liveness.get().sooner(starting.get())
        ? liveness
        : starting.or(() -> liveness);
  }

  /** Whether a probe asks for nothing but the port at which coderd listens before it migrates. */
  private static boolean asksThePort(String json) {
    return OPEN_PORT.matcher(json).find();
  }

  private boolean sooner(KillingProbe other) {
    return probe.survival().compareTo(other.probe.survival()) < 0;
  }

  /** Whether a migration has the time after which support should be called. */
  public boolean leavesTime() {
    return probe.leavesTime();
  }

  /** {@code startup probe: SIGTERM …}; of the liveness probe, which is meant, the sum alone. */
  public String arithmetic() {
    return (name.equals("startup") ? "startup probe: " : "") + probe.arithmetic();
  }

  /** How long after its start it is dead, about. */
  public Duration survival() {
    return probe.survival();
  }
}
