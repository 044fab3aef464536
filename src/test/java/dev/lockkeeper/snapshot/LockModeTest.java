package dev.lockkeeper.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LockModeTest {
  /** PostgreSQL's documentation, "Conflicting Lock Modes": X where a row excludes a column. */
  private static final String[] TABLE = {
    ".......X", "......XX", "....XXXX", "...XXXXX", "..XX.XXX", "..XXXXXX", ".XXXXXXX", "XXXXXXXX"
  };

  @ParameterizedTest
  @EnumSource(LockMode.class)
  void aModeExcludesWhatTheManualSays(LockMode mode) {
    for (LockMode other : LockMode.values()) {
      assertThat(mode.conflictsWith(other))
          .as("%s and %s", mode, other)
          .isEqualTo(TABLE[mode.ordinal()].charAt(other.ordinal()) == 'X');
    }
  }

  @ParameterizedTest
  @EnumSource(LockMode.class)
  void aModeIsFoundByItsName(LockMode mode) {
    assertThat(LockMode.of(mode.written())).contains(mode);
  }

  @Test
  void aPredicateLockMakesNobodyWait() {
    assertThat(LockMode.of("SIReadLock")).isEmpty();
  }
}
