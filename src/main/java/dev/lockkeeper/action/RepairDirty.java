package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Make the dirty row of {@code schema_migrations} clean at the number that was attested (C37). */
public record RepairDirty() implements Action {
  /** Under this word the operator says which number is true. */
  public static final String NUMBER = "dirty-version";

  @Override
  public String word() {
    return "repair-dirty";
  }

  @Override
  public List<String> needs() {
    return List.of(NUMBER);
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    SchemaTable table = database.map(Database::schema).orElse(null);
    if (table == null || table.version().isEmpty() || table.schema().isEmpty()) {
      return Proposal.none("schema_migrations cannot be read now");
    }
    long from = table.version().get();
    if (!table.dirty()) {
      return Proposal.none("schema %d is not dirty: nothing is to be repaired".formatted(from));
    }
    Optional<Long> to =
        snapshot
            .run()
            .said(NUMBER)
            .map(RunFacts.Attested::value)
            .filter(text -> text.matches("\\d{1,9}"))
            .map(Long::valueOf);
    if (to.isEmpty()) {
      return Proposal.none("name the true number first, a whole number (r asks again)");
    }
    if (to.get() > from) {
      return Proposal.none(
          "%d is above the dirty %d: it would say that migrations ran that never began (r asks again)"
              .formatted(to.get(), from));
    }
    if (to.get() != from && knowledge.migration(to.get()).isEmpty()) {
      return Proposal.none(
          "no migration of Coder has the number %d (r asks again)".formatted(to.get()));
    }
    return Proposal.of(plan(database.get(), table.schema().get(), from, to.get(), knowledge));
  }

  private static Plan plan(
      Database database, String schema, long from, long to, Knowledge knowledge) {
    RepairRequest request = new RepairRequest(database.identity(), schema, from, to);
    List<String> effects = new ArrayList<>();
    effects.add(
        "one row is changed, under the migration lock, and only if it still says %d, dirty"
            .formatted(from));
    effects.add("no table of Coder is changed: the number must say what is true of them");
    effects.add(
        to == from
            ? "migration %s counts as done in full".formatted(named(from, knowledge))
            : to + 1 == from
                ? "migration %s counts as never begun, and the next pod runs it"
                    .formatted(named(from, knowledge))
                : "migrations %d to %d count as never begun, and the next pod runs them"
                    .formatted(to + 1, from));
    effects.add("a number that is not true makes a later migration fail, or harm the data");
    return new Plan(
        request,
        Risk.IRREVERSIBLE,
        effects,
        "only until a pod has started: " + request.undo(),
        Long.toString(to));
  }

  private static String named(long number, Knowledge knowledge) {
    return knowledge
        .migration(number)
        .map(Migration::name)
        .map(name -> "%d (%s)".formatted(number, name))
        .orElse(Long.toString(number));
  }
}
