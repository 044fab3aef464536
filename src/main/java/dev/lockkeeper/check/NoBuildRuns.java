package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database.Usage;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** No provisioner job runs or waits: a stop would cut it off and leave orphaned resources (C90). */
public record NoBuildRuns() implements Check {
  @Override
  public String question() {
    return "no build is running or pending";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Usage> usage =
        snapshot.freshDatabase().flatMap(seen -> Lately.read(seen.usage(), snapshot));
    if (usage.isEmpty()) {
      return Verdict.unknown("builds cannot be counted");
    }
    return Verdict.of(
            usage.get().jobs() == 0,
            "%d running, %d pending"
                .formatted(usage.get().runningJobs(), usage.get().pendingJobs()))
        .withFigure(Long.toString(usage.get().jobs()));
  }
}
