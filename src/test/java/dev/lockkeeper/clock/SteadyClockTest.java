package dev.lockkeeper.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the machine's clock while the program runs. */
class SteadyClockTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");

  @ParameterizedTest
  @ValueSource(ints = {-48, -2, 2, 48})
  void aFactIsAsOldAsItIsHoweverTheClockIsSet(int hours) {
    AtomicReference<Instant> machine = new AtomicReference<>(AT);
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    Clock wall = ((InstantSource) machine::get).withZone(ZoneOffset.UTC);
    SteadyClock clock = new SteadyClock(wall, nanos::get);
    Observed<String> before = Observed.known("before", clock.instant());
    machine.set(AT.plus(Duration.ofHours(hours)));
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    Observed<String> after = Observed.known("after", clock.instant());

    assertThat(before.fresh(clock.instant(), Snapshot.FRESH)).as("six seconds old").isEmpty();
    assertThat(after.fresh(clock.instant(), Snapshot.FRESH)).contains("after");
    assertThat(before.age(clock.instant())).isEqualTo(Duration.ofSeconds(6));
    assertThat(clock.set()).isEqualTo(Duration.ofHours(hours).minusSeconds(6));
  }
}
