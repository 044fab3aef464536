package dev.lockkeeper.live;

import dev.lockkeeper.analysis.AccessName;
import dev.lockkeeper.dns.HostSource;
import dev.lockkeeper.snapshot.Fact;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The host of the access URL being looked up, where the runbook has to do with it.
 *
 * @param source the looking; empty where nobody asks
 */
record HostWatch(Optional<HostSource> source) implements AutoCloseable {
  static HostWatch of(boolean asked, Consumer<Fact> sink) {
    return new HostWatch(
        asked
            ? Optional.of(new HostSource(seen -> sink.accept(new Fact.OfHost(seen))))
            : Optional.empty());
  }

  /** From now on the host is looked up that is known here, if one is. */
  void follow(Snapshot snapshot) {
    source.ifPresent(there -> AccessName.host(snapshot).ifPresent(there::follow));
  }

  @Override
  public void close() {
    source.ifPresent(HostSource::close);
  }
}
