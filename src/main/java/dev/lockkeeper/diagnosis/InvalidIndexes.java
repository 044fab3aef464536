package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Upkeep.InvalidIndex;
import java.util.List;

/** Indexes that a failed {@code CREATE INDEX CONCURRENTLY} has left behind. */
final class InvalidIndexes {
  private InvalidIndexes() {}

  static List<Finding> find(RuleInput sight) {
    List<InvalidIndex> left =
        sight
            .database()
            .map(each -> each.load().upkeep())
            .flatMap(upkeep -> upkeep.value())
            .stream()
            .flatMap(upkeep -> upkeep.invalid().stream())
            .filter(index -> !index.building())
            .toList();
    return left.isEmpty() ? List.of() : List.of(finding(sight, left));
  }

  private static Finding finding(RuleInput sight, List<InvalidIndex> left) {
    InvalidIndex first = left.get(0);
    return Finding.proven(
        Kind.INVALID_INDEX,
        Urgency.KNOW,
        "The index %s of %s is not valid%s"
            .formatted(
                first.name(),
                first.table(),
                left.size() == 1 ? "" : ", and %d more are not".formatted(left.size() - 1)),
        left.stream()
            .map(
                each ->
                    sight.inDatabase(
                        "%s of %s: pg_index.indisvalid is false, and no index is being built"
                            .formatted(each.name(), each.table())))
            .toList(),
        Advice.findOut(
            "Ask who built it: no query uses it, every write updates it, and a unique one does not"
                + " reliably refuse duplicates. It is dropped and built again."),
        "take the migration that built it for finished because its number stands there.");
  }
}
