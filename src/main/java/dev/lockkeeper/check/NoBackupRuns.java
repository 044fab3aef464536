package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Sessions;
import dev.lockkeeper.diagnosis.Spoken;
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
    Sessions sessions = Sessions.of(snapshot, database.get());
    List<Backend> backups = sessions.backups();
    if (!backups.isEmpty()) {
      return Verdict.fail(
          backups.stream()
              .map(each -> each.application() + " (pid " + each.pid() + ")")
              .collect(Collectors.joining(", ")));
    }
    return sessions.hidden() == 0
        ? Verdict.pass("no session of pg_dump or its like")
        : Verdict.unknown(
            "%s hidden from our role, any of which may be one: pg_read_all_stats shows them"
                .formatted(Spoken.count(sessions.hidden(), "session")));
  }
}
