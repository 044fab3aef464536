package dev.lockkeeper.analysis;

import dev.lockkeeper.analysis.Origin.Kind;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Sighting;
import dev.lockkeeper.snapshot.Sighting.End;
import dev.lockkeeper.snapshot.Sighting.Host;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out where one session comes from: what proves it first, then what speaks for it. */
final class Tracing {
  private static final String UNSEEN_END = "a process that lives on: nobody saw its container end";
  private static final String NEIGHBOUR =
      "a client of another container, pod or process with the same address";
  private final Origins all;
  private final Backend backend;
  private final Optional<Sighting> sighting;
  private final SessionClock clock;
  private final LeftBehind left;

  Tracing(Origins all, Backend backend) {
    this.all = all;
    this.backend = backend;
    this.sighting = all.sightings().of(backend);
    this.clock = new SessionClock(all, backend);
    this.left = new LeftBehind(all, backend, clock);
  }

  Origin origin() {
    Optional<Pod> there = all.whose().pod(backend);
    Whose.Answer whose = all.whose().of(backend);
    if (whose == Whose.Answer.OTHER || whose == Whose.Answer.BACKUP) {
      return Origin.told(
          Kind.OTHER,
          Optional.empty(),
          there
              .map(each -> "it is at the address of %s, and not Coder's".formatted(each.name()))
              .orElse("it is not a session of Coder's role"));
    }
    if (all.cluster().isEmpty()) {
      return Origin.told(Kind.UNTOLD, Optional.empty(), "the pods were not read just now");
    }
    Optional<Host> host = sighting.flatMap(Sighting::host);
    Optional<Pod> pod = there.filter(each -> !heir(each, host));
    return host.flatMap(this::ended)
        .or(() -> pod.map(this::atPod))
        .or(this::speaks)
        .or(() -> host.flatMap(this::deleted))
        .or(() -> there.filter(each -> pod.isEmpty() && !left.moves()).map(this::inherited))
        .or(this::relayed)
        .or(left::likely)
        .orElseGet(() -> untold(left.nowhere()));
  }

  /** Whether this pod has the address only since the session was there: another had it before. */
  private boolean heir(Pod pod, Optional<Host> host) {
    return host.filter(seen -> !seen.uid().equals(pod.uid())).isPresent()
        || backend
            .activity()
            .pulse()
            .age()
            .map(age -> all.now().minus(age))
            .filter(began -> all.cluster().filter(seen -> seen.madeAfter(began, pod)).isPresent())
            .isPresent();
  }

  /** An address is given to another pod when the one that had it is gone. */
  private Origin inherited(Pod pod) {
    return new Origin(
        Kind.LIKELY_GONE,
        Optional.empty(),
        "it began before %s was made, which has its address now".formatted(pod.name()),
        List.of(NEIGHBOUR, "a process that lives on: its pod was deleted by force"));
  }

  /** The run of the container at whose address it was seen has ended since. */
  private Optional<Origin> ended(Host host) {
    return host.end().map(end -> ended(host, end));
  }

  private Origin ended(Host host, End end) {
    Optional<Pod> pod = pod(host);
    if (sighting.filter(seen -> seen.answeredAfter(end.seenAt())).isPresent()) {
      return Origin.told(
          Kind.LIVES,
          Optional.empty(),
          "its client spoke after the container of " + host.pod() + " had ended");
    }
    String why =
        "it was seen at the address of %s, whose container ended %s ago (%s, exit code %d)"
            .formatted(
                host.pod(),
                Durations.of(Duration.between(end.seenAt(), all.now())),
                end.how().reason(),
                end.how().exitCode());
    if (sighting.filter(seen -> seen.movedAfter(end.seenAt())).isPresent()) {
      return new Origin(
          Kind.UNTOLD,
          pod,
          why + "; it began another statement after that",
          List.of("statements that were sent ahead", LeftBehind.RELAY));
    }
    if (justNow(end)) {
      return new Origin(
          Kind.UNTOLD,
          pod,
          why + "; whether it ends with it shows in a moment",
          List.of("what the database showed before the end"));
    }
    List<String> doubts = doubts(host, end);
    return doubts.isEmpty()
        ? Origin.told(Kind.GONE, pod, why)
        : new Origin(Kind.LIKELY_GONE, pod, why, doubts);
  }

  /** Right after the end, what the database showed may still be what was before. */
  private boolean justNow(End end) {
    return clock
        .here(end.how().finishedAt())
        .filter(at -> at.isBefore(end.seenAt()))
        .orElse(end.seenAt())
        .plus(Snapshot.FRESH)
        .isAfter(all.now());
  }

