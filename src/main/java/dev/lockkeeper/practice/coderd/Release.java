package dev.lockkeeper.practice.coderd;

import java.time.Duration;

/**
 * A Coder release, as far as a migration is concerned.
 *
 * @param version such as {@code v2.29.3}
 * @param schema its highest migration
 */
public record Release(String version, int schema) {
  private static final int LONG_WAIT_SINCE = 32;

  /** How long it waits for the migration lock the second time; the first time it waits for ever. */
  Duration lockTimeout() {
    int minor = Integer.parseInt(version.split("\\.")[1]);
    return minor < LONG_WAIT_SINCE ? Duration.ofSeconds(15) : Duration.ofMinutes(2);
  }

  /** The version with its build, as the server tells it, such as {@code v2.29.3+1f0c9a7}. */
  String build() {
    return version + "+" + String.format("%07x", version.hashCode() & 0xfffffff);
  }
}
