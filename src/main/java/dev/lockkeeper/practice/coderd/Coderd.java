package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.cluster.Container;
import dev.lockkeeper.practice.cluster.ContainerRuntime.Spec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One process of Coder's server, from its first log line to its exit code. */
final class Coderd implements Container {
  private static final int RUNNING = -1;
  private static final int KILLED = 137;
  private static final long HEARTBEAT_SECONDS = 5;
  private static final long CONNECT_SECONDS = 30;

  private final Spec spec;
  private final Release release;
  private final Migrator migrator;
  private final Work work;
  private final Log log;
  private final CountDownLatch serving = new CountDownLatch(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean outOfMemory;
  private final AtomicInteger exit = new AtomicInteger(RUNNING);
  private volatile Connections connections;
  private volatile Listener listener;

  Coderd(Spec spec, Release release, Migrator migrator, Work work, Consumer<String> lines) {
    this.spec = spec;
    this.release = release;
    this.migrator = migrator;
    this.work = work;
    this.log = new Log(Clock.systemUTC(), lines, () -> exit.get() == RUNNING);
  }

  void start() {
    Thread thread = new Thread(this::run, "coderd " + spec.pod());
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until it answers HTTP, or for so long. */
  void awaitServing(Duration patience) throws InterruptedException {
    serving.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      live();
      exit.compareAndSet(RUNNING, 0);
    } catch (CoderdFailed failed) {
      log.line(
          "Encountered an error running \"coder server\","
              + " see \"coder server --help\" for more information");
      log.line("error: " + failed.getMessage().stripTrailing());
      exit.compareAndSet(RUNNING, 1);
    } finally {
      end();
    }
  }

  private void live() throws CoderdFailed {
    String accessUrl = spec.environment().getOrDefault("CODER_ACCESS_URL", "https://coder.invalid");
    listen(accessUrl);
    log.line("Started HTTP listener at http://0.0.0.0:" + Listener.PORT);
    log.line("");
    log.line("View the Web UI: " + accessUrl);
    connections = new Connections(database(), spec.address());
    Connection session = connect();
    migrator.run(session);
    if (stopped(0)) {
      return;
    }
    log.info("pubsub: pubsub dialing postgres", "network=tcp");
    log.info("pubsub: pubsub postgres TCP connection established", "network=tcp");
    log.line("");
    log.line("==> Logs will stream in below (press ctrl+c to gracefully exit):");
    Replica replica = new Replica(spec, release);
    replica.register(session);
    work.start(spec.pod(), connections, stop);
    listener.serve();
    serving.countDown();
    Connection last = beat(replica, session);
    log.line("Interrupt caught, gracefully exiting. Use ctrl+\\ to force quit");
    log.line("Shutting down API server...");
    replica.sayGoodbye(last);
    log.line("Gracefully shut down API server");
  }

  private void listen(String accessUrl) throws CoderdFailed {
    try {
      listener = Listener.bind(spec.address(), accessUrl, release);
    } catch (IOException taken) {
      throw new CoderdFailed(
          "configure http(s): create http listener: listen tcp "
              + spec.address()
              + ":"
              + Listener.PORT
              + ": bind: address already in use");
    }
    if (exit.get() != RUNNING) {
      listener.close();
    }
  }

  private DatabaseAddress database() throws CoderdFailed {
    try {
      return DatabaseAddress.parse(spec.environment().getOrDefault("CODER_PG_CONNECTION_URL", ""));
    } catch (IllegalArgumentException unreadable) {
      throw new CoderdFailed("connect to postgres: " + unreadable.getMessage());
    }
  }

  private Connection connect() throws CoderdFailed {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
    for (int attempt = 1; ; attempt++) {
      try {
        return connections.open();
      } catch (SQLException refused) {
        String reason = refused.getMessage().lines().findFirst().orElse("");
        if (System.nanoTime() > deadline || stopped(Math.min(attempt, 3) * 1000L)) {
          throw new CoderdFailed(
              "connect to postgres: connect to postgres: unable to connect after "
                  + attempt
                  + " tries; last error: "
                  + reason);
        }
        log.warn("connect to postgres: retrying", "error=\"" + reason + "\"  try=" + attempt);
      }
    }
  }

  private Connection beat(Replica replica, Connection first) {
    Connection session = first;
    while (!stopped(HEARTBEAT_SECONDS * 1000)) {
      try {
        if (session.isClosed()) {
          session = connections.open();
        }
        replica.beat(session);
      } catch (SQLException lost) {
        log.warn("replica heartbeat failed", "error=\"" + lost.getSQLState() + "\"");
      }
    }
    return session;
  }

  private boolean stopped(long milliseconds) {
    try {
      return stop.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void end() {
    stop.countDown();
    serving.countDown();
    Listener bound = listener;
    if (bound != null) {
      bound.close();
    }
    Connections sessions = connections;
    if (sessions != null) {
      sessions.close();
    }
  }

  @Override
  public OptionalInt exitCode() {
    int code = exit.get();
    return code == RUNNING ? OptionalInt.empty() : OptionalInt.of(code);
  }

  @Override
  public boolean outOfMemory() {
    return outOfMemory;
  }

  void runOutOfMemory() {
    outOfMemory = true;
    kill();
  }

  /** From its next statement on, it stands still. */
  void freeze() {
    migrator.freeze();
  }

  @Override
  public void terminate() {
    stop.countDown();
  }

  @Override
  public void kill() {
    if (exit.compareAndSet(RUNNING, KILLED)) {
      Connections sessions = connections;
      if (sessions != null) {
        sessions.drop();
      }
      Listener bound = listener;
      if (bound != null) {
        bound.close();
      }
      stop.countDown();
      migrator.wake();
    }
  }
}
