package dev.lockkeeper.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The key that old releases lock differs from database to database. */
class MigrationLockTest {
  /** {@code advisory lock [16384,0,4187539795,1]}, as a server's log named it once. */
  @Test
  void theKeyIsTheOneThatWasSeenInTheWild() {
    assertThat(MigrationLock.keyBefore25("coder", "public")).isEqualTo(4187539795L);
  }

  @Test
  void anotherDatabaseOrSchemaHasAnotherKey() {
    assertThat(MigrationLock.keyBefore25("coder", "own"))
        .isNotEqualTo(MigrationLock.keyBefore25("coder", "public"));
    assertThat(MigrationLock.keyBefore25("other", "public"))
        .isNotEqualTo(MigrationLock.keyBefore25("coder", "public"));
  }
}
