package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.cluster.Container;
import dev.lockkeeper.practice.cluster.ContainerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs containers of Coder's image. */
public final class CoderdRuntime implements ContainerRuntime, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Releases releases;
  private final List<Migration> migrations;
  private final List<Workload> chores = Workload.all();
  private final double pace;
  private final Optional<Hold> hold;
  private final AtomicInteger starts = new AtomicInteger();
  private final Map<String, Coderd> running = new ConcurrentHashMap<>();
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
    this(releases, pace, hold, Map.of());
  }

  /**
   * A runtime in whose database some migrations take longer.
   *
   * @param slow how many seconds a migration takes at pace 1, by its number
   */
  public CoderdRuntime(
      Releases releases, double pace, Optional<Hold> hold, Map<Integer, Double> slow) {
    this.releases = releases;
    this.pace = pace;
    this.hold = hold;
    this.migrations =
        Migration.all().stream()
            .map(
                each ->
                    slow.containsKey(each.version())
                        ? each.lasting(slow.get(each.version()))
                        : each)
            .toList();
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

  /** The container at an address is killed by the kernel because it took too much memory. */
  public void runOutOfMemory(String address) {
    at(address).ifPresent(Coderd::runOutOfMemory);
  }

  /** The container at an address does nothing any more, and is still there. */
  public void freeze(String address) {
    at(address).ifPresent(Coderd::freeze);
  }

  private Optional<Coderd> at(String address) {
    return Optional.ofNullable(running.get(address))
        .filter(container -> container.exitCode().isEmpty());
  }

  @Override
  public Optional<String> pull(String image) {
    return releases.of(image).isPresent() || CoderV1.is(image)
        ? Optional.empty()
        : Optional.of(
            "rpc error: code = NotFound desc = failed to pull and unpack image \"%s\": failed to"
                    .formatted(image)
                + " resolve reference \"%s\": %s: not found".formatted(image, image));
  }

  @Override
  public Container start(Spec spec, Consumer<String> log) {
    if (CoderV1.is(spec.image())) {
      return CoderV1.start(spec, log);
    }
    // What cannot be pulled is never started.
    Release release = releases.of(spec.image()).orElseThrow();
    int start = starts.incrementAndGet();
    Coderd coderd =
        new Coderd(
            spec,
            release,
            new Migrator(release, migrations, pace),
            new Work(chores, pace, hold.filter(fault -> fault.start() == start)),
            log);
    running.values().removeIf(container -> container.exitCode().isPresent());
    running.put(spec.address(), coderd);
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
    running.values().forEach(Coderd::kill);
  }
}
