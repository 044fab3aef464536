package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.kubernetes.change.Ownership;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Deployment.Condition;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.Masked;
import dev.lockkeeper.snapshot.ReplicaSet;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is taken from a Deployment and its ReplicaSets. */
public final class DeploymentFacts {
  private static final int STANDARD_GRACE = 30;
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private DeploymentFacts() {}

  /** The Deployment as a fact; what the server left out has the API's default. */
  public static Deployment of(io.fabric8.kubernetes.api.model.apps.Deployment deployment) {
    ObjectMeta metadata = deployment.getMetadata();
    DeploymentSpec spec = deployment.getSpec();
    DeploymentStatus status =
        Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
    Optional<Container> container = CoderContainer.of(spec.getTemplate().getSpec().getContainers());
    Map<String, String> labels = map(metadata.getLabels());
    return new Deployment(
        metadata.getName(),
        metadata.getUid(),
        number(metadata.getGeneration()),
        number(status.getObservedGeneration()),
        spec.getReplicas() == null ? 1 : spec.getReplicas(),
        number(status.getReplicas()),
        number(status.getUpdatedReplicas()),
        number(status.getReadyReplicas()),
        container.map(Container::getName).orElse(""),
        container.map(Container::getImage).orElse(""),
        Optional.ofNullable(labels.get("helm.sh/chart")),
        strategy(spec),
        container.map(Container::getLivenessProbe).flatMap(DeploymentFacts::json),
        container.map(Container::getReadinessProbe).flatMap(DeploymentFacts::json),
        grace(spec),
        labels,
        map(metadata.getAnnotations()),
        metadata.getManagedFields().stream()
            .map(entry -> manager(entry, container.map(Container::getName).orElse("")))
            .toList(),
        status.getConditions().stream().map(DeploymentFacts::condition).toList(),
        TemplateFacts.of(spec));
  }

  /** The ReplicaSets that this Deployment owns, newest revision first. */
  public static List<ReplicaSet> owned(
      String deploymentUid, List<io.fabric8.kubernetes.api.model.apps.ReplicaSet> all) {
    return all.stream()
        .filter(
            set ->
                set.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> deploymentUid.equals(owner.getUid())))
        .map(DeploymentFacts::replicaSet)
        .sorted(Comparator.comparingLong(ReplicaSet::revision).reversed())
        .toList();
  }

  private static ReplicaSet replicaSet(io.fabric8.kubernetes.api.model.apps.ReplicaSet set) {
    var containers = set.getSpec().getTemplate().getSpec().getContainers();
    return new ReplicaSet(
        set.getMetadata().getName(),
        set.getMetadata().getUid(),
        revision(map(set.getMetadata().getAnnotations()).get(REVISION)),
        CoderContainer.of(containers).map(Container::getImage).orElse(""),
        set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas(),
        set.getStatus() == null ? 0 : number(set.getStatus().getReadyReplicas()));
  }

  private static long revision(String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static String strategy(DeploymentSpec spec) {
    return spec.getStrategy() == null || spec.getStrategy().getType() == null
        ? "RollingUpdate"
        : spec.getStrategy().getType();
  }

  private static int grace(DeploymentSpec spec) {
    Long seconds = spec.getTemplate().getSpec().getTerminationGracePeriodSeconds();
    return seconds == null ? STANDARD_GRACE : seconds.intValue();
  }

  static Optional<String> json(Probe probe) {
    try {
      return Optional.of(Json.MAPPER.writeValueAsString(probe));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a probe that was JSON is JSON", e);
    }
  }

  private static FieldManager manager(ManagedFieldsEntry entry, String container) {
    return new FieldManager(
        text(entry.getManager()),
        text(entry.getSubresource()),
        Times.instant(entry.getTime()),
        Ownership.owned(Json.MAPPER.valueToTree(entry), container));
  }

  private static Condition condition(DeploymentCondition condition) {
    return new Condition(
        text(condition.getType()),
        text(condition.getStatus()),
        text(condition.getReason()),
        masked(condition.getMessage()));
  }

  public static Map<String, String> map(Map<String, String> entries) {
    return entries == null ? Map.of() : entries;
  }

  static String text(String value) {
    return value == null ? "" : value;
  }

  /** What somebody else wrote, without what looks like a secret. */
  static String masked(String value) {
    return Masked.of(text(value)).text();
  }

  public static int number(Integer value) {
    return value == null ? 0 : value;
  }

  static long number(Long value) {
    return value == null ? 0 : value;
  }
}
