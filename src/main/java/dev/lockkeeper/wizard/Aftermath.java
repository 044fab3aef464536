package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Prediction;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether acts did for the migrator what they were expected to do. */
final class Aftermath {
  /** A session that is freed asks for its next lock sooner than this. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private Aftermath() {}

  /** For each act of which that can be seen now: under which word it is remembered, and what. */
  static Map<String, String> of(Progress progress, Snapshot snapshot) {
    Map<String, String> seen = new LinkedHashMap<>();
    Observed<Database> database = snapshot.database();
    progress
        .acts()
        .outcomes()
        .values()
        .forEach(
            entry ->
                Prediction.of(entry.data())
                    .filter(any -> entry.kind() == Entry.Kind.DONE)
                    .filter(any -> database.at().isAfter(entry.at().plus(SETTLED)))
                    .flatMap(prediction -> snapshot.freshDatabase().map(prediction::compared))
                    .ifPresent(text -> seen.put(word(entry), text)));
    return seen;
  }

  private static String word(Entry entry) {
    return "effect of %s at %s".formatted(entry.step(), entry.at());
  }
}
