package dev.lockkeeper.coder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoderLockTest {
  @Test
  void theKeysAreThoseOfCodersSource() {
    assertThat(CoderLock.of("1")).contains(CoderLock.DEPLOYMENT_SETUP);
    assertThat(CoderLock.of("3")).contains(CoderLock.DB_ROLLUP);
    assertThat(CoderLock.of("4")).contains(CoderLock.DB_PURGE);
    assertThat(CoderLock.of("11")).contains(CoderLock.CHAT_MODEL_CONFIG_WRITES);
    assertThat(CoderLock.DB_PURGE.written()).isEqualTo("DBPurge");
  }

  @Test
  void anotherKeyIsNotCoders() {
    assertThat(CoderLock.of("0")).isEmpty();
    assertThat(CoderLock.of("12")).isEmpty();
    assertThat(CoderLock.of("0,4")).isEmpty();
    assertThat(CoderLock.of("1037453835920848937")).isEmpty();
  }
}
