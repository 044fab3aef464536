package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whose sessions our database role may end.
 *
 * @param read the database; empty when it was not read just now
 */
record EndingRight(Optional<Database> read) {
  static EndingRight of(Snapshot snapshot) {
    return new EndingRight(snapshot.freshDatabase());
  }

  /** PASS for a role that may end others; for any other it depends on whose the sessions are. */
  Verdict judged(Function<EndingRight, Verdict> bySession) {
    if (read.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    boolean others = database().rights().superuser() || database().rights().maySignal();
    return others
        ? Verdict.pass(role() + " may end sessions of other roles")
        : bySession.apply(this);
  }

  /** FAIL when one of these is another role's. */
  Optional<Verdict> against(List<Backend> sessions) {
    return sessions.stream().allMatch(each -> each.user().equals(role()))
        ? Optional.empty()
        : Optional.of(Verdict.fail(lacks() + ": somebody else has to end it"));
  }

  /** UNKNOWN when there are sessions of which nobody can say whose they are. */
  Optional<Verdict> unseen() {
    return HiddenSessions.sessions(database())
        .map(what -> Verdict.unknown("%s; %s".formatted(what, lacks())));
  }

  String lacks() {
    return role() + " lacks pg_signal_backend";
  }

  Database database() {
    return read.orElseThrow();
  }

  private String role() {
    return database().identity().user();
  }
}
