package dev.lockkeeper.practice.cluster;

import java.util.OptionalInt;

/** A running container. Its HTTP probes are answered, or not, at the pod's address. */
public interface Container {
  /** The exit code once it has ended by itself or by a signal. */
  OptionalInt exitCode();

  /** Whether it was ended because it took more memory than it may. */
  default boolean outOfMemory() {
    return false;
  }

  /** SIGTERM: asks it to stop; a migrating coderd ignores it until its migration is over. */
  void terminate();

  /** SIGKILL: it ends at once; its database backends find out later, as real ones do. */
  void kill();
}