  /** What keeps the end of that container from being the end of this session's client. */
  private static List<String> doubts(Host host, End end) {
    List<String> doubts = new ArrayList<>();
    if (!host.own()) {
      doubts.add(NEIGHBOUR);
    }
    if (!host.confirmed()) {
      doubts.add(
          "a session of the container that came after it: it was first seen just before the end");
    }
    if (!end.proven()) {
      doubts.add(
          end.nodeReady().filter(ready -> !ready).isPresent()
              ? "a process that lives on: its node is not Ready"
              : !end.how().seen()
                  ? "a process that lives on: the kubelet did not see its end"
                  : "a process that lives on: whether its node is Ready cannot be read (right to"
                      + " get nodes)");
    }
    return doubts;
  }

  /**
   * At a pod's address, which stays when the container is started again, and old sessions with it.
   */
  private Origin atPod(Pod pod) {
    Optional<Pod.Termination> last = pod.last().filter(end -> outlived(pod, end.finishedAt()));
    if (last.isEmpty() || clock.statementAfter(last.get().finishedAt())) {
      return pod.over()
          ? untold("its address was that of %s, which is over".formatted(pod.name()))
          : new Origin(
              Kind.POD,
              Optional.of(pod),
              "it has the address of " + pod.name(),
              pod.place().own() ? List.of() : List.of(NEIGHBOUR));
    }
    List<String> alike = new ArrayList<>();
    alike.add("a session of the present container, if the clocks differ more than is known");
    if (!pod.place().own()) {
      alike.add(NEIGHBOUR);
    }
    if (nodeReady(pod).filter(ready -> !ready).isPresent() || !last.get().seen()) {
      alike.add("a process that lives on: the kubelet cannot be asked");
    }
    return new Origin(
        Kind.LIKELY_GONE,
        Optional.of(pod),
        "it began before the container of %s ended (exit code %d)"
            .formatted(pod.name(), last.get().exitCode()),
        alike);
  }

  /**
   * Whether it was there when the container ended, and was seen after it. Right after the end, what
   * the database showed may still be what was before.
   */
  private boolean outlived(Pod pod, Instant end) {
    boolean past =
        clock.here(end).filter(at -> at.plus(Snapshot.FRESH).isBefore(all.now())).isPresent();
    return past
        && pod.startedAt()
            .map(start -> !start.isBefore(end) && clock.beganBefore(end))
            .orElse(clock.thereAt(end));
  }

  private Optional<Boolean> nodeReady(Pod pod) {
    return all.cluster().flatMap(seen -> seen.nodeReady(pod));
  }

  /** Its client spoke lately. */
  private Optional<Origin> speaks() {
    return sighting
        .filter(seen -> seen.answeredAfter(all.now().minus(LeftBehind.LATELY)))
        .map(
            seen ->
                Origin.told(
                    Kind.LIVES,
                    Optional.empty(),
                    "its client sent a statement %s ago"
                        .formatted(
                            Durations.of(
                                Duration.between(seen.answered().orElseThrow(), all.now())))));
  }

  /** The pod's object is gone, which alone proves nothing: it may have been deleted by force. */
  private Optional<Origin> deleted(Host host) {
    return pod(host)
        .filter(pod -> left.gone(pod.name()))
        .map(
            pod ->
                nodeReady(pod).orElse(false) && !left.moves()
                    ? new Origin(
                        Kind.LIKELY_GONE,
                        Optional.of(pod),
                        "it was seen at the address of %s, which is gone, and its node is Ready"
                            .formatted(host.pod()),
                        host.own() ? List.of(UNSEEN_END) : List.of(UNSEEN_END, NEIGHBOUR))
                    : left.silent()
                        .orElseGet(
                            () ->
                                untold(
                                    "it was seen at the address of %s, which is gone; whether its process ended was not seen"
                                        .formatted(host.pod()))));
  }

  /** A pod that runs without a session of its own is probably the client of one without a pod. */
  private Optional<Origin> relayed() {
    return all.cluster().stream()
        .flatMap(seen -> seen.pods().stream())
        .filter(pod -> all.silent().contains(pod.uid()))
        .findFirst()
        .map(
            pod ->
                Origin.told(
                    Kind.RELAYED,
                    Optional.of(pod),
                    "no pod has its address%s, and %s runs without a session from its own: probably one and the same, through a pooler or a relay"
                        .formatted(backend.address().map(" "::concat).orElse(""), pod.name())));
  }

  private Optional<Pod> pod(Host host) {
    return all.cluster().stream()
        .flatMap(seen -> Stream.concat(seen.pods().stream(), seen.workload().departed().stream()))
        .filter(pod -> pod.uid().equals(host.uid()))
        .findFirst();
  }

  private Origin untold(String why) {
    return new Origin(
        Kind.UNTOLD, Optional.empty(), why, List.of(LeftBehind.RELAY, LeftBehind.ELSEWHERE));
  }
}
