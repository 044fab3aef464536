package dev.lockkeeper.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** 00:30 in Berlin. */
  private static final Instant NOW = Instant.parse("2026-11-21T23:30:00Z");

  @ParameterizedTest
  @CsvSource({
    "23:50, 2026-11-21T22:50:00Z",
    "0:10, 2026-11-21T23:10:00Z",
    "00:30, 2026-11-21T23:30:00Z",
    "14:00, 2026-11-21T13:00:00Z",
    "2026-11-20 14:00, 2026-11-20T13:00:00Z"
  })
  void aPastTimeIsTheLastOne(String typed, String instant) {
    assertThat(AnswerFormat.PAST_TIME.read(typed, NOW, BERLIN)).contains(instant);
  }

  @Test
  void aPastTimeIsNotInTheFuture() {
    assertThat(AnswerFormat.PAST_TIME.read("2026-11-22 14:00", NOW, BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "23:50, 2026-11-21T22:50:00Z",
    "02:00, 2026-11-22T01:00:00Z",
    "22:00, 2026-11-21T21:00:00Z"
  })
  void aTimeIsTheNearestOne(String typed, String instant) {
    assertThat(AnswerFormat.TIME.read(typed, NOW, BERLIN)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "yes", "25:00", "12", "2026-13-01 10:00"})
  void anythingElseIsNoTime(String typed) {
    assertThat(AnswerFormat.TIME.read(typed, NOW, BERLIN)).isEmpty();
    assertThat(AnswerFormat.PAST_TIME.read(typed, NOW, BERLIN)).isEmpty();
  }

  @Test
  void aTextIsNotBlank() {
    assertThat(AnswerFormat.TEXT.read("  ", NOW, BERLIN)).isEmpty();
    assertThat(AnswerFormat.TEXT.read(" snap-1 ", NOW, BERLIN)).contains("snap-1");
  }
}
