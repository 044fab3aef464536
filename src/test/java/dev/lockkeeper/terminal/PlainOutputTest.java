package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainOutputTest {
  private static final Line LINE =
      Line.of("✖ fail", Style.BAD).and("  evil\u001b[2J → ", Style.TEXT);

  @Test
  void inAPipeThereIsNoEscapeSequenceAndNothingIsWrapped() {
    PlainOutput pipe = PlainOutput.of(Map.of("TERM", "xterm", "LANG", "C.UTF-8"));
    assertThat(pipe.width()).isEqualTo(Integer.MAX_VALUE);
    assertThat(pipe.text(LINE)).isEqualTo("✖ fail  evil�[2J →");
  }

  @Test
  void onATerminalMeaningHasAColourAndTextHasNone() {
    PlainOutput terminal = new PlainOutput(80, Theme.STANDARD, true, Alphabet.UNICODE);
    assertThat(terminal.text(LINE)).isEqualTo("\u001b[1;49;91m✖ fail\u001b[0m  evil�[2J →");
  }

  @Test
  void asciiAloneWhereTheLocaleAsksForIt() {
    PlainOutput ascii = PlainOutput.of(Map.of("LANG", "C"));
    assertThat(ascii.text(LINE)).isEqualTo("x fail  evil?[2J >");
  }
}
