package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.JournalLines;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.practice.apiserver.RequestLog;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run left behind, without what differs between worlds: it must be the same however often
 * the wizard died.
 *
 * @param writes what was asked of the API server, but for leases and dry runs
 * @param acts what was asked of the database server, where its log says so
 * @param deployment wanted and ready replicas, and the image
 * @param database schema row, connection limit, prepared transactions
 * @param steps the steps that were completed, in order
 * @param intended the steps whose acts were intended, without repetitions
 * @param ended whether the run is over
 * @param debts what is owed
 */
record End(
    List<String> writes,
    List<String> acts,
    String deployment,
    List<String> database,
    List<String> steps,
    List<String> intended,
    boolean ended,
    List<String> debts) {
  private static final String STATE =
      "SELECT 'schema ' || version || CASE WHEN dirty THEN ' dirty' ELSE ' clean' END"
          + " FROM schema_migrations"
          + " UNION ALL SELECT 'limit ' || datconnlimit FROM pg_database"
          + " WHERE datname = current_database()"
          + " UNION ALL SELECT 'prepared ' || gid FROM pg_prepared_xacts";

  /** What is there now; the journal must be whole. */
  static End of(Witness witness) {
    Path runs = witness.world().resolve("runs");
    List<Entry> journal = Witness.journal(runs);
    assertThat(fault(runs)).isEmpty();
    Progress progress = Progress.of(journal, Instant.EPOCH);
    return new End(
        witness.writesBy("operator").stream().map(End::told).toList(),
        new StatementLog(witness.world()).acts(),
        told(witness.deployment()),
        witness.ask(STATE),
        steps(journal, Kind.COMPLETED),
        steps(journal, Kind.INTENDED).stream().distinct().toList(),
        progress.ended(),
        progress.debts().stream().map(Debt::text).toList());
  }

  private static Optional<?> fault(Path runs) {
    try {
      return JournalLines.ofRun(Witness.journalFile(runs)).fault();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> steps(List<Entry> journal, Kind kind) {
    return journal.stream().filter(entry -> entry.kind() == kind).map(Entry::step).toList();
  }

  /** Without uids and generations; of a value that is an object, only that it is there. */
  private static String told(RequestLog.Entry write) {
    return "%s %d %s"
        .formatted(
            write.path().replaceAll("\\?.*", "").replaceAll(".*/deployments/", ""),
            write.code(),
            Witness.operations(write).stream()
                .filter(operation -> !operation.startsWith("test "))
                .map(operation -> operation.replaceFirst(" (\\{.*)?$", ""))
                .collect(Collectors.joining(", ")));
  }

  private static String told(Deployment deployment) {
    return "%d wanted, %d ready, %s"
        .formatted(
            deployment.getSpec().getReplicas(),
            deployment.getStatus().getReadyReplicas(),
            deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getImage());
  }
}
