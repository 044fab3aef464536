package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.PodEnd;
import dev.lockkeeper.analysis.Shortage;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A wanted pod that does not run is never nothing: where no other rule explains it, this one says
 * what is seen of it, and that the cause is not known here.
 */
final class LastResort {
  /** These say nothing about why a pod does not serve. */
  private static final Set<Kind> BESIDE =
      EnumSet.of(
          Kind.V1_CHART,
          Kind.NO_SCHEMA,
          Kind.SCALED_BACK,
          Kind.MIXED_VERSIONS,
          Kind.UNPINNED_IMAGE,
          Kind.TWO_SCHEMAS,
          Kind.UNKNOWN_SCHEMA,
          Kind.KNOWN_TROUBLE,
          Kind.BLIND,
          Kind.CLOCK_SKEW,
          Kind.POD_STAYS,
          Kind.POD_EVICTED,
          Kind.ROLLOUT_STANDS_STILL,
          Kind.FAILED_BEFORE);

  /** These explain a pod that runs and is not Ready, and none that ends. */
  private static final Set<Kind> AT_WORK =
      EnumSet.of(
          Kind.MIGRATION_WORKS,
          Kind.QUEUED_MIGRATOR,
          Kind.LONG_MIGRATION,
          Kind.SILENT_MIGRATOR,
          Kind.NOBODY_MIGRATES,
          Kind.MIGRATOR_HELD_UP,
          Kind.MIGRATOR_WILL_END,
          Kind.MIGRATOR_UNSEEN);

  /** Who loses the race for the migration lock ends once or twice, and that is no failure. */
  private static final int RACES = 3;

  /** The kubelet forgets the ends of a container that has run for so long since. */
  private static final Duration RECOVERED = Duration.ofMinutes(10);

  private final RuleInput sight;
  private final Shortage shortage;

  private LastResort(RuleInput sight, Shortage shortage) {
    this.sight = sight;
    this.shortage = shortage;
  }

