package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CanvasTest {
  @Test
  void boxesThatTouchJoin() {
    Frame frame =
        new Canvas(11, 5)
            .box(new Area(0, 0, 11, 3), Style.BORDER)
            .box(new Area(0, 2, 6, 3), Style.BORDER)
            .box(new Area(5, 2, 6, 3), Style.BORDER)
            .frame();
    assertThat(frame.text())
        .isEqualTo(
            """
            ┌─────────┐
            │         │
            ├────┬────┤
            │    │    │
            └────┴────┘
            """);
  }

  @Test
  void theAgeOfAPanelIsNeverPushedOutByItsName() {
    Area area = new Area(0, 0, 24, 2);
    Frame frame =
        new Canvas(24, 2)
            .box(area, Style.BORDER)
            .title(area, Line.of("A very long name of it"), Line.of("1 s ago"))
            .frame();
    assertThat(frame.text()).startsWith("┌ A very lo… ─ 1 s ago ┐\n");
  }

  @Test
  void aTitleWithRoomLeavesTheBorderBetween() {
    Area area = new Area(0, 0, 24, 2);
    Frame frame =
        new Canvas(24, 2)
            .box(area, Style.BORDER)
            .title(area, Line.of("Pods 3/3"), Line.of("1 s ago"))
            .frame();
    assertThat(frame.text()).startsWith("┌ Pods 3/3 ─── 1 s ago ┐\n");
  }

  @Test
  void aWideCharacterCoversTwoCellsAndIsNeverCutInHalf() {
    Canvas canvas = new Canvas(4, 1).put(0, 0, Line.of("日本"));
    assertThat(canvas.frame().codePoint(1, 0)).isEqualTo(Frame.COVERED);
    assertThat(canvas.put(1, 0, Line.of("x")).frame().text()).isEqualTo(" x本\n");
    assertThat(canvas.put(2, 0, Line.of("y")).frame().text()).isEqualTo(" xy\n");
    assertThat(canvas.put(3, 0, Line.of("語")).frame().text()).isEqualTo(" xy…\n");
  }

  @Test
  void aLineIsCutWithAnEllipsisInsideTheRightPiece() {
    Line line = Line.of("abc", Style.GOOD).and("def", Style.BAD);
    assertThat(line.cut(6).text()).isEqualTo("abcdef");
    assertThat(line.cut(5).text()).isEqualTo("abcd…");
    assertThat(line.cut(3).text()).isEqualTo("ab…");
    assertThat(line.cut(0).text()).isEmpty();
    assertThat(line.cut(3).spans()).extracting(Span::style).containsOnly(Style.GOOD);
  }

  @Test
  void anyDrawingFitsAnySize() {
    Random random = new Random(3);
    for (int round = 0; round < 5_000; round++) {
      Canvas canvas = new Canvas(1 + random.nextInt(9), 1 + random.nextInt(5));
      for (int step = 0; step < 8; step++) {
        Area area = new Area(near(random), near(random), near(random), near(random));
        canvas.box(area, Style.BORDER);
        canvas.title(area, Line.of("日本 title"), Line.of("語 1 s"));
        canvas.fill(area, Style.ACCENT);
        canvas.put(area.column(), area.row(), Line.of("a日b本c"), near(random));
      }
      assertWhole(canvas.frame());
    }
  }

  @Test
  void equalDrawingsAreEqualFrames() {
    Canvas one = new Canvas(5, 2).put(0, 0, Line.of("a", Style.GOOD));
    Canvas other = new Canvas(5, 2).put(0, 0, Line.of("a", Style.GOOD));
    assertThat(one.frame()).isEqualTo(other.frame()).hasSameHashCodeAs(other.frame());
    assertThat(one.put(0, 0, Line.of("a", Style.BAD)).frame()).isNotEqualTo(other.frame());
  }

  @Test
  void asciiHasNoOtherCharacters() {
    Canvas canvas = new Canvas(20, 3).box(new Area(0, 0, 20, 3), Style.BORDER);
    Frame frame = Ascii.of(canvas.put(1, 1, Line.of("✔ ✖ ▶ é 日 … ×3")).frame());
    assertThat(frame.text())
        .isEqualTo(
            """
            +------------------+
            |v x > ? ?? ~ x3   |
            +------------------+
            """);
  }

  @Test
  void theNoticeOfATooSmallTerminalFitsEverySize() {
    for (int columns = 1; columns < 70; columns++) {
      for (int rows = 1; rows < 5; rows++) {
        assertThat(TooSmall.frame(columns, rows).columns()).isEqualTo(columns);
      }
    }
    assertThat(TooSmall.applies(60, 20)).isFalse();
    assertThat(TooSmall.applies(59, 20)).isTrue();
    assertThat(TooSmall.applies(60, 19)).isTrue();
    assertThat(TooSmall.frame(50, 18).text()).startsWith("50x18 is too small, 60x20 needed\n");
  }

  /** Every wide character has its covered cell, and no cell is covered by nothing. */
  private static void assertWhole(Frame frame) {
    for (int row = 0; row < frame.rows(); row++) {
      for (int column = 0; column < frame.columns(); column++) {
        boolean covered = frame.codePoint(column, row) == Frame.COVERED;
        boolean wide = column > 0 && Columns.width(frame.codePoint(column - 1, row)) == 2;
        assertThat(covered).as(frame.toString()).isEqualTo(wide);
      }
    }
  }

  private static int near(Random random) {
    return random.nextInt(14) - 2;
  }
}
