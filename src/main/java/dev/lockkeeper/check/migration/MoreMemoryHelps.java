package dev.lockkeeper.check.migration;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Set;

/** The kernel has killed a container for its memory, so that a higher limit alone cures it. */
public record MoreMemoryHelps() implements Check {
  @Override
  public String word() {
    return "more-memory-helps";
  }

  @Override
  public String question() {
    return "coderd is OOMKilled";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return AnotherImageHelps.found(
        snapshot, knowledge, Set.of(Finding.Kind.OUT_OF_MEMORY), "no OOMKill is found");
  }
}
