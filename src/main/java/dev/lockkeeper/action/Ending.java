package dev.lockkeeper.action;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.WaitPrediction;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the end of some sessions is put to the operator: each by name, and each that is left alone
 * with the reason.
 */
final class Ending {
  /** More than these are told as a number; the whole list stands behind the question. */
  private static final int NAMED = 4;

  private final Snapshot snapshot;
  private final Manner manner;
  private final Grounds grounds;

  Ending(Snapshot snapshot, Manner manner, Grounds grounds) {
    this.snapshot = snapshot;
    this.manner = manner;
    this.grounds = grounds;
  }

  /**
   * A plan for these sessions.
   *
   * @param nobody the reason when there is none
   * @param consequences what follows besides, a line each
   */
  Proposal of(Candidates candidates, String nobody, List<String> consequences) {
    List<Backend> sessions = candidates.sessions();
    if (sessions.isEmpty()) {
      return Proposal.none(
          candidates.leftAlone().isEmpty()
              ? nobody
              : "no session may be ended; left alone: "
                  + String.join("; ", candidates.leftAlone()));
    }
    Database database = snapshot.freshDatabase().orElseThrow();
    Optional<Prediction> prediction = prediction(database, sessions);
    EndRequest request =
        new EndRequest(
            database.identity(),
            manner,
            grounds,
            sessions.stream().map(this::named).toList(),
            prediction);
    List<String> effects = new ArrayList<>(shortened(told(sessions), "more"));
    effects.addAll(doubts(sessions));
    prediction.map(Prediction::told).ifPresent(effects::add);
    effects.addAll(consequences);
    effects.addAll(shortened(left(candidates), "more left alone"));
    if (candidates.hidden() > 0) {
      effects.add(
          Durations.count(candidates.hidden(), "session")
              + " hidden from our role: whose they are is not known");
    }
    return Proposal.of(
        new Plan(request, risk(!doubts(sessions).isEmpty()), effects, undo(), phrase(sessions)));
  }

  /** Of whoever migrates, or comes next where it is the migrator that ends. */
  private Optional<Prediction> prediction(Database database, List<Backend> sessions) {
    List<Integer> ended = sessions.stream().map(Backend::pid).toList();
    return database
        .migrator()
        .filter(migrator -> !ended.contains(migrator))
        .or(
            () ->
                database.migrationLock().waiters().stream()
                    .filter(waiter -> !ended.contains(waiter))
                    .findFirst())
        .flatMap(waiter -> WaitPrediction.of(database, waiter, ended))
        // Of a statement that is cancelled within a savepoint the locks before it stay.
        .map(release -> manner == Manner.CANCEL ? release.doubted() : release)
        .flatMap(release -> Prediction.of(snapshot, database, release));
  }

  /**
   * What speaks against that a client has ended, or that it blocks, stands in the question, and in
   * what is typed.
   */
  private List<String> doubts(List<Backend> sessions) {
    Stream<String> clients =
        sessions.stream()
            .flatMap(each -> Candidates.doubts(each, snapshot).stream())
            .distinct()
            .map("in doubt: it could also be "::concat);
    boolean ordered =
        grounds != Grounds.BLOCKS_MIGRATION
            || snapshot
                .freshDatabase()
                .map(database -> Blockers.of(database).surely())
                .filter(surely -> sessions.stream().map(Backend::pid).allMatch(surely::contains))
                .isPresent();
    Stream<String> order =
        ordered
            ? Stream.of()
            : Stream.of("in doubt: only the order of a queue, which is not certain, says so");
    return Stream.concat(clients, order).toList();
  }

  private Risk risk(boolean doubted) {
    return manner == Manner.CANCEL && !doubted ? Risk.DISRUPTIVE : Risk.IRREVERSIBLE;
  }

  private String undo() {
    return manner == Manner.CANCEL
        ? "none: whoever sent the statement has to send it again"
        : "none: what a session had not committed is rolled back";
  }

  /** The one pid, or how many: both stand on the screen; and that it is in doubt, where it is. */
  private String phrase(List<Backend> sessions) {
    String which = Integer.toString(sessions.size() == 1 ? sessions.get(0).pid() : sessions.size());
    return doubts(sessions).isEmpty() ? which : which + "-in-doubt";
  }

  private EndRequest.Session named(Backend backend) {
    return new EndRequest.Session(
        backend.pid(),
        backend.backendStart(),
        backend.user(),
        Candidates.who(backend, snapshot),
        backend.activity().pulse().statement());
  }

  private List<String> told(List<Backend> sessions) {
    String what = manner == Manner.CANCEL ? "its statement fails: " : "ends: ";
    return sessions.stream().map(each -> what + Candidates.told(each, snapshot)).toList();
  }

  private static List<String> left(Candidates candidates) {
    return candidates.leftAlone().stream().map("left alone: "::concat).toList();
  }

  private static List<String> shortened(List<String> lines, String more) {
    if (lines.size() <= NAMED) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, NAMED));
    some.add("and %d %s".formatted(lines.size() - NAMED, more));
    return some;
  }

  /** Pools that come back at once make the end of their sessions worthless. */
  static Optional<String> pools(Snapshot snapshot) {
    int pods = snapshot.freshCluster().map(seen -> seen.pods().size()).orElse(0);
    return pods == 0
        ? Optional.empty()
        : Optional.of(
            "%s still there: ended sessions are back within 0.1 s"
                .formatted(Durations.count(pods, "pod")));
  }
}
