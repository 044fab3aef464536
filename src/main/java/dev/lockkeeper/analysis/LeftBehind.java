package dev.lockkeeper.analysis;

import dev.lockkeeper.analysis.Origin.Kind;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.ReplicaRow;
import dev.lockkeeper.snapshot.Sighting;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What speaks for a session that was left behind by a pod that ended before anybody looked. */
final class LeftBehind {
  /** A client that spoke within this time is there. */
  static final Duration LATELY = Duration.ofSeconds(60);

  /** A replica that is there refreshes its row every five seconds. */
  private static final Duration STANDS_STILL = Duration.ofSeconds(30);

  /** A migrator that has sent nothing for so long is most likely without its client. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  static final String RELAY = "a living client behind a relay, a pooler or a sidecar";
  static final String ELSEWHERE = "coderd, or a migration by hand, from another place";

  private final Origins all;
  private final Backend backend;
  private final Optional<Sighting> sighting;
  private final SessionClock clock;

  LeftBehind(Origins all, Backend backend, SessionClock clock) {
    this.all = all;
    this.backend = backend;
    this.sighting = all.sightings().of(backend);
    this.clock = clock;
  }

  Optional<Origin> likely() {
    return moves() ? Optional.empty() : killed().or(this::replica).or(this::silent);
  }

  /** A migrator sends its next statement in a moment; who waits for minutes waits for nobody. */
  Optional<Origin> silent() {
    return backend
        .activity()
        .pulse()
        .statementAge()
        .filter(age -> age.compareTo(SILENCE) > 0 && backend.waitsForClient())
        .filter(age -> all.database().flatMap(Database::migrator).filter(this::isThis).isPresent())
        .map(
            age ->
                new Origin(
                    Kind.LIKELY_GONE,
                    Optional.empty(),
                    "%s, and it has waited for its client for %s, where a migrator speaks in a moment"
                        .formatted(nowhere(), Durations.of(age)),
                    List.of(RELAY, ELSEWHERE, "a client that was stopped and continues later")));
  }

  private boolean isThis(int pid) {
    return pid == backend.pid();
  }

  /** Whether it has done something lately. */
  boolean moves() {
    return sighting.filter(seen -> seen.movedAfter(all.now().minus(LATELY))).isPresent();
  }

  /** The kubelet stopped the container of a pod that is gone, after this session had begun. */
  private Optional<Origin> killed() {
    return all.cluster().stream()
        .flatMap(seen -> seen.events().stream())
        .filter(each -> each.kind().equals("Pod") && each.reason().equals("Killing"))
        .filter(each -> gone(each.object()) && clock.thereAt(each.lastAt()))
        .max(Comparator.comparing(ClusterEvent::lastAt))
        .map(
            each ->
                new Origin(
                    Kind.LIKELY_GONE,
                    Optional.empty(),
                    "no pod has its address; the kubelet stopped %s, which is gone, after it had begun"
                        .formatted(each.object()),
                    List.of(RELAY, ELSEWHERE)));
  }

  /** A replica that signs on no more, whose pod is gone. */
  private Optional<Origin> replica() {
    return all.replicas().stream()
        .filter(row -> row.primary() && gone(row.hostname()))
        .filter(row -> row.age().compareTo(STANDS_STILL) > 0)
        .filter(row -> clock.age().filter(age -> age.compareTo(row.age()) > 0).isPresent())
        .map(ReplicaRow::hostname)
        .findFirst()
        .map(
            name ->
                new Origin(
                    Kind.LIKELY_GONE,
                    Optional.empty(),
                    "no pod has its address; the replica %s, whose pod is gone, refreshes its row no more"
                        .formatted(name),
                    List.of(RELAY, ELSEWHERE)));
  }

  /** Whether no pod of this name is listed. */
  boolean gone(String pod) {
    return all.cluster().stream()
        .flatMap(seen -> seen.pods().stream())
        .noneMatch(each -> each.name().equals(pod));
  }

  String nowhere() {
    return backend
        .address()
        .map("no pod has its address %s, which proves nothing"::formatted)
        .orElse("its address is not known");
  }
}
