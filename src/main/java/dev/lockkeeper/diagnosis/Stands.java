package dev.lockkeeper.diagnosis;

import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodWords;
import java.util.Optional;
import java.util.Set;

/** Why a container of a pod waits, be it coderd's, an init container or one beside it. */
final class Stands {
  private Stands() {}

  /** The words for the first container that waits for one of these reasons. */
  static Optional<String> in(Pod pod, Set<String> reasons) {
    return pod.words().others().stream()
        .filter(each -> reasons.contains(each.waiting()))
        .map(each -> kind(each) + " " + each.name() + ": " + said(each.waiting(), each.message()))
        .findFirst()
        .or(
            () ->
                reasons.contains(pod.waiting())
                    ? Optional.of(said(pod.waiting(), pod.words().waiting()))
                    : Optional.empty());
  }

  /** Whether a container of this pod ran before: what it did then is another matter. */
  static boolean ranBefore(Pod pod) {
    return pod.restarts() > 0 || pod.last().isPresent();
  }

  private static String kind(PodWords.Standing container) {
    return container.init() ? "init container" : "container";
  }

  private static String said(String reason, String message) {
    return message.isEmpty() ? reason : reason + ": " + message;
  }
}
