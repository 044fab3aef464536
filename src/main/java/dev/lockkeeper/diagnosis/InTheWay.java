package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A session that sits idle in a transaction. Nobody may wait for it yet; a migration that touches a
 * table that it holds will.
 *
 * @param backend the session
 * @param tables the tables of which it holds any lock: each keeps an exclusive one away
 * @param behind the pending migrations that touch one of them
 */
public record InTheWay(Backend backend, List<String> tables, List<Migration> behind) {
  public InTheWay {
    tables = List.copyOf(tables);
    behind = List.copyOf(behind);
  }

  /** All of them, whosever they are. */
  public static List<InTheWay> of(Snapshot snapshot, Database database, Knowledge knowledge) {
    return of(database, UpgradePath.of(snapshot, knowledge).pending(knowledge));
  }

  /** The same, with the migrations that are pending. */
  public static List<InTheWay> of(Database database, List<Migration> pending) {
    return database.backends().stream()
        .filter(Backend::idleInTransaction)
        .map(backend -> of(backend, tables(database, backend), pending))
        .toList();
  }

  private static InTheWay of(Backend backend, List<String> tables, List<Migration> pending) {
    return new InTheWay(
        backend,
        tables,
        pending.stream()
            .filter(migration -> migration.touches().stream().anyMatch(tables::contains))
            .toList());
  }

  private static List<String> tables(Database database, Backend backend) {
    return database.locks().stream()
        .filter(lock -> lock.granted() && lock.type().equals("relation"))
        .filter(lock -> lock.pid().filter(pid -> pid == backend.pid()).isPresent())
        .flatMap(lock -> lock.relation().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Who it is and what it holds, in one line. */
  public String who() {
    String tool = backend.application().isBlank() ? "" : " " + backend.application();
    return "pid %d%s is idle in transaction for %s%s"
        .formatted(
            backend.pid(),
            tool,
            backend.transactionAge().map(Spoken::of).orElse("an unknown time"),
            tables.isEmpty() ? "" : " and holds " + String.join(", ", tables));
  }

  /** What would wait for it, in one line; only where something would. */
  public String consequence() {
    return "%s would wait behind it: %s"
        .formatted(
            Spoken.count(behind.size(), "pending migration"),
            behind.stream()
                .map(migration -> Long.toString(migration.number()))
                .collect(Collectors.joining(", ")));
  }
}
