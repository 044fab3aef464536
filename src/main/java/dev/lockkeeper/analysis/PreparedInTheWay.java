package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A prepared transaction that holds a table which a pending migration touches. It has no session,
 * and stays until somebody commits it or rolls it back.
 *
 * @param transaction the transaction
 * @param tables the tables of which it holds any lock
 * @param behind the pending migrations that touch one of them, one or more
 */
public record PreparedInTheWay(
    PreparedTransaction transaction, List<String> tables, List<Migration> behind) {
  public PreparedInTheWay {
    tables = List.copyOf(tables);
    behind = List.copyOf(behind);
  }

  /** All of them. */
  public static List<PreparedInTheWay> of(
      Snapshot snapshot, Database database, Knowledge knowledge) {
    List<Migration> pending = UpgradePath.of(snapshot, knowledge).pending(knowledge);
    return IntStream.range(0, database.prepared().size())
        .mapToObj(index -> of(database, index, pending))
        .filter(each -> !each.behind.isEmpty())
        .toList();
  }

  private static PreparedInTheWay of(Database database, int index, List<Migration> pending) {
    List<String> tables = InTheWay.tables(database, Database.preparedPlace(index));
    return new PreparedInTheWay(
        database.prepared().get(index), tables, InTheWay.touching(tables, pending));
  }

  /** Which it is, what it holds and what would wait for it, in one line; raw. */
  public String told() {
    return "the prepared transaction %s (by %s, %s ago) holds %s; %s"
        .formatted(
            transaction.gid(),
            transaction.owner(),
            Durations.of(transaction.age()),
            String.join(", ", tables),
            InTheWay.waiting(behind));
  }
}
