package dev.lockkeeper.coder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegimeTest {
  @ParameterizedTest
  @CsvSource({
    "v0.27.3, A",
    "v2.4.0, A",
    "v2.5.0, B",
    "v2.31.14, B",
    "v2.32.0-rc.0, C",
    "v2.36.0, C"
  })
  void aVersionHasOneRegime(String text, Regime regime) {
    assertThat(Regime.of(version(text))).isEqualTo(regime);
    assertThat(Regime.possible(version(text))).containsExactly(regime);
  }

  @Test
  void aVersionThatWasNotSeenMayCommitEachMigrationByItself() {
    assertThat(Regime.possible(version("v2.37.0"))).containsExactly(Regime.C, Regime.D);
    assertThat(Regime.of(version("v2.37.0"))).isEqualTo(Regime.C);
  }

  @Test
  void onlyWhereMigrationsAreCommittedOneByOneIsDirtyAnOrdinaryTrace() {
    for (Regime regime : Regime.values()) {
      assertThat(regime.dirtyIsOrdinary()).isEqualTo(!regime.oneTransaction());
    }
  }

  @Test
  void theWaitForTheLockGrewFrom15SecondsTo2Minutes() {
    assertThat(Regime.B.lockWait()).contains(Duration.ofSeconds(15));
    assertThat(Regime.C.lockWait()).contains(Duration.ofMinutes(2));
    assertThat(Regime.D.lockWait()).isEmpty();
  }

  private static CoderVersion version(String text) {
    return CoderVersion.parse(text).orElseThrow();
  }
}
