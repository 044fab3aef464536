package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Wait;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A session that keeps a transaction open. Nobody may wait for it yet; a migration that touches a
 * table that it holds will.
 *
 * @param backend the session: idle in its transaction, or busy in it for some seconds
 * @param tables the tables of which it holds any lock: each keeps an exclusive one away
 * @param behind the pending migrations that touch one of them
 */
public record InTheWay(Backend backend, List<String> tables, List<Migration> behind) {
  /** coderd is idle for a moment between two statements of a transaction; that is nothing. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  public InTheWay {
    tables = List.copyOf(tables);
    behind = List.copyOf(behind);
  }

  /** All of them but whoever migrates. */
  public static List<InTheWay> of(Snapshot snapshot, Database database, Knowledge knowledge) {
    List<Migration> pending = UpgradePath.of(snapshot, knowledge).pending(knowledge);
    return of(
        database,
        pending,
        each ->
            each.staysInTransaction()
                && database.migrator().filter(pid -> pid == each.pid()).isEmpty());
  }

  /** Those that are idle in their transaction, with the migrations that are pending. */
  public static List<InTheWay> idle(Database database, List<Migration> pending) {
    return of(database, pending, Backend::idleInTransaction);
  }

  /** Those of them who wait for nobody, hold nobody up and migrate nothing, worst first. */
  public static List<InTheWay> unnoticed(Database database, List<Migration> pending) {
    Set<Integer> noticed = new HashSet<>();
    for (Wait wait : LockForest.of(database).waits()) {
      noticed.add(wait.pid());
      noticed.addAll(wait.blockers());
    }
    database.migrationLock().holder().ifPresent(noticed::add);
    database.schema().lockedBy().ifPresent(noticed::add);
    return idle(database, pending).stream()
        .filter(each -> !noticed.contains(each.backend().pid()))
        .filter(each -> lasts(each.backend()))
        .sorted(Comparator.comparingInt(each -> -each.behind().size()))
        .toList();
  }

  private static boolean lasts(Backend backend) {
    return backend.stateAge().filter(age -> age.compareTo(MOMENT) < 0).isEmpty();
  }

  private static List<InTheWay> of(
      Database database, List<Migration> pending, Predicate<Backend> which) {
    return database.backends().stream()
        .filter(which)
        .map(backend -> of(backend, tables(database, backend.pid()), pending))
        .toList();
  }

  private static InTheWay of(Backend backend, List<String> tables, List<Migration> pending) {
    return new InTheWay(backend, tables, touching(tables, pending));
  }

  /** Those of these migrations that touch one of these tables. */
  static List<Migration> touching(List<String> tables, List<Migration> pending) {
    return pending.stream()
        .filter(migration -> migration.touches().stream().anyMatch(tables::contains))
        .toList();
  }

  /** The tables that the session with this pid, or a prepared transaction at its place, holds. */
  static List<String> tables(Database database, int pid) {
    return database.locks().stream()
        .filter(lock -> lock.granted() && lock.type().equals("relation"))
        .filter(lock -> lock.pid().filter(holder -> holder == pid).isPresent())
        .flatMap(lock -> lock.relation().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Who it is and what it holds, in one line. */
  public String who() {
    String tool = backend.application().isBlank() ? "" : " " + backend.application();
    return "pid %d%s is %s in transaction for %s%s"
        .formatted(
            backend.pid(),
            tool,
            backend.idleInTransaction() ? "idle" : "busy",
            backend.transactionAge().map(Durations::of).orElse("an unknown time"),
            tables.isEmpty() ? "" : " and holds " + String.join(", ", tables));
  }

  /** What would wait for it, in one line; only where something would. */
  public String consequence() {
    return waiting(behind);
  }

  static String waiting(List<Migration> behind) {
    return "%s would wait behind it: %s"
        .formatted(
            Durations.count(behind.size(), "pending migration"),
            behind.stream()
                .map(migration -> Long.toString(migration.number()))
                .collect(Collectors.joining(", ")));
  }
}
