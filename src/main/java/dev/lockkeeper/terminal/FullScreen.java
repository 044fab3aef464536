package dev.lockkeeper.terminal;

import dev.lockkeeper.view.Display;
import dev.lockkeeper.view.Frame;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.view.WatchScreen;
import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Watching;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/** The whole terminal as a display: each state is a frame, and whoever sits there presses keys. */
public final class FullScreen implements Display {
  private final TerminalWindow window;
  private final Theme theme;
  private final Alphabet alphabet;
  private final Clock clock;
  private volatile Consumer<Event> taking = event -> {};

  /**
   * A full screen in this window, which it closes.
   *
   * @param clock by which it is told when a key was pressed
   */
  FullScreen(TerminalWindow window, Theme theme, Alphabet alphabet, Clock clock) {
    this.window = window;
    this.theme = theme;
    this.alphabet = alphabet;
    this.clock = clock;
  }

  /**
   * Takes the terminal that this process was started on.
   *
   * @param environment the process's environment
   * @param clock by which it is told when a key was pressed
   * @throws TerminalUnavailable if there is none for a full screen; the message says what to do
   */
  public static FullScreen open(Map<String, String> environment, Clock clock)
      throws TerminalUnavailable {
    return new FullScreen(
        TerminalWindow.open(environment),
        Theme.chosen(environment),
        Alphabet.chosen(environment),
        clock);
  }

  @Override
  public void listen(Consumer<Event> taking, Runnable again, Runnable gone) {
    this.taking = taking;
    window.resized(size -> again.run());
    window.keys(key -> taking.accept(new Event.Pressed(key, clock.instant())), gone);
  }

  @Override
  public void show(State state) {
    Size size = window.size();
    paint(Screens.render(state, size.columns(), size.rows()));
    Screens.readToItsEnd(state, size.columns(), size.rows())
        .ifPresent(question -> taking.accept(new Event.ReadToItsEnd(question)));
  }

  @Override
  public void show(Approach state) {
    Size size = window.size();
    paint(Screens.render(state, size.columns(), size.rows()));
  }

  @Override
  public void show(Watching state) {
    Size size = window.size();
    paint(WatchScreen.render(state, size.columns(), size.rows()));
  }

  private void paint(Frame frame) {
    window.paint(alphabet.spell(frame), theme);
  }

  @Override
  public void close() {
    window.close();
  }
}
