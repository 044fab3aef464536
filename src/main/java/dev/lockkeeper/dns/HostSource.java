package dev.lockkeeper.dns;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.snapshot.HostLookup;
import dev.lockkeeper.snapshot.Observed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks again and again where one host leads, on a thread of its own. */
public final class HostSource implements AutoCloseable {
  /** Records of DNS live for a minute and longer. */
  private static final Duration AGAIN = Duration.ofSeconds(15);

  private final NameServers servers;
  private final Consumer<Observed<HostLookup>> sink;
  private final MachineResolver machine = new MachineResolver();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lockkeeper-dns");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Optional<String> host = Optional.empty();

  /**
   * A source that asks nothing until it has a host.
   *
   * @param sink takes each observation, on a thread of this source
   */
  public HostSource(Consumer<Observed<HostLookup>> sink) {
    this("dns:", AGAIN, sink);
  }

  /** The same by the name server at this URL. */
  HostSource(String url, Duration again, Consumer<Observed<HostLookup>> sink) {
    this.servers = new NameServers(url);
    this.sink = sink;
    thread.scheduleWithFixedDelay(this::look, 0, again.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * From now on this host is looked up, at once if it is another one; may be called at any time.
   */
  public void follow(String name) {
    if (!host.equals(Optional.of(name))) {
      host = Optional.of(name);
      thread.execute(this::look);
    }
  }

  private void look() {
    host.ifPresent(
        name -> {
          try {
            sink.accept(Observed.known(lookup(name), SteadyClock.now()));
          } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private HostLookup lookup(String name) throws InterruptedException {
    Optional<String> address = Addresses.literal(name);
    return address.isPresent()
        ? HostLookup.address(address.get())
        : new HostLookup(name, servers.ask(name), machine.ask(name));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    machine.close();
  }
}
