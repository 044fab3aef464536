package dev.lockkeeper.coder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoderVersionTest {
  @ParameterizedTest
  @CsvSource({
    "v2.29.3, v2.29.3",
    "2.29.3, v2.29.3",
    "' v2.29.3 ', v2.29.3",
    "v2.29.3+abc, v2.29.3",
    "v2.33.0-rc.1, v2.33.0-rc.1",
    "v2.33.0-rc.1+abc, v2.33.0-rc.1",
    "v2.33.10, v2.33.10"
  })
  void aVersionIsReadAndWrittenAsTagsAre(String text, String written) {
    assertThat(CoderVersion.parse(text)).map(CoderVersion::toString).contains(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "2.29", "v2.29.x", "v2.29.3 rm", "v99999999999.0.0"})
  void whatIsNoVersionIsEmpty(String text) {
    assertThat(CoderVersion.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io/coder/coder:v2.29.3, v2.29.3",
    "coder:2.29.3, v2.29.3",
    "registry:5000/coder/coder:v2.29.3, v2.29.3",
    "registry:5000/coder/coder:v2.29.3@sha256:aa, v2.29.3",
    "ghcr.io/coder/coder:v2.29.3-arm64, v2.29.3"
  })
  void anImageNamesItsVersionByItsTag(String image, String version) {
    assertThat(CoderVersion.ofImage(image)).map(CoderVersion::toString).contains(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghcr.io/coder/coder",
        "ghcr.io/coder/coder:latest",
        "registry:5000/coder/coder",
        "coder@sha256:aa",
        ""
      })
  void anImageWithoutAVersionNamesNone(String image) {
    assertThat(CoderVersion.ofImage(image)).isEmpty();
  }

  @Test
  void versionsAreOrderedByNumberAndCandidatesComeBeforeTheirRelease() {
    List<String> ordered =
        List.of("v2.9.1", "v2.29.3", "v2.33.0-rc.2", "v2.33.0-rc.10", "v2.33.0", "v2.33.2");
    assertThat(
            Stream.of(5, 1, 4, 0, 3, 2).map(ordered::get).map(CoderVersionTest::version).sorted())
        .map(CoderVersion::toString)
        .containsExactlyElementsOf(ordered);
  }

  private static CoderVersion version(String text) {
    return CoderVersion.parse(text).orElseThrow();
  }
}
