package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.PodFailure;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import java.util.ArrayList;
import java.util.List;

/** A database that a pod does not reach, or that we do not. */
final class Unreachable {
  private Unreachable() {}

  static List<Finding> find(RuleInput sight) {
    List<Finding> found = new ArrayList<>();
    sight.failures().stream()
        .filter(
            each ->
                each.failure().kind().outOfReach()
                    && !PodFailure.connected(sight.snapshot(), each.pod()))
        .findFirst()
        .ifPresent(each -> found.add(fromPod(sight, each)));
    Observed<Database> database = sight.snapshot().database();
    if (!database.isKnown() && !database.isPending()) {
      found.add(fromHere(database, sight));
    }
    return found;
  }

  private static Finding fromPod(RuleInput sight, PodFailure failed) {
    return Finding.proven(
        Kind.DATABASE_OUT_OF_REACH,
        Urgency.ACT,
        failed.pod().name() + " does not reach its database: " + failed.failure().text(),
        sight.inCluster(List.of(failed.evidence())),
        Advice.findOut(advice(failed.failure())),
        "take it for a stuck migration: none has begun.");
  }

  private static String advice(LogFailure failure) {
    return switch (failure.kind()) {
      case BAD_URL ->
          "Escape special characters of the password in CODER_PG_CONNECTION_URL (%40 for @).";
      case NO_SCHEMA ->
          "The search_path of the URL or of the role names a schema that is not there.";
      case OLD_POSTGRES -> "Upgrade PostgreSQL to 13 or newer first; coderd changed nothing.";
      case SETUP_LOCK ->
          "Its connection was lost while it waited for the migration lock; it starts again.";
      case UNREACHABLE,
          RETRYING,
          NEWER_DATABASE,
          DIRTY,
          SQL,
          SQL_NUMBERED,
          SETUP,
          OTHER_SQL,
          V1_DATABASE,
          LOCK_TIMEOUT ->
          "Check the URL in the Secret, network policies, and whether the server takes"
              + " connections.";
    };
  }

  private static Finding fromHere(Observed<Database> database, RuleInput sight) {
    List<String> evidence = new ArrayList<>(List.of(database.reason()));
    if (database.value().isPresent()) {
      evidence.add(
          "read last %s ago".formatted(Durations.of(database.age(sight.snapshot().now()))));
    }
    return Finding.proven(
        Kind.DATABASE_OUT_OF_REACH,
        Urgency.BEWARE,
        "The database cannot be read from here: nobody sees what a migration does",
        sight.inDatabase(evidence),
        Advice.findOut("Restore the connection from this machine; the pods may well have theirs."),
        "conclude from this that the migration stopped.");
  }
}
