package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Sessions;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Our database role may end the sessions of coderd, should one of them be in the way. */
public record MayEndSessions() implements Check {
  @Override
  public String question() {
    return "our database role may end a session that blocks";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    String role = database.get().identity().user();
    if (database.get().rights().superuser() || database.get().rights().maySignal()) {
      return Verdict.pass(role + " may end sessions of other roles");
    }
    List<Backend> coderd = Sessions.of(snapshot.cluster().value(), database.get()).coderd();
    String lacks = role + " lacks pg_signal_backend";
    if (coderd.isEmpty()) {
      return Verdict.pass("coderd has no session to end; for others, " + lacks);
    }
    boolean own = coderd.stream().allMatch(each -> each.user().equals(role));
    return own
        ? Verdict.pass("coderd's sessions are its own; for others, " + lacks)
        : Verdict.fail(lacks + ": somebody else would have to end it");
  }
}
