package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.facts.DeploymentFacts;
import dev.lockkeeper.kubernetes.facts.EventFacts;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What belongs to one Deployment, watched: its ReplicaSets, its Pods, and the events about them.
 *
 * @param selector the Deployment's own selector, as the API's query has it
 * @param replicaSets those that match the selector
 * @param pods those that match the selector
 * @param events those that may concern the Deployment
 */
record OwnedObjects(
    String selector, Watched<ReplicaSet> replicaSets, Watched<Pod> pods, Watched<Event> events)
    implements AutoCloseable {

  static OwnedObjects watch(
      ApiServer api, String namespace, Deployment deployment, Runnable changed) {
    String selector = selector(deployment);
    String name = deployment.getMetadata().getName();
    Map<String, String> selected = Map.of("labelSelector", selector);
    Resource sets = Resource.apps(namespace, "replicasets");
    Resource pods = Resource.core(namespace, "pods");
    Resource events = Resource.core(namespace, "events");
    return new OwnedObjects(
        selector,
        new Watched<>(api, sets, selected, ReplicaSet.class, any -> true, changed),
        new Watched<>(api, pods, selected, Pod.class, any -> true, changed),
        new Watched<>(
            api,
            events,
            Map.of(),
            Event.class,
            event -> EventFacts.mayConcern(event, name),
            changed));
  }

  /** The selector of the Deployment, with its labels and its expressions. */
  static String selector(Deployment deployment) {
    LabelSelector selector = deployment.getSpec().getSelector();
    List<String> terms = new ArrayList<>();
    DeploymentFacts.map(selector.getMatchLabels())
        .forEach((key, value) -> terms.add(key + "=" + value));
    selector.getMatchExpressions().stream().map(OwnedObjects::term).forEach(terms::add);
    return terms.stream().sorted(Comparator.naturalOrder()).collect(Collectors.joining(","));
  }

  private static String term(LabelSelectorRequirement requirement) {
    String values = "(" + String.join(",", requirement.getValues()) + ")";
    return switch (requirement.getOperator()) {
      case "In" -> requirement.getKey() + " in " + values;
      case "NotIn" -> requirement.getKey() + " notin " + values;
      case "DoesNotExist" -> "!" + requirement.getKey();
      default -> requirement.getKey();
    };
  }

  /** Whether all of it has been read at least once. */
  boolean complete() {
    return all().allMatch(watched -> watched.items().isPresent());
  }

  Optional<Watched.WatchFailure> setback() {
    return all().flatMap(watched -> watched.setback().stream()).findFirst();
  }

  Instant heard() {
    return all().map(Watched::heard).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
  }

  private Stream<Watched<? extends HasMetadata>> all() {
    return Stream.of(replicaSets, pods, events);
  }

  @Override
  public void close() {
    all().forEach(Watched::close);
  }
}
