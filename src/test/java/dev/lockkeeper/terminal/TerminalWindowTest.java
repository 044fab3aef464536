package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.terminal.Terminal;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import com.googlecode.lanterna.terminal.virtual.VirtualTerminalListener;
import dev.lockkeeper.view.Canvas;
import dev.lockkeeper.view.Frame;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import dev.lockkeeper.wizard.Key;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The window on Lanterna's virtual terminal. */
class TerminalWindowTest {
  private final DefaultVirtualTerminal terminal =
      new DefaultVirtualTerminal(new TerminalSize(20, 4));

  @Test
  void theTerminalShowsTheFrameWhateverItShowedBefore() throws Exception {
    TerminalWindow window = new TerminalWindow(terminal);
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      Frame frame = anyFrame(random);
      window.paint(frame, Theme.STANDARD);
      assertThat(shown()).isEqualTo(frame.text());
    }
  }

  @Test
  void aFrameThatIsOnTheTerminalAlreadyIsNotSentAgain() throws Exception {
    TerminalWindow window = new TerminalWindow(terminal);
    AtomicInteger sent = new AtomicInteger();
    terminal.addVirtualTerminalListener(
        new VirtualTerminalListener() {
          @Override
          public void onFlush() {
            sent.incrementAndGet();
          }

          @Override
          public void onBell() {}

          @Override
          public void onClose() {}

          @Override
          public void onResized(Terminal resized, TerminalSize size) {}
        });
    window.paint(lettered("a"), Theme.STANDARD);
    assertThat(sent).hasValue(1);
    window.paint(lettered("a"), Theme.STANDARD);
    assertThat(sent).as("the same cells").hasValue(1);
    window.paint(lettered("b"), Theme.STANDARD);
    assertThat(sent).hasValue(2);
    terminal.setTerminalSize(new TerminalSize(22, 4));
    window.paint(lettered("b"), Theme.STANDARD);
    assertThat(sent).as("a terminal of another size shows nothing yet").hasValue(3);
    assertThat(shown()).isEqualTo("b\n\n\n\n");
  }

  private static Frame lettered(String text) {
    return new Canvas(20, 4).put(0, 0, Line.of(text)).frame();
  }

  @Test
  void stylesBecomeColoursAndModifiers() throws Exception {
    TerminalWindow window = new TerminalWindow(terminal);
    Frame frame = new Canvas(20, 4).put(0, 0, Line.of("b", Style.BAD)).frame();
    window.paint(frame, Theme.STANDARD);
    TextCharacter cell = terminal.getCharacter(0, 0);
    assertThat(cell.getForegroundColor()).isEqualTo(TextColor.ANSI.RED_BRIGHT);
    assertThat(cell.getModifiers()).containsExactly(SGR.BOLD);
    window.paint(frame, Theme.PLAIN);
    cell = terminal.getCharacter(0, 0);
    assertThat(cell.getForegroundColor()).isEqualTo(TextColor.ANSI.DEFAULT);
    assertThat(cell.getModifiers()).containsExactlyInAnyOrder(SGR.BOLD, SGR.UNDERLINE);
  }

  @Test
  void aFrameOfAnotherSizeIsClippedOrFilledUp() throws Exception {
    TerminalWindow window = new TerminalWindow(terminal);
    window.paint(new Canvas(30, 9).put(15, 3, Line.of("abcdefgh")).frame(), Theme.STANDARD);
    assertThat(shown()).isEqualTo("\n\n\n               abcde\n");
    window.paint(new Canvas(2, 1).put(0, 0, Line.of("xy")).frame(), Theme.STANDARD);
    assertThat(shown()).isEqualTo("xy\n\n\n\n");
    window.paint(new Canvas(30, 4).put(18, 0, Line.of("a日b")).frame(), Theme.STANDARD);
    assertThat(shown()).isEqualTo("                  a\n\n\n\n");
  }

  @Test
  void newSizesAreToldAndUsed() throws Exception {
    TerminalWindow window = new TerminalWindow(terminal);
    List<Size> sizes = new CopyOnWriteArrayList<>();
    window.resized(sizes::add);
    terminal.setTerminalSize(new TerminalSize(30, 6));
    assertThat(sizes).containsExactly(new Size(30, 6));
    window.paint(new Canvas(30, 6).put(28, 5, Line.of("zz")).frame(), Theme.STANDARD);
    assertThat(window.size()).isEqualTo(new Size(30, 6));
    assertThat(shown()).endsWith("zz\n");
  }

  @Test
  void keysAreHandedOverAndWhatTheWizardDoesNotKnowIsNot() throws Exception {
    TerminalWindow window = new TerminalWindow(terminal);
    List<Key> keys = new CopyOnWriteArrayList<>();
    window.keys(keys::add, () -> {});
    terminal.addInput(new KeyStroke(KeyType.ArrowUp));
    terminal.addInput(new KeyStroke(KeyType.Insert));
    terminal.addInput(new KeyStroke('x', false, true));
    terminal.addInput(new KeyStroke('c', true, false));
    terminal.addInput(new KeyStroke('?', false, false));
    await()
        .untilAsserted(
            () ->
                assertThat(keys).containsExactly(Key.of(Key.Name.UP), Key.ctrl('c'), Key.of('?')));
  }

  @Test
  void themesAreChosenByTheEnvironment() {
    assertThat(Theme.chosen(Map.of())).isEqualTo(Theme.STANDARD);
    assertThat(Theme.chosen(Map.of("NO_COLOR", ""))).isEqualTo(Theme.STANDARD);
    assertThat(Theme.chosen(Map.of("LOCKKEEPER_THEME", "tritanopia"))).isEqualTo(Theme.TRITANOPIA);
    assertThat(Theme.chosen(Map.of("LOCKKEEPER_THEME", "no such"))).isEqualTo(Theme.STANDARD);
    assertThat(Theme.chosen(Map.of("NO_COLOR", "1", "LOCKKEEPER_THEME", "standard")))
        .isEqualTo(Theme.PLAIN);
  }

  @Test
  void goodAndBadLookDifferentInEveryTheme() {
    for (Theme theme : Theme.values()) {
      assertThat(theme.look(Style.GOOD)).isNotEqualTo(theme.look(Style.BAD));
      assertThat(theme.look(Style.WARN)).isNotEqualTo(theme.look(Style.BAD));
      assertThat(theme.look(Style.ACCENT)).isNotEqualTo(theme.look(Style.TEXT));
    }
    for (Style style : Style.values()) {
      assertThat(Theme.PLAIN.look(style).foreground()).isEqualTo(Colour.DEFAULT);
      assertThat(Theme.PLAIN.look(style).background()).isEqualTo(Colour.DEFAULT);
    }
  }

  private Frame anyFrame(Random random) {
    Canvas canvas = new Canvas(20, 4);
    for (int i = 0; i < 6; i++) {
      String text = List.of("日本", "A", "AAAA", "é×", " ", "  ").get(random.nextInt(6));
      Style style = Style.values()[random.nextInt(Style.values().length)];
      canvas.put(random.nextInt(20), random.nextInt(4), Line.of(text, style));
    }
    return canvas.frame();
  }

  private String shown() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < terminal.getTerminalSize().getRows(); row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < terminal.getTerminalSize().getColumns(); column++) {
        TextCharacter cell = terminal.getCharacter(column, row);
        line.append(cell.getCharacterString());
        column += cell.isDoubleWidth() ? 1 : 0;
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
