package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.cluster.Container;
import dev.lockkeeper.practice.cluster.ContainerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs containers of Coder's image. */
public final class CoderdRuntime implements ContainerRuntime, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Releases releases;
  private final List<Migration> migrations = Migration.all();
  private final List<Chore> chores = Chore.all();
  private final double pace;
  private final Optional<Hold> hold;
  private final AtomicInteger starts = new AtomicInteger();
  private final Set<Coderd> running = ConcurrentHashMap.newKeySet();
  private final CountDownLatch database = new CountDownLatch(1);
  private volatile boolean settled;

  /**
   * A runtime.
   *
   * @param releases the images it can run
   * @param pace how much faster than on a real database migrations go; 1 is as slow
   * @param hold a fault in one container, if any
   */
  public CoderdRuntime(Releases releases, double pace, Optional<Hold> hold) {
    this.releases = releases;
    this.pace = pace;
    this.hold = hold;
  }

  /** The database is there: containers may start. Until now {@link #start} waits. */
  public void begin() {
    database.countDown();
  }

  /**
   * The world is made. Until now {@link #start} returned when the server answered, so that a
   * practice does not begin with waiting for probes; from now on it is as in reality.
   */
  public void settle() {
    settled = true;
  }

  @Override
  public Container start(Spec spec, Consumer<String> log) {
    Optional<Release> release = releases.of(spec.image());
    if (release.isEmpty()) {
      return new NoImage(spec.image(), log);
    }
    int start = starts.incrementAndGet();
    Coderd coderd =
        new Coderd(
            spec,
            release.get(),
            new Migrator(release.get(), migrations, pace),
            new Work(chores, pace, hold.filter(fault -> fault.start() == start)),
            log);
    running.removeIf(container -> container.exitCode().isPresent());
    running.add(coderd);
    try {
      database.await();
      coderd.start();
      if (!settled) {
        coderd.awaitServing(PATIENCE);
      }
    } catch (InterruptedException end) {
      coderd.kill();
      Thread.currentThread().interrupt();
    }
    return coderd;
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    running.forEach(Coderd::kill);
  }
}
