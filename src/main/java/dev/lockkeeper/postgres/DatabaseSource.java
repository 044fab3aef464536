package dev.lockkeeper.postgres;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.snapshot.CoderUrl;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Watches the database over one connection on a thread of its own. When the connection is lost it
 * says so, keeps the last value, and connects again by itself.
 */
public final class DatabaseSource implements AutoCloseable {
  private final DatabaseAddress address;
  private final Pace pace;
  private final SlowFacts slowFacts;
  private final Thread thread;
  private volatile Consumer<Observed<Database>> sink = observed -> {};
  private volatile DatabaseConnection connection;
  private volatile boolean closed;

  /** Known to the watching thread alone. */
  private Observed<Database> last = Observed.notYet(SteadyClock.now());

  private int failures;

  public DatabaseSource(DatabaseAddress address, Pace pace) {
    this(address, pace, CoderUrl::unread);
  }

  /**
   * With what Coder's own address sets for its sessions.
   *
   * @param coder tells it, as far as it is read by now; never waits
   */
  public DatabaseSource(DatabaseAddress address, Pace pace, Supplier<CoderUrl> coder) {
    this.address = address;
    this.pace = pace;
    this.slowFacts = new SlowFacts(address, pace, coder);
    this.thread = new Thread(this::run, "lockkeeper-postgres");
    thread.setDaemon(true);
  }

  /**
   * Begins to watch; to be called once.
   *
   * @param sink takes every observation, on the watching thread
   */
  public void watch(Consumer<Observed<Database>> sink) {
    this.sink = sink;
    thread.start();
  }

  /** Hangs up; nothing is observed afterwards. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    DatabaseConnection open = connection;
    if (open != null) {
      open.close();
    }
  }

  private void run() {
    while (!closed) {
      try (DatabaseConnection opened = DatabaseConnection.open(address)) {
        connection = opened;
        slowFacts.hurry();
        readOn(new DatabaseReader(opened, slowFacts), opened);
      } catch (DatabaseException e) {
        lose(e.getMessage());
      } catch (SQLException e) {
        lose(Failures.asking(e, address));
      } catch (RuntimeException e) {
        // A bug must not end the watch in silence: the screen would grow old without a reason.
        lose("what the server answered was not understood (" + e.getClass().getSimpleName() + ")");
      }
      pause(pace.retryAfter(failures++));
    }
  }

  /** Until the connection breaks, or one that leads inside is to be had instead of it. */
  private void readOn(DatabaseReader reader, DatabaseConnection opened) throws SQLException {
    while (!closed && !(opened.isOutside() && !opened.doorIsClosed())) {
      Duration cost = refresh(reader);
      pause(pace.pauseAfter(cost, reader.stir()));
    }
  }

  private Duration refresh(DatabaseReader reader) throws SQLException {
    Instant at = SteadyClock.now();
    try {
      Database database = reader.read();
      failures = 0;
      emit(Observed.known(database, at));
      reader.readSlowFacts();
      return database.load().cost();
    } catch (SQLException e) {
      if (Failures.breaksConnection(e)) {
        throw e;
      }
      lose(Failures.asking(e, address));
      return Duration.between(at, SteadyClock.now());
    }
  }

  private void lose(String reason) {
    emit(
        last.value().isPresent() ? last.lost(reason) : Observed.unknown(reason, SteadyClock.now()));
  }

  private void emit(Observed<Database> observed) {
    if (!closed) {
      last = observed;
      sink.accept(observed);
    }
  }

  private void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      // Only close() interrupts, and the loops look at that.
      Thread.currentThread().interrupt();
    }
  }
}
