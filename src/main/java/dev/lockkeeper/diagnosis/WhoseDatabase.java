package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.SchemaOwner;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.SchemaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether this is Coder's database at all, and which of several tables counts. */
public final class WhoseDatabase {
  private WhoseDatabase() {}

  static List<Finding> find(RuleInput sight) {
    Optional<Database> database = sight.database();
    if (database.isEmpty()) {
      return refused(sight).stream().toList();
    }
    if (database.get().schema().v1().isPresent()) {
      return List.of();
    }
    SchemaTable table = database.get().schema();
    List<Finding> found = new ArrayList<>();
    SchemaOwner.wrong(table)
        .map(
            whose ->
                notOurs(
                    sight, database.get().identity().name(), whose, SchemaOwner.evidence(table)))
        .or(() -> refused(sight))
        .ifPresent(found::add);
    empty(sight, database.get()).ifPresent(found::add);
    several(sight, table).ifPresent(found::add);
    beyond(sight, table).ifPresent(found::add);
    return found;
  }

  /** A coderd says which number it found, even where we do not see it. */
  private static Optional<Finding> refused(RuleInput sight) {
    return sight
        .failure(LogFailure.Kind.NEWER_DATABASE)
        .filter(each -> !each.failure().number().filter(SchemaNumber::plausible).isPresent())
        .map(
            each ->
                notOurs(
                    sight,
                    "What " + each.pod().name() + " connects to",
                    each.failure().number().map(String::valueOf).orElse("?")
                        + " is no schema number of Coder's",
                    List.of(each.evidence())));
  }

  private static Finding notOurs(
      RuleInput sight, String what, String whose, List<String> evidence) {
    return Finding.proven(
        Kind.WRONG_DATABASE,
        Urgency.ACT,
        "%s is not Coder's database: %s".formatted(what, whose),
        sight.inDatabase(evidence),
        Advice.findOut(
            "Compare the address with CODER_PG_CONNECTION_URL in the deployment's Secret: host,"
                + " database and search_path."),
        "let coderd start on it: it would write its tables beside those of another program.");
  }

  private static Optional<Finding> empty(RuleInput sight, Database database) {
    SchemaTable table = database.schema();
    return switch (table.state()) {
      case EMPTY ->
          Optional.of(
              empty(
                  sight,
                  table,
                  SchemaOwner.named(table.schema().orElse("?"))
                      + " has no row: there is no schema number",
                  "Ask what emptied it. If Coder has served from this database, ask support, with a"
                      + " backup at hand.",
                  "start coderd: it would take the database for a new one, and begin at migration"
                      + " 1."));
      case MISSING ->
          Optional.of(
              empty(
                  sight,
                  table,
                  database.identity().name() + " is an empty database: Coder never ran on it",
                  "If Coder should have data here, this is the wrong database, or it was lost:"
                      + " compare the address with the deployment's Secret.",
                  "take it for an upgrade: the first coderd that starts makes all of the schema."));
      case SEVERAL_ROWS ->
          Optional.of(
              empty(
                  sight,
                  table,
                  SchemaOwner.named(table.schema().orElse("?"))
                      + " has more than one row: no number counts",
                  "Ask who wrote the other row. With support, and a backup at hand, leave the one"
                      + " that tells what was migrated.",
                  "start coderd: which row it takes is chance."));
      case READ, LOCKED, FOREIGN, AMBIGUOUS, UNREADABLE -> Optional.empty();
    };
  }

  private static Finding empty(
      RuleInput sight, SchemaTable table, String headline, String advice, String not) {
    return Finding.proven(
        Kind.NO_SCHEMA,
        Urgency.BEWARE,
        headline,
        sight.inDatabase(List.of(table.detail())),
        Advice.findOut(advice),
        not);
  }

  private static Optional<Finding> several(RuleInput sight, SchemaTable table) {
    if (table.elsewhere().isEmpty()) {
      return Optional.empty();
    }
    String others = String.join(", ", table.elsewhere().stream().map(SchemaOwner::named).toList());
    boolean chosen = table.schema().isPresent();
    List<String> evidence = new ArrayList<>();
    table
        .schema()
        .ifPresent(
            schema ->
                evidence.add(
                    "read: %s%s, which our search_path names first"
                        .formatted(
                            SchemaOwner.named(schema),
                            table.version().map(number -> " = " + number).orElse(""))));
    evidence.add("not read: " + others);
    return Optional.of(
        Finding.proven(
            Kind.TWO_SCHEMAS,
            Urgency.BEWARE,
            chosen
                ? "%s is read, and there is %s, too"
                    .formatted(SchemaOwner.named(table.schema().get()), others)
                : "Nothing says which schema is Coder's: there are " + others,
            sight.inDatabase(evidence),
            Advice.findOut(
                "Compare with search_path in coderd's URL or on its role; name the schema with"
                    + " ?search_path= in the address here, if it is another."),
            "go on before that is known: the number may be that of another deployment."));
  }

  /** A number that no known release leaves behind, and that Coder may well reach. */
  private static Optional<Finding> beyond(RuleInput sight, SchemaTable table) {
    Optional<Long> highest =
        sight.knowledge().releases().stream().map(each -> each.schema()).max(Long::compare);
    return table
        .version()
        .filter(SchemaNumber::plausible)
        .filter(number -> highest.filter(known -> known < number).isPresent())
        .map(
            number ->
                Finding.proven(
                    Kind.UNKNOWN_SCHEMA,
                    Urgency.KNOW,
                    "The schema is at %d, beyond every release that this program knows (%d)"
                        .formatted(number, highest.orElseThrow()),
                    sight.inDatabase(
                        List.of(SchemaOwner.named(table.schema().orElse("?")) + " = " + number)),
                    Advice.findOut(
                        "If Coder is newer than this program, get a newer Lockkeeper; else find out"
                            + " whose table this is."),
                    ""));
  }
}
