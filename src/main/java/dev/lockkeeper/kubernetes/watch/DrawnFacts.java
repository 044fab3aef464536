package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.kubernetes.facts.DeploymentFacts;
import dev.lockkeeper.kubernetes.facts.EventFacts;
import dev.lockkeeper.kubernetes.facts.PodFacts;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.ReplicaSet;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The facts that objects tell, drawn anew only when the objects are others: most looks find what
 * was there before, and there may be thousands of events. Used by one thread alone.
 */
final class DrawnFacts {
  private final Last<io.fabric8.kubernetes.api.model.apps.Deployment, Deployment> deployment =
      new Last<>(DeploymentFacts::of);
  private final Last<Sets, List<ReplicaSet>> sets =
      new Last<>(asked -> DeploymentFacts.owned(asked.owner, asked.all));
  private final Last<List<Pod>, List<dev.lockkeeper.snapshot.Pod>> pods =
      new Last<>(DrawnFacts::of);
  private final Last<List<Pod>, List<dev.lockkeeper.snapshot.Pod>> departed =
      new Last<>(DrawnFacts::of);
  private final Last<Events, List<ClusterEvent>> events =
      new Last<>(asked -> EventFacts.of(asked.all, asked.deployment, asked.sets, asked.pods));

  private record Sets(String owner, List<io.fabric8.kubernetes.api.model.apps.ReplicaSet> all) {}

  private record Events(List<Event> all, String deployment, Set<String> sets, Set<String> pods) {}

  Deployment deployment(io.fabric8.kubernetes.api.model.apps.Deployment found) {
    return deployment.of(found);
  }

  /** The ReplicaSets that the Deployment with this uid owns. */
  List<ReplicaSet> owned(String uid, List<io.fabric8.kubernetes.api.model.apps.ReplicaSet> all) {
    return sets.of(new Sets(uid, all));
  }

  List<dev.lockkeeper.snapshot.Pod> pods(List<Pod> all) {
    return pods.of(all);
  }

  List<dev.lockkeeper.snapshot.Pod> departed(List<Pod> all) {
    return departed.of(all);
  }

  /** The events about the Deployment or one of these ReplicaSets and Pods. */
  List<ClusterEvent> events(
      List<Event> all, String deployment, Set<String> sets, Set<String> pods) {
    return events.of(new Events(all, deployment, sets, pods));
  }

  private static List<dev.lockkeeper.snapshot.Pod> of(List<Pod> pods) {
    return pods.stream().map(PodFacts::of).toList();
  }

  /** What was worked out last, and of what. */
  private static final class Last<A, V> {
    private final Function<A, V> work;
    private Optional<A> of = Optional.empty();
    private Optional<V> value = Optional.empty();

    Last(Function<A, V> work) {
      this.work = work;
    }

    V of(A asked) {
      if (value.isEmpty() || of.filter(asked::equals).isEmpty()) {
        value = Optional.of(work.apply(asked));
        of = Optional.of(asked);
      }
      return value.get();
    }
  }
}
