package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is pasted fills in a field and presses nothing. */
class PastedTest {
  private final Pasted pasted = new Pasted();

  private String tamed(String burst) {
    byte[] bytes = burst.getBytes(StandardCharsets.UTF_8);
    return new String(pasted.tamed(bytes, bytes.length), StandardCharsets.UTF_8);
  }

  @Test
  void aPasteHasNoControlCharacters() {
    assertThat(tamed("a\u001b[200~prod-eu/coder\n\t\u001b[C\u007fé\u001b[201~b\n"))
        .isEqualTo("aprod-eu/coder[Céb\n");
  }

  @Test
  void aPasteMayTakeSeveralBursts() {
    assertThat(tamed("\u001b[200~one\r")).isEqualTo("one");
    assertThat(tamed("two\r\n")).isEqualTo("two");
    assertThat(tamed("three\u001b[201~\r")).isEqualTo("three\r");
  }

  @Test
  void whatIsTypedStaysAsItIs() {
    assertThat(tamed("x\u001b[A\r\u007f")).isEqualTo("x\u001b[A\r\u007f");
  }
}
