package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.PodFailure;
import dev.lockkeeper.analysis.Resting;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.SchemaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mark that a migration began and did not end. */
final class DirtySchema {
  private DirtySchema() {}

  static List<Finding> find(RuleInput sight) {
    Optional<SchemaTable> table = sight.database().map(Database::schema).filter(SchemaTable::dirty);
    Optional<PodFailure> refused = sight.failure(LogFailure.Kind.DIRTY);
    boolean read = sight.database().map(Database::schema).flatMap(SchemaTable::version).isPresent();
    if (sight.migration().underWay() || table.isEmpty() && (refused.isEmpty() || read)) {
      return List.of();
    }
    Optional<Long> number =
        table.flatMap(SchemaTable::version).or(() -> refused.flatMap(p -> p.failure().number()));
    List<String> evidence = new ArrayList<>();
    table.ifPresent(seen -> evidence.add("schema_migrations says dirty"));
    refused.map(PodFailure::evidence).ifPresent(evidence::add);
    evidence.add(Resting.dirt(sight.snapshot()));
    number
        .flatMap(sight.knowledge()::migration)
        .ifPresent(
            each -> evidence.add("migration %d is %s".formatted(each.number(), each.name())));
    return List.of(
        Finding.proven(
            Kind.DIRTY,
            Urgency.ACT,
            "The schema is marked dirty%s: no version starts on it"
                .formatted(number.map(each -> " at " + each).orElse("")),
            sight.inDatabase(evidence),
            Advice.findOut(
                "Take a snapshot, and find out with support whether this migration took effect in"
                    + " part, in full or not at all.",
                Steps.DIRTY),
            "clear the mark before that is known: the number must say what is true."));
  }
}
