package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one session was seen doing since we look: this very one, by its pid and its start.
 *
 * @param host the pod at whose address it was seen while the pod's container ran; empty when it was
 *     not
 * @param statement when its latest statement began, by the server's own text
 * @param awaited whether the server waited for its client at the last look
 * @param moved when the last statement began that was seen to be another one than before
 * @param answered the same, of those that came after the server had waited for its client: somebody
 *     was there to send it. What came without may have been sent ahead.
 */
public record Sighting(
    Optional<Host> host,
    Optional<String> statement,
    boolean awaited,
    Optional<Instant> moved,
    Optional<Instant> answered) {
  private static final Sighting NOTHING =
      new Sighting(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());

  /**
   * What is known of it after one more look.
   *
   * @param before what was known, if it was seen before
   * @param at the moment of the look, by our clock
   */
  static Sighting of(Backend backend, Optional<Sighting> before, Instant at) {
    Sighting known = before.orElse(NOTHING);
    Optional<String> statement = backend.activity().pulse().statement();
    boolean another = known.statement.isPresent() && !known.statement.equals(statement);
    Optional<Instant> began =
        backend.activity().pulse().statementAge().filter(age -> another).map(at::minus);
    return new Sighting(
        known.host,
        statement,
        backend.waitsForClient(),
        began.or(known::moved),
        began.filter(moment -> known.awaited).or(known::answered));
  }

  Sighting at(Optional<Host> place) {
    return new Sighting(place, statement, awaited, moved, answered);
  }

  /** Whether it began another statement after this moment. */
  public boolean movedAfter(Instant moment) {
    return moved.filter(moment::isBefore).isPresent();
  }

  /** Whether its client certainly spoke after this moment. */
  public boolean answeredAfter(Instant moment) {
    return answered.filter(moment::isBefore).isPresent();
  }

  /**
   * A pod at whose address a session was seen, while this run of its container was reported to run.
   *
   * @param uid the pod's
   * @param pod its name
   * @param started when the container started, by its node's clock
   * @param seenAt when the session was first seen there
   * @param confirmed whether the same run of the container was still reported well after that: so
   *     the session is not that of a later run of which the cluster told late
   * @param own whether the address was this container's alone all the time
   * @param end how that run was reported to end, if it was
   */
  public record Host(
      String uid,
      String pod,
      Instant started,
      Instant seenAt,
      boolean confirmed,
      boolean own,
      Optional<End> end) {
    /** What the cluster shows may lag behind by this much. */
    private static final Duration LAG = Snapshot.FRESH;

    static Optional<Host> of(Pod pod, boolean alone, Instant at) {
      return pod.startedAt()
          .filter(start -> !pod.over())
          .map(
              start ->
                  new Host(
                      pod.uid(),
                      pod.name(),
                      start,
                      at,
                      false,
                      alone && pod.place().own(),
                      Optional.empty()));
    }

    /** After what is reported of its pod now. */
    Host after(Pod now, boolean alone, Optional<Boolean> nodeReady, Instant at) {
      boolean runs = now.startedAt().filter(started::equals).isPresent();
      boolean lasts = runs && !at.isBefore(seenAt.plus(LAG));
      return new Host(
          uid,
          pod,
          started,
          seenAt,
          confirmed || lasts,
          own && alone && now.place().own(),
          end.isPresent()
              ? end.map(known -> known.told(nodeReady))
              : ended(now, runs, nodeReady, at));
    }

    /** Its own node's clock tells which run of the container it was that ended. */
    private Optional<End> ended(Pod now, boolean runs, Optional<Boolean> nodeReady, Instant at) {
      return now.last()
          .filter(last -> !runs && !last.finishedAt().isBefore(started))
          .map(last -> new End(at, last, nodeReady));
    }
  }

  /**
   * The end of a container, as it was reported while we looked.
   *
   * @param seenAt when that was seen
   * @param how how it ended
   * @param nodeReady whether its node was Ready then; empty when that could not be read
   */
  public record End(Instant seenAt, Pod.Termination how, Optional<Boolean> nodeReady) {
    /** Nodes are read less often than pods. */
    End told(Optional<Boolean> ready) {
      return new End(seenAt, how, nodeReady.or(() -> ready));
    }

    /** Whether the kubelet of a node that is Ready saw the process end. */
    public boolean proven() {
      return nodeReady.orElse(false) && how.seen();
    }
  }
}
