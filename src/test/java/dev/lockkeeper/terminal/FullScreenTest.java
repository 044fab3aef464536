package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is pressed on a terminal, and what of it counts. */
class FullScreenTest {
  private static final Instant NOW = Instant.parse("2026-03-04T21:05:00Z");

  private static Event pressed(Key key) {
    return new Event.Pressed(key, NOW);
  }

  private static List<Event> heard(int columns, int rows) throws Exception {
    DefaultVirtualTerminal terminal = new DefaultVirtualTerminal(new TerminalSize(columns, rows));
    List<Event> heard = new CopyOnWriteArrayList<>();
    FullScreen screen =
        new FullScreen(
            new TerminalWindow(terminal),
            Theme.STANDARD,
            Alphabet.chosen(Map.of()),
            Clock.fixed(NOW, ZoneOffset.UTC),
            new FullScreen.Means(false, false));
    screen.listen(heard::add, () -> {}, () -> {});
    terminal.addInput(new KeyStroke(KeyType.Enter));
    terminal.addInput(new KeyStroke('x', false, false));
    terminal.addInput(new KeyStroke('c', true, false));
    terminal.addInput(new KeyStroke(KeyType.Escape));
    await().until(() -> heard.contains(pressed(Key.of(Key.Name.ESCAPE))));
    return List.copyOf(heard);
  }

  /** Enter would go on to a step, or take an offer, that is nowhere to be seen. */
  @Test
  void whereNothingIsToBeSeenKeysOnlyCancel() throws Exception {
    assertThat(heard(59, 20))
        .containsExactly(pressed(Key.ctrl('c')), pressed(Key.of(Key.Name.ESCAPE)));
    assertThat(heard(60, 20)).contains(pressed(Key.of(Key.Name.ENTER))).hasSize(4);
  }
}
