package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.cluster.Container;
import dev.lockkeeper.practice.cluster.ContainerRuntime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs containers of Coder's image. */
public final class CoderdRuntime implements ContainerRuntime, AutoCloseable {
  private final Releases releases;
  private final List<Migration> migrations = Migration.all();
  private final List<Chore> chores = Chore.all();
  private final double pace;
  private final Optional<Hold> hold;
  private final AtomicInteger starts = new AtomicInteger();
  private final Set<Coderd> running = ConcurrentHashMap.newKeySet();

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

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when no such image exists
   */
  @Override
  public Container start(Spec spec, Consumer<String> log) {
    Release release =
        releases
            .of(spec.image())
            .orElseThrow(() -> new IllegalArgumentException("no such image: " + spec.image()));
    int start = starts.incrementAndGet();
    Coderd coderd =
        new Coderd(
            spec,
            release,
            new Migrator(release, migrations, pace),
            new Work(chores, pace, hold.filter(fault -> fault.start() == start)),
            log);
    running.removeIf(container -> container.exitCode().isPresent());
    running.add(coderd);
    coderd.start();
    return coderd;
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    running.forEach(Coderd::kill);
  }
}
