package dev.lockkeeper.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The machine's time when it was made, and from then on what has really passed: setting the
 * machine's clock neither ages a fact nor makes an old one young. Everything that is compared with
 * each other is measured by {@link #ofThisProgram}; what other programs have written, such as when
 * a token expires, is compared with the machine's own clock.
 */
public final class SteadyClock extends Clock {
  private static final SteadyClock OF_THIS_PROGRAM =
      new SteadyClock(Clock.systemUTC(), System::nanoTime);

  private final Clock machine;
  private final Instant begun;
  private final long beginning;
  private final LongSupplier nanos;

  SteadyClock(Clock machine, LongSupplier nanos) {
    this.machine = machine;
    this.begun = machine.instant();
    this.beginning = nanos.getAsLong();
    this.nanos = nanos;
  }

  /** The one by which this program measures everything. */
  public static Clock ofThisProgram() {
    return OF_THIS_PROGRAM;
  }

  /** By how much the machine's clock was set since this program began; forward is positive. */
  public static Duration setSince() {
    return OF_THIS_PROGRAM.set();
  }

  Duration set() {
    return Duration.between(instant(), machine.instant());
  }

  /** What it says now. */
  public static Instant now() {
    return OF_THIS_PROGRAM.instant();
  }

  @Override
  public Instant instant() {
    return begun.plus(Duration.ofNanos(nanos.getAsLong() - beginning));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
