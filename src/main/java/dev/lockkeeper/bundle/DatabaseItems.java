package dev.lockkeeper.bundle;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** What the database showed of locks and sessions at one moment. */
final class DatabaseItems {
  private final Snapshot seen;
  private final Database database;

  DatabaseItems(Snapshot seen, Database database) {
    this.seen = seen;
    this.database = database;
  }

  List<Item> items() {
    return List.of(
        Item.of("locks.txt", locks()),
        Item.of("sessions.txt", sessions()),
        Item.of("prepared-transactions.txt", prepared()));
  }

  /** Who waits for whom, as a forest, and then each lock. */
  private List<String> locks() {
    List<String> lines = begin("locks, and who waits for whom");
    LockForest forest = LockForest.of(database);
    lines.add("migrator: " + forest.migrator().map(pid -> "pid " + pid).orElse("none"));
    forest.roots().forEach(root -> tree(root, "", lines));
    forest.unplaced().forEach(pid -> lines.add("pid " + pid + " waits, for whom is not known"));
    if (forest.waiting() == 0) {
      lines.add("nobody waits for a lock");
    }
    lines.add("");
    database.locks().forEach(lock -> lines.add(place(lock) + " " + lock(lock)));
    return lines;
  }

  private void tree(LockForest.Tree tree, String indent, List<String> lines) {
    lines.add(
        indent
            + Blockers.name(database, tree.pid())
            + tree.wants().map(lock -> " " + lock(lock)).orElse("")
            + (tree.behind() > 0 ? ", " + tree.behind() + " behind it" : "")
            + (tree.holdsUpMigrator() ? ", holds up the migrator" : ""));
    tree.holds().forEach(lock -> lines.add(indent + "    " + lock(lock)));
    tree.waiters().forEach(waiter -> tree(waiter, indent + "  ", lines));
  }

  private String place(Lock lock) {
    return lock.pid().map(pid -> Blockers.name(database, pid)).orElse("a prepared transaction");
  }

  private static String lock(Lock lock) {
    return "%s %s of %s %s%s"
        .formatted(
            lock.granted() ? "holds" : "waits for",
            lock.mode(),
            lock.type(),
            lock.relation().orElse(lock.key()),
            lock.waiting().map(time -> ", for " + Durations.of(time)).orElse(""))
        .strip();
  }

  private List<String> sessions() {
    List<String> lines = begin("sessions");
    database.backends().forEach(backend -> session(backend, lines));
    int unlisted = database.locking().unlisted().sessions();
    if (unlisted > 0) {
      lines.add("and %d more that were not read".formatted(unlisted));
    }
    return lines;
  }

  private void session(Backend backend, List<String> lines) {
    lines.add("");
    lines.add("pid %d, began %s".formatted(backend.pid(), backend.backendStart()));
    lines.add("  who          " + Candidates.who(backend, seen));
    lines.add("  role         " + backend.user());
    lines.add("  from         " + backend.address().orElse("a local socket, or hidden"));
    lines.add("  application  " + backend.application());
    lines.add("  state        " + backend.state().orElse("hidden"));
    lines.add(
        "  transaction  "
            + backend.transactionAge().map(age -> "open for " + Durations.of(age)).orElse("none"));
    backend
        .activity()
        .waitEvent()
        .ifPresent(
            event ->
                lines.add(
                    "  waits for    %s: %s"
                        .formatted(backend.activity().waitEventType().orElse(""), event)));
    lines.add(
        "  query        "
            + (backend.hidden() ? "hidden from our role" : Statement.of(backend.query()).text()));
  }

  private List<String> prepared() {
    List<String> lines = begin("prepared transactions");
    database.prepared().forEach(each -> lines.add(Blockers.line(each)));
    if (database.prepared().isEmpty()) {
      lines.add("none");
    }
    return lines;
  }

  private List<String> begin(String title) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s of database %s, read at %s"
            .formatted(title, database.identity().name(), seen.database().at()));
    seen.freshDatabase().ifPresentOrElse(now -> {}, () -> lines.add("OLD: " + old()));
    lines.add("");
    return lines;
  }

  private String old() {
    String why = seen.database().reason();
    return why.isEmpty() ? "the database was not read since" : why;
  }
}
