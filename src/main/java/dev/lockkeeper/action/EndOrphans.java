package dev.lockkeeper.action;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.WhatIsLost;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * End the sessions that hold the migration lock, or wait for it, and whose client has ended. Of one
 * whose client most likely has, the question says the doubt; of one of which it cannot be told,
 * nothing is proposed.
 */
public record EndOrphans() implements Action {
  @Override
  public String word() {
    return "end-orphans";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> orphans = Candidates.orphans(snapshot);
    return orphans.isEmpty()
        ? Proposal.none("cluster or database cannot be read now")
        : new Ending(snapshot, Manner.TERMINATE, Grounds.ORPHANED)
            .of(orphans.get(), nobody(snapshot), consequences(orphans.get(), snapshot));
  }

  private static String nobody(Snapshot snapshot) {
    return Candidates.untold(snapshot)
        .map(
            each ->
                "whether the client of %s is there is not known: %s. Watch whether its statement changes, and ask who migrates"
                    .formatted(Candidates.name(each, snapshot), Candidates.why(each, snapshot)))
        .orElse("no session whose client has ended holds the migration lock");
  }

  /** What is lost is the same of most of them, and is said once. */
  private static List<String> consequences(Candidates orphans, Snapshot snapshot) {
    Stream<String> lost =
        snapshot.freshDatabase().stream()
            .flatMap(
                database ->
                    orphans.sessions().stream().map(each -> WhatIsLost.of(each, database).ended()));
    boolean doubted =
        orphans.sessions().stream().anyMatch(each -> !Candidates.doubts(each, snapshot).isEmpty());
    return Stream.concat(
            lost,
            doubted
                ? Stream.of(
                    "if a client is alive after all, its migration is lost and starts from the"
                        + " beginning")
                : Stream.of())
        .distinct()
        .toList();
  }
}
