package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalTextUtils;
import java.util.List;
import java.util.Random;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
  @ParameterizedTest
  @CsvSource({
    "plain text, plain text",
    "caf\u00e9, caf\u00e9",
    "cafe\u0301, caf\u00e9",
    "\u65e5\u672c, \u65e5\u672c",
    "a\u001b[31mb, a\ufffd[31mb",
    "a\u0000b, a\ufffdb",
    "a\u007fb, a\ufffdb",
    "a\u0085b, a\ufffdb",
    "a\u009bb, a\ufffdb",
    "a\u000bb, a\ufffdb",
    "a\u001fb, a\ufffdb",
    "a\u202eb, a\u00b7b",
    "a\u2066b, a\u00b7b",
    "a\u200bb, a\u00b7b",
    "a\ufeffb, a\u00b7b",
    "a\u00adb, a\u00b7b",
    "a\u00a0b, a b",
    "a\u3000b, a b",
    "a\u2028b, a b",
    "x\u0335\u0336\u0337\u0338y, x\u00b7y",
    "a\ud800b, a\ufffdb",
    "a\udc00b, a\ufffdb",
    "a\ud83d\ude00b, a\ufffdb",
    "a\u05d0b, a\ufffdb",
    "a\u0627b, a\ufffdb",
    "a\u3164b, a\ufffdb",
    "a\u26a1b, a\ufffdb",
    "a\ue000b, a\ufffdb",
  })
  void whatIsNotSafeLeavesAMark(String raw, String shown) {
    assertThat(Shown.of(raw).text()).isEqualTo(shown);
  }

  @Test
  void lineBreaksAndTabsBecomeSpaces() {
    assertThat(Shown.of("a\nb\tc\rd").text()).isEqualTo("a b c d");
  }

  @Test
  void tooMuchTextIsCut() {
    Shown shown = Shown.of("a".repeat(1_000_000));
    assertThat(shown.text()).hasSize(Shown.LIMIT).endsWith("a…");
  }

  @Test
  void aFloodOfCombiningMarksTakesOneColumn() {
    assertThat(Shown.of("z" + "\u0316".repeat(500)).text()).isEqualTo("z·");
  }

  /** What nobody disputes: JLine and Lanterna agree on every character that may be shown. */
  @Test
  void theWidthOfEveryShownCharacterIsUndisputed() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      int width = Columns.width(codePoint);
      if (width > 0) {
        int lanterna = TerminalTextUtils.isCharDoubleWidth((char) codePoint) ? 2 : 1;
        assertThat(codePoint).isLessThan(0x10000);
        assertThat(lanterna).as("Lanterna, U+%04X", codePoint).isEqualTo(width);
        assertThat(WCWidth.wcwidth(codePoint)).as("JLine, U+%04X", codePoint).isEqualTo(width);
      }
    }
  }

  @Test
  void noShownCharacterReordersTheRow() {
    for (int codePoint = 0; codePoint < 0x10000; codePoint++) {
      if (Columns.width(codePoint) > 0) {
        assertThat(Character.getDirectionality(codePoint))
            .as("U+%04X", codePoint)
            .isNotIn(
                Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                Character.DIRECTIONALITY_ARABIC_NUMBER);
      }
    }
  }

  @Test
  void anyTextIsInertAndStaysAsItIs() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      Shown shown = Shown.of(garbage(random, 1 + random.nextInt(40)));
      assertThat(shown.text().codePoints()).allMatch(codePoint -> Columns.width(codePoint) > 0);
      assertThat(Shown.of(shown.text())).isEqualTo(shown);
    }
  }

  @Test
  void cuttingPaddingAndWrappingKeepTheirWidth() {
    Random random = new Random(8);
    for (int round = 0; round < 20_000; round++) {
      Shown shown = Shown.of(garbage(random, random.nextInt(60)));
      int width = random.nextInt(30);
      assertThat(shown.cut(width).columns()).isLessThanOrEqualTo(width);
      assertThat(shown.padRight(width).columns()).isEqualTo(width);
      assertThat(shown.padLeft(width).columns()).isEqualTo(width);
      List<Shown> wrapped = shown.wrap(width);
      assertThat(wrapped).allMatch(line -> line.columns() <= Math.max(2, width));
      String words = wrapped.stream().map(Shown::text).reduce("", String::concat);
      assertThat(words.replace(" ", "")).isEqualTo(shown.text().replace(" ", ""));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdef, 5, abcd…",
    "abcdef, 1, …",
    "abcdef, 0, ''",
    "abcdef, -1, ''",
    "日本語, 6, 日本語",
    "日本語, 5, 日本…",
    "日本語, 4, 日…",
    "日本語, 2, …",
  })
  void isCutByColumns(String text, int columns, String cut) {
    assertThat(Shown.of(text).cut(columns).text()).isEqualTo(cut);
  }

  @Test
  void isWrappedAtSpaces() {
    assertThat(Shown.of("one two  three fourteen").wrap(8).stream().map(Shown::text))
        .containsExactly("one two", "three", "fourteen");
    assertThat(Shown.of("abcdefghij").wrap(4).stream().map(Shown::text))
        .containsExactly("abcd", "efgh", "ij");
    assertThat(Shown.of("   ").wrap(4)).isEmpty();
  }

  private static String garbage(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(6)) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.append((char) random.nextInt(0x10000));
        case 2 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        case 3 -> text.append((char) (0x300 + random.nextInt(0x70)));
        case 4 -> text.append((char) (0x4e00 + random.nextInt(0x100)));
        default -> text.append((char) (' ' + random.nextInt(95)));
      }
    }
    return text.toString();
  }
}