  /** What is left to say when all other rules have said what they found. */
  static List<Finding> find(RuleInput sight, List<Finding> found) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    found.stream()
        .filter(each -> !ours(each))
        .map(Finding::kind)
        .filter(kind -> !BESIDE.contains(kind))
        .forEach(kinds::add);
    boolean explained = !kinds.isEmpty();
    kinds.removeAll(AT_WORK);
    boolean endExplained = !kinds.isEmpty();
    return Shortage.of(sight.snapshot())
        .map(shortage -> new LastResort(sight, shortage))
        .flatMap(
            it ->
                (endExplained ? Optional.<Finding>empty() : it.crashes())
                    .or(() -> explained ? Optional.empty() : it.stands())
                    .or(() -> explained ? Optional.empty() : it.missing()))
        .stream()
        .toList();
  }

  /** That we do not reach the database says nothing of the pods. */
  private static boolean ours(Finding finding) {
    return finding.kind() == Kind.DATABASE_OUT_OF_REACH && finding.urgency() != Urgency.ACT;
  }

  private Optional<Finding> crashes() {
    return shortage.pods().stream().filter(this::crashes).findFirst().map(this::crash);
  }

  private boolean crashes(Pod pod) {
    boolean raced =
        sight.failures().stream()
            .filter(each -> each.pod().equals(pod))
            .anyMatch(each -> each.failure().kind() == LogFailure.Kind.LOCK_TIMEOUT);
    boolean loops =
        pod.waiting().equals("CrashLoopBackOff")
            || ended(pod).isPresent() && (pod.startedAt().isEmpty() || lately(pod));
    return loops && !(raced && pod.restarts() < RACES);
  }

  /** It has ended more than once, and has not run for long since. */
  private boolean lately(Pod pod) {
    return pod.restarts() > 1 && shortage.standing(pod).compareTo(RECOVERED) < 0;
  }

  private static Optional<Pod.Termination> ended(Pod pod) {
    return pod.last()
        .filter(end -> end.exitCode() != 0)
        .or(
            () ->
                pod.words().others().stream()
                    .flatMap(each -> each.last().stream())
                    .filter(end -> end.exitCode() != 0)
                    .findFirst());
  }

  private Finding crash(Pod pod) {
    String words = PodEnd.lastWords(pod, shortage.cluster()).orElse("without a word that was read");
    String code =
        ended(pod).or(pod::last).map(end -> "exit code " + end.exitCode()).orElse("it ends");
    return Finding.proven(
        Kind.POD_CRASHES,
        Urgency.ACT,
        "%s %s: %s: %s"
            .formatted(
                pod.name(), pod.restarts() > 1 ? "ends again and again" : "has ended", code, words),
        evidence(pod),
        Advice.findOut(
            "Read its last words and correct what they name; where they say nothing to you, ask"
                + " support with them and with the schema number.",
            Finding.SUPPORT),
        "take it for a stuck migration, or change schema_migrations by hand.");
  }

  /** A pod that neither ends nor becomes Ready, for longer than a start takes. */
  private Optional<Finding> stands() {
    return shortage.pods().stream().filter(shortage::overdue).findFirst().map(this::stands);
  }

  private Finding stands(Pod pod) {
    String headline =
        "%s does not become Ready: %s for %s"
            .formatted(pod.name(), Shortage.state(pod), Durations.of(shortage.standing(pod)));
    List<String> alike = new ArrayList<>();
    if (sight.migration().kind() == MigrationState.Kind.UNKNOWN) {
      alike.add("a migration that works: what the database does is not seen");
    }
    alike.add("a start that takes long");
    alike.add("a cause that this program does not know");
    return Finding.untold(
        Kind.POD_DOES_NOT_RUN,
        Urgency.BEWARE,
        headline,
        evidence(pod),
        alike,
        Advice.findOut(
            "Look at the pod's events and log; where they say nothing to you, ask support with them"
                + " and with the schema number.",
            Finding.SUPPORT),
        "delete it or scale down before you know whether it migrates.");
  }

  /** Pods that nobody has made, and nobody says why. */
  private Optional<Finding> missing() {
    if (shortage.missing() <= 0 || !shortage.pods().isEmpty() || !shortage.settled()) {
      return Optional.empty();
    }
    var deployment = shortage.deployment();
    String seen =
        deployment.status().observedGeneration() < deployment.generation()
            ? "the controller has not seen its last change (generation %d, seen %d)"
                .formatted(deployment.generation(), deployment.status().observedGeneration())
            : "no event and no condition says why";
    return Optional.of(
        Finding.untold(
            Kind.POD_DOES_NOT_RUN,
            Urgency.BEWARE,
            "%s not there"
                .formatted(
                    shortage.missing() == 1
                        ? "A wanted pod is"
                        : Durations.count(shortage.missing(), "wanted pod") + " are"),
            List.of(sight.inCluster(shortage.sentence()), sight.inCluster(seen)),
            List.of(
                "a controller that does not work or is slow",
                "a refusal whose event was forgotten or may not be read"),
            Advice.findOut("Ask who runs the cluster why the controller makes no pod."),
            "scale up further: it makes none of these either."));
  }

  private List<Observation> evidence(Pod pod) {
    List<Observation> seen = new ArrayList<>();
    seen.add(
        sight.inCluster(
            "%s: %s, %s"
                .formatted(
                    pod.name(), Shortage.state(pod), Durations.count(pod.restarts(), "restart"))));
    pod.last()
        .ifPresent(
            end ->
                seen.add(
                    sight.inCluster(
                        "ended with code %d (%s) %s ago"
                            .formatted(
                                end.exitCode(),
                                end.reason(),
                                Durations.of(sight.since(end.finishedAt()))))));
    pod.words().others().stream()
        .map(LastResort::standing)
        .forEach(each -> seen.add(sight.inCluster(each)));
    PodEnd.lastWords(pod, shortage.cluster())
        .ifPresent(words -> seen.add(sight.inCluster("last words: " + words)));
    warnings(pod).forEach(each -> seen.add(sight.inCluster(each)));
    seen.add(sight.inDatabase(sight.migration().headline()));
    return seen;
  }

  private static String standing(PodWords.Standing container) {
    return "%s %s: %s%s"
        .formatted(
            container.init() ? "init container" : "container",
            container.name(),
            container.waiting().isEmpty() ? "ended" : container.waiting(),
            container
                .last()
                .map(end -> ", ended with code %d (%s)".formatted(end.exitCode(), end.reason()))
                .orElse(""));
  }

  private List<String> warnings(Pod pod) {
    return shortage.cluster().events().stream()
        .filter(event -> event.object().equals(pod.name()) && event.warning())
        .filter(event -> !event.reason().equals("BackOff"))
        .map((ClusterEvent event) -> event.reason() + ": " + event.message())
        .distinct()
        .limit(2)
        .toList();
  }
}
