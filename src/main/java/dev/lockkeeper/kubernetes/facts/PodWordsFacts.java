package dev.lockkeeper.kubernetes.facts;

import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.masked;
import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.number;
import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.text;

import dev.lockkeeper.snapshot.Deployment.Condition;
import dev.lockkeeper.snapshot.PodWords;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Pod says in words: of itself, and of the containers of it that stand still. */
final class PodWordsFacts {
  private PodWordsFacts() {}

  /**
   * The words.
   *
   * @param coderd the status of the coderd container, once it has one
   */
  static PodWords of(Pod pod, Optional<ContainerStatus> coderd) {
    PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    return new PodWords(
        text(status.getReason()),
        masked(status.getMessage()),
        coderd.map(PodWordsFacts::waitingMessage).orElse(""),
        coderd.flatMap(PodWordsFacts::ended).map(end -> masked(end.getMessage())).orElse(""),
        status.getConditions().stream().map(PodWordsFacts::condition).toList(),
        Stream.concat(
                status.getInitContainerStatuses().stream()
                    .filter(PodWordsFacts::still)
                    .map(each -> standing(each, true)),
                status.getContainerStatuses().stream()
                    .filter(each -> coderd.filter(each::equals).isEmpty() && still(each))
                    .map(each -> standing(each, false)))
            .toList(),
        pod.getMetadata().getFinalizers());
  }

  private static Condition condition(PodCondition condition) {
    return new Condition(
        text(condition.getType()),
        text(condition.getStatus()),
        text(condition.getReason()),
        masked(condition.getMessage()));
  }

  private static Optional<ContainerStateTerminated> ended(ContainerStatus status) {
    return Stream.of(status.getState(), status.getLastState())
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Whether it waits, or has ended badly. */
  private static boolean still(ContainerStatus status) {
    ContainerState state = status.getState();
    return state != null
        && (state.getWaiting() != null
            || (state.getTerminated() != null && number(state.getTerminated().getExitCode()) != 0));
  }

  private static PodWords.Standing standing(ContainerStatus status, boolean init) {
    return new PodWords.Standing(
        text(status.getName()),
        init,
        Optional.ofNullable(status.getState().getWaiting())
            .map(waiting -> text(waiting.getReason()))
            .orElse(""),
        waitingMessage(status),
        PodFacts.last(Optional.of(status)));
  }

  private static String waitingMessage(ContainerStatus status) {
    return Optional.ofNullable(status.getState())
        .map(ContainerState::getWaiting)
        .map(waiting -> masked(waiting.getMessage()))
        .orElse("");
  }
}
