package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Observed.Cause;
import dev.lockkeeper.snapshot.SchemaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What cannot be seen, so that nobody takes silence for an answer. */
final class Blindness {
  private Blindness() {}

  static List<Finding> find(RuleInput sight) {
    List<String> hidden = new ArrayList<>();
    sight.database().ifPresent(database -> inDatabase(database, hidden));
    sight.cluster().ifPresent(cluster -> inCluster(cluster, hidden));
    Optional<Database> standby =
        sight.snapshot().freshDatabase().filter(seen -> seen.identity().standby());
    standby.ifPresent(
        seen -> hidden.add("the server is a standby: it does not show the primary's sessions"));
    if (hidden.isEmpty()) {
      return List.of();
    }
    return List.of(
        Finding.proven(
            Kind.BLIND,
            standby.isPresent() ? Urgency.BEWARE : Urgency.KNOW,
            "%s cannot be seen: %s"
                .formatted(
                    hidden.size() == 1 ? "One thing" : hidden.size() + " things", hidden.get(0)),
            sight.inDatabase(hidden),
            Advice.findOut(
                hidden.size() == 1 && sight.database().filter(Blindness::shut).isPresent()
                    ? "Nothing: it is read again once the connection limit is back."
                    : standby.isPresent()
                        ? "Connect to the primary: no right shows its sessions on a standby."
                        : "Ask for these rights; until then, what is not seen is not known to be"
                            + " absent."),
            ""));
  }

  /** Whether the tables are not seen because the door is closed, and for want of no right. */
  private static boolean shut(Database database) {
    SchemaTable schema = database.schema();
    return schema.state() == SchemaTable.State.UNREADABLE
        && schema.schema().isEmpty()
        && database.load().slots().value().filter(slots -> slots.databaseLimit() == 0).isPresent();
  }

  private static void inDatabase(Database database, List<String> hidden) {
    if (database.hidden() > 0) {
      hidden.add(
          "%s hidden from role %s: GRANT pg_read_all_stats (or pg_monitor)"
              .formatted(
                  Durations.count(database.hidden(), "session"), database.identity().user()));
    }
    SchemaTable.State table = database.schema().state();
    if (table == SchemaTable.State.UNREADABLE || table == SchemaTable.State.AMBIGUOUS) {
      hidden.add("the schema number: " + database.schema().detail());
    }
    if (database
        .migrationLock()
        .holder()
        .filter(pid -> database.backend(pid).isEmpty())
        .isPresent()) {
      hidden.add("the session that holds the migration lock");
    }
  }

  private static void inCluster(Cluster cluster, List<String> hidden) {
    if (cluster.scalers().cause() == Cause.FAILED) {
      hidden.add(cluster.scalers().reason());
    }
    Stream.of(
            Stream.of(cluster.scalers()),
            cluster.workload().served().stream().map(each -> each.version()),
            cluster.workload().logs().stream().map(each -> each.tail()))
        .flatMap(each -> each)
        .filter(each -> each.cause() == Cause.FORBIDDEN)
        .map(Observed::reason)
        .distinct()
        .forEach(hidden::add);
  }
}
