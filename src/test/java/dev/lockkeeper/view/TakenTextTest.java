package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What leaves the screen acts on no terminal and is not cut. */
class TakenTextTest {
  @Test
  void escapesAreGoneAndLinesStay() {
    assertThat(TakenText.of("a\u001b]52;c;eA==\u0007\nb\r\n\u202ec"))
        .doesNotContain("\u001b", "\u0007", "\u202e", "\r")
        .contains("\nb\n");
  }

  @Test
  void aLongCommandIsWhole() {
    String command = "kubectl " + "é".repeat(9_000) + "\ud83d\ude00".repeat(10) + " end";
    String taken = TakenText.of(command);
    assertThat(taken).startsWith("kubectl é").endsWith(" end").doesNotContain("…");
    assertThat(taken.codePoints().filter(each -> each == 'é').count()).isEqualTo(9_000);
  }
}
