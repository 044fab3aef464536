package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.ServerLoad.Growth;
import dev.lockkeeper.snapshot.ServerLoad.Trend;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was written lately. */
class GrowthTrendTest {
  private final GrowthTrend trend = new GrowthTrend();

  private Growth look(double second, long wal) {
    return trend.add(new Growth(wal, 7), Duration.ofMillis((long) (second * 1000)).toNanos());
  }

  @Test
  void nothingFollowsFromOneLook() {
    assertThat(look(0, 100).trend()).isEmpty();
    assertThat(look(1.9, 200).trend()).isEmpty();
  }

  @Test
  void itCoversTheLastTenSeconds() {
    for (int second = 0; second <= 30; second++) {
      look(second, second * 100L);
    }
    assertThat(look(31, 3_100).trend()).contains(new Trend(1_000, 0, Duration.ofSeconds(10)));
  }

  @Test
  void twoLooksFarApartAreComparedAllTheSame() {
    look(0, 100);
    assertThat(look(60, 400).trend()).contains(new Trend(300, 0, Duration.ofSeconds(60)));
  }

  @Test
  void anotherConnectionBeginsAnew() {
    look(0, 100);
    trend.forget();
    assertThat(look(5, 5).trend()).isEmpty();
  }
}
