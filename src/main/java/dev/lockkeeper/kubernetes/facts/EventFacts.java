package dev.lockkeeper.kubernetes.facts;

import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.masked;
import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.text;

import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.snapshot.ClusterEvent;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is taken from the namespace's events. */
public final class EventFacts {
  private static final int MOST = 200;

  /**
   * Some writers tell the time in microseconds and some in whole seconds, so within one second the
   * time tells nothing: there the order counts in which the server got them.
   */
  private static final Comparator<Event> NEWEST =
      Comparator.<Event, Instant>comparing(event -> lastAt(event).truncatedTo(ChronoUnit.SECONDS))
          .thenComparing(EventFacts::version)
          .reversed();

  private EventFacts() {}

  private static long version(Event event) {
    String version = text(event.getMetadata().getResourceVersion());
    return version.matches("[0-9]{1,18}") ? Long.parseLong(version) : 0;
  }

  /** Whether it can be about this Deployment at all, by its name alone. */
  public static boolean mayConcern(Event event, String deployment) {
    String object = text(event.getInvolvedObject().getName());
    return object.equals(deployment) || object.startsWith(deployment + "-");
  }

  /**
   * The events about the Deployment, its ReplicaSets and its Pods, newest first. Pods that are gone
   * are known by the name of their ReplicaSet, which stands in front of theirs.
   */
  public static List<ClusterEvent> of(
      List<Event> events, String deployment, Set<String> replicaSets, Set<String> pods) {
    return events.stream()
        .filter(event -> concerns(event.getInvolvedObject(), deployment, replicaSets, pods))
        .sorted(NEWEST)
        .map(EventFacts::of)
        .limit(MOST)
        .toList();
  }

  private static boolean concerns(
      ObjectReference object, String deployment, Set<String> replicaSets, Set<String> pods) {
    String name = text(object.getName());
    return switch (text(object.getKind())) {
      case "Deployment" -> name.equals(deployment);
      case "ReplicaSet" -> replicaSets.contains(name);
      case "Pod" ->
          pods.contains(name) || replicaSets.stream().anyMatch(set -> name.startsWith(set + "-"));
      default -> false;
    };
  }

  private static ClusterEvent of(Event event) {
    return new ClusterEvent(
        text(event.getMetadata().getUid()),
        text(event.getType()),
        text(event.getReason()),
        text(event.getInvolvedObject().getKind()),
        text(event.getInvolvedObject().getName()),
        masked(event.getMessage()),
        count(event),
        lastAt(event));
  }

  private static int count(Event event) {
    if (event.getSeries() != null && event.getSeries().getCount() != null) {
      return event.getSeries().getCount();
    }
    return event.getCount() == null ? 1 : Math.max(1, event.getCount());
  }

  /** Old and new writers of events fill different fields. */
  private static Instant lastAt(Event event) {
    return Optional.ofNullable(event.getSeries())
        .flatMap(series -> time(series.getLastObservedTime()))
        .or(() -> Times.optional(event.getLastTimestamp()))
        .or(() -> time(event.getEventTime()))
        .or(() -> Times.optional(event.getFirstTimestamp()))
        .orElseGet(() -> Times.instant(event.getMetadata().getCreationTimestamp()));
  }

  private static Optional<Instant> time(MicroTime time) {
    return time == null ? Optional.empty() : Times.optional(time.getTime());
  }
}
