package dev.lockkeeper.action;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * End coderd's own sessions, or all sessions of the database (C31, the second and third step). Both
 * are worthless while pods are there to connect again.
 *
 * @param whole whether all sessions are meant; coderd's own otherwise
 */
public record EndSessions(boolean whole) implements Action {
  @Override
  public String word() {
    return whole ? "end-all-sessions" : "end-coderd-sessions";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> seen = whole ? Candidates.all(snapshot) : Candidates.coderd(snapshot);
    if (seen.isEmpty() || snapshot.freshCluster().isEmpty()) {
      return Proposal.none("cluster or database cannot be read now");
    }
    return new Ending(snapshot, Manner.TERMINATE, whole ? Grounds.DATABASE : Grounds.CODERD)
        .of(
            seen.get(),
            whole ? "no session is left but our own" : "coderd has no session",
            consequences(snapshot));
  }

  private List<String> consequences(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    Ending.pools(snapshot).ifPresent(lines::add);
    if (whole) {
      lines.add("people and tools that are no part of Coder lose their sessions, too");
      lines.add("prepared transactions have no session and stay");
    }
    int unlisted =
        snapshot
            .freshDatabase()
            .map(each -> each.locking().unlisted())
            .map(each -> each.sessions())
            .orElse(0);
    if (unlisted > 0) {
      lines.add("%d more sessions are not listed and stay".formatted(unlisted));
    }
    return lines;
  }
}
