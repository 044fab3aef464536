package dev.lockkeeper.practice.cluster;

/**
 * How long a container that ended must wait before it is started again: not at all the first time,
 * then 10 seconds, and twice as long each time up to five minutes.
 *
 * @param seconds the next wait, in seconds of Kubernetes
 */
record BackOff(int seconds) {
  private static final int FIRST = 10;
  private static final int MOST = 300;
  private static final int FORGIVEN_AFTER = 600;

  /** No wait yet. */
  static BackOff none() {
    return new BackOff(0);
  }

  /** The wait after the next end. */
  BackOff next() {
    return new BackOff(seconds == 0 ? FIRST : Math.min(MOST, seconds * 2));
  }

  /** The wait after a run of so many seconds: a long one makes up for the past. */
  BackOff after(double ranSeconds) {
    return ranSeconds >= FORGIVEN_AFTER ? none() : this;
  }
}
