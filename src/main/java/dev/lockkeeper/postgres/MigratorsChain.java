package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Wait;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks the server itself for whom the migrator waits, and for whom these do, where that rests on
 * the order of a queue: PostgreSQL 13 does not say since when a lock is waited for, and on the
 * others the deadlock detector may have changed the order, which nothing shows. The question is
 * dear, so it is asked for a few sessions.
 */
final class MigratorsChain {
  private static final int ASKED = 8;
  private static final int ROUNDS = 3;

  private final DatabaseConnection connection;

  MigratorsChain(DatabaseConnection connection) {
    this.connection = connection;
  }

  /**
   * Puts the server's answer in the place of what rests on an order.
   *
   * @throws SQLException if the connection broke
   */
  List<Wait> settle(List<Wait> waits, Optional<Integer> migrator) throws SQLException {
    Map<Integer, Wait> byPid = new TreeMap<>();
    waits.forEach(wait -> byPid.put(wait.pid(), wait));
    for (int round = 0; round < ROUNDS && migrator.isPresent(); round++) {
      List<Integer> uncertain = uncertain(byPid, migrator.get());
      if (uncertain.isEmpty()) {
        break;
      }
      ask(uncertain).forEach(wait -> byPid.merge(wait.pid(), wait, MigratorsChain::told));
    }
    return List.copyOf(byPid.values());
  }

  /** The server calls every prepared transaction 0; which ones hold a lock was known before. */
  private static Wait told(Wait before, Wait server) {
    List<Integer> prepared =
        before.blockers().stream().filter(pid -> pid < 0).collect(Collectors.toList());
    if (prepared.isEmpty() || !server.blockers().contains(LockForest.PREPARED)) {
      return server;
    }
    Set<Integer> blockers = new TreeSet<>(server.blockers());
    blockers.remove(LockForest.PREPARED);
    blockers.addAll(prepared);
    return new Wait(server.pid(), List.copyOf(blockers));
  }

  /** Upwards from the migrator, nearest first. */
  private static List<Integer> uncertain(Map<Integer, Wait> waits, int migrator) {
    Set<Integer> seen = new HashSet<>(List.of(migrator));
    Deque<Integer> chain = new ArrayDeque<>(seen);
    List<Integer> uncertain = new java.util.ArrayList<>();
    while (!chain.isEmpty()) {
      Wait wait = waits.get(chain.remove());
      if (wait != null) {
        if (!wait.certain() || !wait.queued().isEmpty()) {
          uncertain.add(wait.pid());
        }
        wait.blockers().stream().filter(seen::add).forEach(chain::add);
      }
    }
    return uncertain.stream().limit(ASKED).collect(Collectors.toList());
  }

  /** Numbers alone are put into the text. */
  private List<Wait> ask(List<Integer> pids) throws SQLException {
    String list = pids.stream().map(String::valueOf).collect(Collectors.joining(","));
    String question = Question.WAITS.sql().replace(":pids", list);
    return connection.ask(ReadSettings.catalog(), question).get(0).stream()
        .map(row -> new Wait(row.number("pid"), blockers(row)))
        .collect(Collectors.toList());
  }

  private static List<Integer> blockers(Row row) {
    return row.list("blockers").stream()
        .map(blocker -> Integer.valueOf(blocker.orElseThrow()))
        .distinct()
        .sorted()
        .collect(Collectors.toList());
  }
}
