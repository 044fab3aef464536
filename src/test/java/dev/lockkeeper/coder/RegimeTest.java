package dev.lockkeeper.coder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
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
    assertThat(Regime.possible(version("v2.37.0"))).containsExactly(Regime.C, Regime.D, Regime.E);
    assertThat(Regime.of(version("v2.37.0"))).isEqualTo(Regime.C);
  }

  @Test
  void whoTriedFiveTimesBoundsItsWaitForATable() {
    Set<Regime> c = Regime.possible(version("v2.33.0"));

    assertThat(Regime.narrowed(c, "canceling statement due to lock timeout on all 5 attempts"))
        .containsExactly(Regime.D, Regime.E);
    assertThat(Regime.narrowed(c, "canceling statement due to lock timeout"))
        .containsExactly(Regime.C);
    assertThat(Regime.E.oneTransaction()).isTrue();
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
