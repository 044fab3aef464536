package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who blocks the migrator, as checks tell it.
 *
 * @param snapshot what is seen
 * @param state where the migration stands
 * @param candidates the sessions that block it
 */
record Blocking(Snapshot snapshot, MigrationState state, Candidates candidates) {
  /** Empty when it cannot be known. */
  static Optional<Blocking> of(Snapshot snapshot) {
    MigrationState state = MigrationState.of(snapshot);
    return state.kind() == MigrationState.Kind.UNKNOWN
        ? Optional.empty()
        : Candidates.blockers(snapshot).map(found -> new Blocking(snapshot, state, found));
  }

  static Verdict unread() {
    return Verdict.unknown("who blocks a migration cannot be read now");
  }

  /** Those that have a statement under way. */
  static List<Backend> working(List<Backend> sessions) {
    return sessions.stream()
        .filter(each -> each.state().filter("active"::equals).isPresent())
        .toList();
  }

  /**
   * Whether none of these is left. Where none is, but others block, the evidence says so; whom
   * nobody may end counts as one that blocks unless {@code otherwise} is given.
   */
  Verdict answer(List<Backend> concerned, String otherwise) {
    if (!concerned.isEmpty()) {
      return Verdict.fail(told(concerned));
    }
    boolean others = !candidates.sessions().isEmpty() || !candidates.leftAlone().isEmpty();
    if (others) {
      return otherwise.isEmpty() ? Verdict.fail(everybody()) : Verdict.pass(otherwise);
    }
    if (Candidates.preparedBlocks(snapshot)) {
      return Verdict.pass("only a prepared transaction does");
    }
    return state.kind() == MigrationState.Kind.BLOCKED
        ? Verdict.unknown(state.headline() + ": for whom it waits is not known")
        : Verdict.pass("no session does: " + state.headline());
  }

  /** Whether our role may not look into one of them. */
  boolean hidden() {
    Optional<Database> database = snapshot.freshDatabase();
    return database.isPresent()
        && database.get().sessions(Blockers.of(database.get()).roots()).stream()
            .anyMatch(Backend::hidden);
  }

  /** All of them, those that are left alone with the reason. */
  String everybody() {
    return Stream.concat(
            candidates.sessions().stream().map(each -> Candidates.told(each, snapshot)),
            candidates.leftAlone().stream().map("left alone: "::concat))
        .collect(Collectors.joining("; "));
  }

  private String told(List<Backend> sessions) {
    return sessions.stream()
        .map(each -> Candidates.told(each, snapshot))
        .collect(Collectors.joining("; "));
  }
}
