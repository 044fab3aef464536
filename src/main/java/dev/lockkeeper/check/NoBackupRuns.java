package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Sessions;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** No dump and no base backup reads the database: a migration would wait for it (C19). */
public record NoBackupRuns() implements Check {
  @Override
  public String question() {
    return "no backup is running";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    List<Backend> backups = Sessions.of(snapshot.cluster().value(), database.get()).backups();
    return backups.isEmpty()
        ? Verdict.pass("no session of pg_dump or its like")
        : Verdict.fail(
            backups.stream()
                .map(each -> each.application() + " (pid " + each.pid() + ")")
                .collect(Collectors.joining(", ")));
  }
}
