package dev.lockkeeper.coder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "any; v2.0.0; true",
        "v2.9.0; v2.9.0; true",
        "v2.9.0; v2.9.1; false",
        "<v2.27.0; v2.26.6; true",
        "<v2.27.0; v2.27.0; false",
        "<v2.27.0; v2.27.0-rc.1; false",
        ">=v2.39.0; v2.38.9; false",
        ">=v2.39.0; v2.39.0-rc.1; true",
        "v2.27.0..v2.27.7, v2.28.0..v2.28.4; v2.27.7; true",
        "v2.27.0..v2.27.7, v2.28.0..v2.28.4; v2.27.8; false",
        "v2.27.0..v2.27.7, v2.28.0..v2.28.4; v2.28.4; true"
      })
  void aRangeHoldsItsVersions(String range, String version, boolean contained) {
    assertThat(
            VersionRange.parse(range)
                .orElseThrow()
                .contains(CoderVersion.parse(version).orElseThrow()))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2.27", "<", "v2.27.0..", "v2.27.0,", "all"})
  void whatIsNoRangeIsEmpty(String text) {
    assertThat(VersionRange.parse(text)).isEmpty();
  }
}
