package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** No dump and no base backup reads the database: a migration would wait for it (C19). */
public record NoBackupRuns() implements Check {
  /** It never ends, and is no backup that could be cut off. */
  private static final String ARCHIVER = "pg_receivewal";

  @Override
  public String word() {
    return "no-backup-runs";
  }

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
    List<String> running =
        Stream.concat(
                sessions.backups().stream()
                    .filter(each -> !each.application().startsWith(ARCHIVER))
                    .map(each -> named(each.application(), each.pid(), Optional.empty())),
                elsewhere(database.get()))
            .distinct()
            .toList();
    if (!running.isEmpty()) {
      return Verdict.fail(String.join(", ", running));
    }
    if (!database.get().load().upkeep().isKnown()) {
      return Verdict.unknown(
          "whether a base backup runs: " + database.get().load().upkeep().reason());
    }
    return sessions.hidden() == 0
        ? Verdict.pass("no base backup, and no session of pg_dump or its like on this server")
        : Verdict.unknown(
            "%s hidden from our role, any of which may be one: pg_read_all_stats shows them"
                .formatted(Durations.count(sessions.hidden(), "session")));
  }

  /** Those of the whole server: a base backup has no database, and tools may use another one. */
  private static Stream<String> elsewhere(Database database) {
    return database.load().upkeep().value().stream()
        .flatMap(upkeep -> upkeep.backups().stream())
        .map(
            each ->
                named(
                    each.tool().isBlank() ? "a base backup" : each.tool(),
                    each.pid(),
                    Optional.of(each.database())
                        .filter(
                            name -> !name.isEmpty() && !name.equals(database.identity().name()))));
  }

  private static String named(String tool, int pid, Optional<String> database) {
    return "%s (pid %d%s)".formatted(tool, pid, database.map(", database "::concat).orElse(""));
  }
}
