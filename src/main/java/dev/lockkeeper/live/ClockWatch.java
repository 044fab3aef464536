package dev.lockkeeper.live;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.wizard.Event;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells that the machine's clock was set, once for each time. Used by one thread alone. */
final class ClockWatch {
  /** A clock that is set by less is being put right, as it is all the time. */
  private static final Duration SET = Duration.ofMinutes(1);

  private final Consumer<Event> taking;
  private Duration told = Duration.ZERO;

  ClockWatch(Consumer<Event> taking) {
    this.taking = taking;
  }

  void look() {
    Duration set = SteadyClock.setSince();
    if (set.minus(told).abs().compareTo(SET) > 0) {
      told = set;
      taking.accept(new Event.ClockSet(set));
    }
  }
}
