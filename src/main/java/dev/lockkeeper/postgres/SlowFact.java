package dev.lockkeeper.postgres;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.snapshot.Observed;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A fact that is read less often than the others and may fail without harming them. When it cannot
 * be read its last value stays, with the reason beside it.
 *
 * @param <T> the kind of fact
 */
final class SlowFact<T> {
  /** A question may keep the server busy for a twentieth of the time at most. */
  private static final int REST = 20;

  /** After a failure it is asked so much less often. */
  private static final int RELUCTANCE = 5;

  private static final Duration RELUCTANT = Duration.ofSeconds(10);

  private final Duration interval;
  private final Set<String> tables;
  private final Reading<T> reading;
  private Observed<T> observed = Observed.notYet(SteadyClock.now());
  private long due = System.nanoTime();

  /**
   * A fact that was not read yet.
   *
   * @param interval how often to read it at most
   * @param tables the tables that it reads: while one of them is locked exclusively it is not asked
   * @param reading asks the question
   */
  SlowFact(Duration interval, Set<String> tables, Reading<T> reading) {
    this.interval = interval;
    this.tables = tables;
    this.reading = reading;
  }

  /** Asks one question. */
  interface Reading<T> {
    T read(DatabaseConnection connection) throws SQLException;
  }

  Observed<T> observed() {
    return observed;
  }

  /** It cannot be asked at all now. */
  void unavailable(String reason) {
    lose(reason);
    due = System.nanoTime();
  }

  private void lose(String reason) {
    observed =
        observed.value().isPresent()
            ? observed.lost(reason)
            : Observed.unknown(reason, SteadyClock.now());
  }

  /** It is read with the next refresh: another connection may have another answer. */
  void hurry() {
    due = System.nanoTime();
  }

  /**
   * Reads it if it is due.
   *
   * @param closed the tables that must be left alone now
   * @throws SQLException if the connection broke
   */
  void refresh(DatabaseConnection connection, DatabaseAddress address, Set<String> closed)
      throws SQLException {
    if (tables.stream().anyMatch(closed::contains)) {
      unavailable("a migration keeps the table locked: it is read again when the lock is gone");
    } else if (System.nanoTime() - due >= 0) {
      ask(connection, address);
    }
  }

  private void ask(DatabaseConnection connection, DatabaseAddress address) throws SQLException {
    long start = System.nanoTime();
    Instant at = SteadyClock.now();
    try {
      observed = Observed.known(reading.read(connection), at);
      rest(start, interval);
    } catch (SQLException e) {
      if (Failures.state(e).equals(Failures.CANCELLED)) {
        cutShort(start, e, address);
        return;
      }
      lose(Failures.asking(e, address));
      Duration longer = interval.multipliedBy(RELUCTANCE);
      rest(start, longer.compareTo(RELUCTANT) > 0 ? longer : RELUCTANT);
      if (Failures.breaksConnection(e)) {
        throw e;
      }
    }
  }

  /** A busy server may answer the next time; until then the last answer is as old as it is. */
  private void cutShort(long start, SQLException why, DatabaseAddress address) {
    if (observed.value().isEmpty()) {
      lose(Failures.asking(why, address));
    }
    rest(start, interval);
  }

  private void rest(long start, Duration atLeast) {
    long now = System.nanoTime();
    due = now + Math.max(atLeast.toNanos(), (now - start) * REST);
  }
}
