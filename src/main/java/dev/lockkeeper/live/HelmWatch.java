package dev.lockkeeper.live;

import dev.lockkeeper.helm.HelmConfig;
import dev.lockkeeper.helm.HelmSource;
import dev.lockkeeper.snapshot.Fact;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Helm being looked at, where the runbook has to do with it.
 *
 * @param source the looking; empty where nobody asks
 */
record HelmWatch(Optional<HelmSource> source) implements AutoCloseable {
  static HelmWatch of(Optional<HelmConfig> desk, Consumer<Fact> sink) {
    return new HelmWatch(
        desk.map(there -> new HelmSource(there, seen -> sink.accept(new Fact.OfHelm(seen)))));
  }

  @Override
  public void close() {
    source.ifPresent(HelmSource::close);
  }
}
