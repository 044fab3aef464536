package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest revision of a Helm release, as Helm wrote it down in the cluster. Of the values that
 * the operator gave to Helm, only those are kept that the upgrade turns on.
 *
 * @param name the release's name, which need not be the Deployment's
 * @param namespace the namespace in which Helm keeps it
 * @param revision counts from 1
 * @param status Helm's word, such as {@code deployed} or {@code pending-upgrade}
 * @param chart the chart's name
 * @param chartVersion the chart's version
 * @param appVersion the version that the chart says it installs; empty when it says none
 * @param changedAt when this revision was last written
 * @param description what Helm noted about it; anybody's text
 * @param serverSide whether Helm 4 keeps this release by server-side apply
 * @param values what the operator's values say
 * @param history the last revisions with their status, newest first
 */
public record HelmRelease(
    String name,
    String namespace,
    int revision,
    String status,
    String chart,
    String chartVersion,
    String appVersion,
    Instant changedAt,
    String description,
    boolean serverSide,
    Values values,
    List<Revision> history) {
  /** The annotation by which Helm notes at an object which release it belongs to. */
  public static final String NOTED = "meta.helm.sh/release-name";

  public HelmRelease {
    history = List.copyOf(history);
  }

  /** Whether Helm says that somebody is working on it, which nobody may be any more. */
  public boolean pending() {
    return status.startsWith("pending-");
  }

  /** Whether its last revision went through. */
  public boolean deployed() {
    return status.equals("deployed");
  }

  /** The newest revision that went through once; empty when none of the last ones did. */
  public Optional<Revision> lastDeployed() {
    return history.stream()
        .filter(each -> each.status().equals("deployed") || each.status().equals("superseded"))
        .findFirst();
  }

  /**
   * What the values say; empty where they leave it to the chart.
   *
   * @param replicaCount {@code coder.replicaCount}
   * @param imageTag {@code coder.image.tag}, which wins over the chart's version
   * @param livenessProbe the keys below {@code coder.livenessProbe}
   * @param given of a chart of Coder v1, all that was given, with what may be shown of it; of
   *     others nothing
   */
  public record Values(
      Optional<Integer> replicaCount,
      Optional<String> imageTag,
      Map<String, String> livenessProbe,
      List<Given> given) {
    /** No values at all. */
    public static final Values NONE = new Values(Optional.empty(), Optional.empty(), Map.of());

    public Values {
      livenessProbe = Map.copyOf(livenessProbe);
      given = List.copyOf(given);
    }

    /** Those of a chart of v2. */
    public Values(
        Optional<Integer> replicaCount,
        Optional<String> imageTag,
        Map<String, String> livenessProbe) {
      this(replicaCount, imageTag, livenessProbe, List.of());
    }

    /** The replica count that the chart renders: one, unless the values say another. */
    public int replicas() {
      return replicaCount.orElse(1);
    }
  }

  /**
   * One value that somebody gave to Helm.
   *
   * @param path its keys, such as {@code coderd.image}
   * @param shown the value, where it is a number, a switch or names a version; masked otherwise
   */
  public record Given(String path, String shown) {}

  /**
   * One revision.
   *
   * @param number its number
   * @param status Helm's word
   */
  public record Revision(int number, String status) {}
}
