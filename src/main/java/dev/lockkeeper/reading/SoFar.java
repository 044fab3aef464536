package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.InTheWay;
import dev.lockkeeper.analysis.Shortage;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** What is to be seen where nothing is found: no failure yet, and not nothing, either. */
public final class SoFar {
  private SoFar() {}

  /** Wanted pods that do not serve, or transactions that stay open; empty where all is well. */
  public static Optional<String> sentence(Snapshot snapshot, Knowledge knowledge) {
    return Shortage.of(snapshot)
        .map(Shortage::sentence)
        .or(() -> snapshot.freshDatabase().flatMap(seen -> open(snapshot, seen, knowledge)));
  }

  private static Optional<String> open(Snapshot snapshot, Database seen, Knowledge knowledge) {
    List<InTheWay> idle =
        InTheWay.unnoticed(seen, UpgradePath.of(snapshot, knowledge).pending(knowledge));
    List<Database.PreparedTransaction> prepared = seen.prepared();
    return idle.stream()
        .findFirst()
        .map(first -> first.who() + more(idle.size() - 1 + prepared.size()))
        .or(
            () ->
                prepared.stream()
                    .findFirst()
                    .map(
                        first ->
                            "the prepared transaction %s stays open%s"
                                .formatted(first.gid(), more(prepared.size() - 1))))
        .map(who -> who + "; nobody is seen to wait for it");
  }

  private static String more(int count) {
    return count == 0 ? "" : ", and %d more stay open".formatted(count);
  }
}
