package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AlphabetTest {
  @Test
  void theLocaleDecides() {
    assertThat(Alphabet.chosen(Map.of("LANG", "en_US.UTF-8"))).isEqualTo(Alphabet.UNICODE);
    assertThat(Alphabet.chosen(Map.of("LANG", "C.utf8"))).isEqualTo(Alphabet.UNICODE);
    assertThat(Alphabet.chosen(Map.of("LANG", "C"))).isEqualTo(Alphabet.ASCII);
    assertThat(Alphabet.chosen(Map.of("LANG", "de_DE.ISO-8859-1"))).isEqualTo(Alphabet.ASCII);
    assertThat(Alphabet.chosen(Map.of())).isEqualTo(Alphabet.UNICODE);
  }

  @Test
  void theStrongerVariableCounts() {
    assertThat(Alphabet.chosen(Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8")))
        .isEqualTo(Alphabet.ASCII);
    assertThat(Alphabet.chosen(Map.of("LC_ALL", "", "LANG", "en_US.UTF-8")))
        .isEqualTo(Alphabet.UNICODE);
    assertThat(Alphabet.chosen(Map.of("LOCKKEEPER_ASCII", "1", "LANG", "en_US.UTF-8")))
        .isEqualTo(Alphabet.ASCII);
  }
}
