package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.kubernetes.change.Ownership;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Deployment.Condition;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.Deployment.Rollout;
import dev.lockkeeper.snapshot.Masked;
import dev.lockkeeper.snapshot.ReplicaSet;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is taken from a Deployment and its ReplicaSets. */
public final class DeploymentFacts {
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private DeploymentFacts() {}

  /** The Deployment as a fact; what the server left out has the API's default. */
  public static Deployment of(io.fabric8.kubernetes.api.model.apps.Deployment deployment) {
    DeploymentSpec spec = deployment.getSpec();
    DeploymentStatus status =
        Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
    Optional<Container> container = CoderContainer.of(spec.getTemplate().getSpec().getContainers());
    String name = container.map(Container::getName).orElse("");
    return new Deployment(
        metadata(deployment.getMetadata(), name),
        spec.getReplicas() == null ? 1 : spec.getReplicas(),
        rollout(spec),
        new Deployment.Container(
            name,
            container.map(Container::getImage).orElse(""),
            container.map(Container::getLivenessProbe).flatMap(DeploymentFacts::json),
            container.map(Container::getReadinessProbe).flatMap(DeploymentFacts::json),
            container.map(Container::getStartupProbe).flatMap(DeploymentFacts::json)),
        TemplateFacts.of(spec.getTemplate()),
        new Deployment.Status(
            number(status.getObservedGeneration()),
            number(status.getReplicas()),
            number(status.getUpdatedReplicas()),
            number(status.getReadyReplicas()),
            status.getConditions().stream().map(DeploymentFacts::condition).toList()));
  }

  private static Deployment.Metadata metadata(ObjectMeta metadata, String container) {
    Map<String, String> labels = map(metadata.getLabels());
    return new Deployment.Metadata(
        metadata.getName(),
        metadata.getUid(),
        number(metadata.getGeneration()),
        Optional.ofNullable(labels.get("helm.sh/chart")),
        labels,
        map(metadata.getAnnotations()),
        metadata.getManagedFields().stream().map(entry -> manager(entry, container)).toList());
  }

  private static Rollout rollout(DeploymentSpec spec) {
    Optional<DeploymentStrategy> strategy = Optional.ofNullable(spec.getStrategy());
    return new Rollout(
        strategy.map(DeploymentStrategy::getType).orElse(Rollout.USUAL.strategy()),
        strategy
            .map(DeploymentStrategy::getRollingUpdate)
            .map(RollingUpdateDeployment::getMaxUnavailable)
            .map(IntOrString::getValue)
            .map(Object::toString)
            .orElse(Rollout.USUAL.maxUnavailable()),
        Boolean.TRUE.equals(spec.getPaused()),
        number(spec.getMinReadySeconds()),
        Optional.ofNullable(spec.getProgressDeadlineSeconds())
            .orElse(Rollout.USUAL.progressDeadlineSeconds()));
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
