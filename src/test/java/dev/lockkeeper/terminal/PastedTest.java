package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pasted fills in a field and presses nothing. */
class PastedTest {
  private final Pasted pasted = new Pasted();

  /** The present time, in milliseconds. */
  private long now = 1_000_000;

  private String tamed(String burst) {
    byte[] bytes = burst.getBytes(StandardCharsets.UTF_8);
    return text(pasted.tamed(bytes, bytes.length, now * 1_000_000));
  }

  /** What is handed on while nothing comes: a terminal is asked ten times a second. */
  private String quiet(int millis) {
    StringBuilder all = new StringBuilder();
    for (long until = now + millis; now < until; ) {
      now += 50;
      all.append(now % 100 == 0 ? text(pasted.quiet(now * 1_000_000)) : "");
    }
    return all.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
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

  /** Wherever the line cuts a mark, what is between them presses nothing. */
  @ParameterizedTest
  @CsvSource({"150", "400", "1500"})
  void aMarkMayComeInPieces(int pause) {
    for (int first = 1; first < 5; first++) {
      for (int second = first + 1; second < 6; second++) {
        String begun = inPieces("\u001b[200~", first, second, pause);
        assertThat(begun.replace("\u001b", "")).as("after %d and %d", first, second).isEmpty();
        assertThat(tamed("abc\rdef\r")).as("after %d and %d", first, second).isEqualTo("abcdef");
        String ended = inPieces("\u001b[201~", first, second, pause);
        assertThat(ended.replace("\u001b", "")).as("after %d and %d", first, second).isEmpty();
        assertThat(tamed("\r")).as("a typed Enter").isEqualTo("\r");
      }
    }
  }

  private String inPieces(String mark, int first, int second, int pause) {
    return tamed(mark.substring(0, first))
        + quiet(pause)
        + tamed(mark.substring(first, second))
        + quiet(pause)
        + tamed(mark.substring(second));
  }

  @Test
  void aPasteWithoutAnEndIsOverAfterSomeTime() {
    assertThat(tamed("\u001b[200~abc")).isEqualTo("abc");
    assertThat(quiet(1500)).isEmpty();
    assertThat(tamed("\r")).as("it may still be the paste").isEmpty();
    assertThat(quiet(1000)).isEmpty();
    assertThat(tamed("\r")).isEqualTo("\r");
  }

  /** Somebody who tries one key after the other is heard as soon as somebody who waits. */
  @Test
  void keysThatAreTriedDoNotKeepAPasteGoing() {
    tamed("\u001b[200~abc");
    StringBuilder heard = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      quiet(500);
      heard.append(tamed("\t"));
    }
    assertThat(heard.toString()).isEqualTo("\t\t\t\t");
  }

  @Test
  void aLoneEscapeEndsAPasteAndIsAKey() {
    tamed("\u001b[200~abc");
    quiet(300);
    assertThat(tamed("\u001b") + quiet(700)).isEqualTo("\u001b");
    assertThat(tamed("\r")).isEqualTo("\r");
  }

  @Test
  void aLoneInterruptEndsAPasteAndIsAKey() {
    tamed("\u001b[200~abc");
    assertThat(tamed("\u0003") + quiet(200)).isEqualTo("\u0003");
    assertThat(tamed("\r")).isEqualTo("\r");
  }

  @Test
  void anInterruptOrAnEscapeWithinAPasteIsNone() {
    assertThat(tamed("\u001b[200~ab\u0003c\u001b") + quiet(200) + tamed("d\r")).isEqualTo("abcd");
    assertThat(tamed("\u0003") + tamed("e\r") + quiet(200)).isEqualTo("e");
    assertThat(tamed("\u001b[201~\r")).isEqualTo("\r");
  }

  /** The line stood still for longer than anybody waits, and then the rest came. */
  @Test
  void theRestOfAPasteThatWasGivenUpPressesNothing() {
    tamed("\u001b[200~abc\r");
    quiet(5000);
    assertThat(tamed("yes\rno\r")).isEqualTo("yesno");
    assertThat(tamed("\r")).as("a typed Enter").isEqualTo("\r");
    assertThat(tamed("end\r\u001b[201~") + tamed("x\r")).isEqualTo("endx\r");
  }

  @Test
  void anEscapeAloneIsHeardAtOnce() {
    assertThat(tamed("\u001b") + quiet(100)).isEqualTo("\u001b");
    assertThat(tamed("q")).isEqualTo("q");
    assertThat(tamed("\u001b\u001b") + quiet(100)).isEqualTo("\u001b\u001b");
    assertThat(tamed("O")).isEqualTo("O");
  }

  @Test
  void aKeyInPiecesIsHandedOnWhole() {
    assertThat(tamed("x\u001b[1;")).isEqualTo("x");
    assertThat(quiet(150)).isEmpty();
    assertThat(tamed("5C")).isEqualTo("\u001b[1;5C");
    assertThat(tamed("\u001bO") + quiet(150) + tamed("P")).isEqualTo("\u001bOP");
  }

  /** What of a key was lost is no key, and takes none with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\u001b[", "\u001bO", "\u001b[1;5", "\u001b[20", "\u001b[200", "\u001b[?"})
  void afterAKeyThatNeverCameWholeTheNextIsHeard(String part) {
    assertThat(tamed(part) + quiet(2500)).isEmpty();
    assertThat(tamed("q\r")).isEqualTo("q\r");
    assertThat(tamed(part) + tamed("\r")).as("no part of a key").isEqualTo("\r");
    assertThat(tamed("\u001b[" + "1".repeat(5000)) + quiet(2500) + tamed("q")).endsWith("q");
  }

  /** Whatever the line makes of bytes: after a while of silence a key is a key. */
  @RepeatedTest(500)
  void afterAnyBytesAKeyIsHeard(RepetitionInfo which) {
    Random random = new Random(which.getCurrentRepetition());
    String[] parts = {"\u001b", "[", "O", "200~", "201~", "2", "0", ";", "A", "\r", "\u0003", "é"};
    for (int i = 0; i < 40; i++) {
      StringBuilder burst = new StringBuilder();
      for (int j = random.nextInt(5); j >= 0; j--) {
        burst.append(parts[random.nextInt(parts.length)]);
      }
      tamed(burst.toString());
      quiet(random.nextInt(4) * 100);
    }
    quiet(2500);
    assertThat(tamed("\r")).isEqualTo("\r");
    assertThat(tamed("\u001b[A")).isEqualTo("\u001b[A");
  }
}
