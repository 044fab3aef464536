package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.cluster.Container;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What becomes of a container whose image the practice world does not have. */
final class NoImage implements Container {
  NoImage(String image, Consumer<String> log) {
    log.accept("the practice world has no image " + image);
  }

  @Override
  public OptionalInt exitCode() {
    return OptionalInt.of(1);
  }

  @Override
  public void terminate() {
    // It never ran.
  }

  @Override
  public void kill() {
    // It never ran.
  }
}
