package dev.lockkeeper.practice.coderd;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * The daily work of a replica in the database: a few pooled sessions, and one that listens.
 *
 * @param chores one for each pooled session
 * @param pace shortens builds
 * @param hold a transaction that is never ended, if this replica has that fault
 */
record Work(List<Workload> chores, double pace, Optional<Hold> hold) {
  private static final double BUILD_SECONDS = 120;
  private static final Duration RECONNECT = Duration.ofMillis(100);

  /** Starts it; it goes on until the latch opens. */
  void start(String pod, Connections connections, CountDownLatch stop) {
    int number = 0;
    for (Workload chore : chores) {
      thread(pod + " session " + ++number, () -> repeat(chore, connections, stop));
    }
    thread(pod + " pubsub", () -> listen(connections, stop));
    hold.ifPresent(fault -> thread(pod + " hold", () -> holdOn(fault, connections, stop)));
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A pool opens the next session as soon as one is lost. */
  private void repeat(Workload chore, Connections connections, CountDownLatch stop) {
    boolean stopped = false;
    while (!stopped) {
      try (Connection connection = connections.open()) {
        while (!stopped && !connection.isClosed()) {
          perform(chore, connection);
          long rest = chore.every().toMillis();
          stopped = rest(stop, ThreadLocalRandom.current().nextLong(rest / 2, rest * 3 / 2));
        }
      } catch (SQLException lost) {
        stopped = rest(stop, RECONNECT.toMillis());
      }
    }
  }

  private void perform(Workload chore, Connection connection) throws SQLException {
    int random = ThreadLocalRandom.current().nextInt(1, 1000);
    try (Statement statement = connection.createStatement()) {
      for (String text : chore.statements()) {
        statement.execute(
            text.replace(":n", Integer.toString(random))
                .replace(":seconds", Double.toString(BUILD_SECONDS / pace)));
      }
    }
  }

  private static void listen(Connections connections, CountDownLatch stop) {
    boolean stopped = false;
    while (!stopped) {
      try (Connection connection = connections.open();
          Statement statement = connection.createStatement()) {
        statement.execute("LISTEN \"replica\"");
        PGConnection session = connection.unwrap(PGConnection.class);
        while (!stopped) {
          session.getNotifications(1000);
          stopped = rest(stop, 0);
        }
      } catch (SQLException lost) {
        stopped = rest(stop, 1000);
      }
    }
  }

  /** When the session is lost the fault is over: the pool's next session knows nothing of it. */
  private static void holdOn(Hold fault, Connections connections, CountDownLatch stop) {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(fault.statement());
      stop.await();
      connection.rollback();
    } catch (SQLException lost) {
      // Terminated: its locks are free.
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean rest(CountDownLatch stop, long milliseconds) {
    try {
      return stop.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
