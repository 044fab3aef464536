package dev.lockkeeper.practice.cluster;

import java.util.Random;

/** Gives each pod a loopback address of its own, from 127.9.0.0/16. */
final class Addresses {
  private static final int USABLE = 254;
  private static final int ALL = 255 * USABLE;
  private int next;

  /**
   * @param random where to begin: two practice worlds on one machine should not meet
   */
  Addresses(Random random) {
    next = random.nextInt(ALL);
  }

  /** An address that none of the latest 64,000 pods had. */
  String next() {
    String address = "127.9.%d.%d".formatted(next / USABLE, 1 + next % USABLE);
    next = (next + 1) % ALL;
    return address;
  }
}
