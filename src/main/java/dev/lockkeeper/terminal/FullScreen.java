package dev.lockkeeper.terminal;

import dev.lockkeeper.view.Display;
import dev.lockkeeper.view.Frame;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.view.TooSmall;
import dev.lockkeeper.view.WatchScreen;
import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Extent;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Watching;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The whole terminal as a display: each state is a frame, and whoever sits there presses keys. */
public final class FullScreen implements Display {
  private static final Set<Key> BLIND = Set.of(Key.of(Key.Name.ESCAPE), Key.ctrl('c'));

  private final TerminalWindow window;
  private final Theme theme;
  private final Alphabet alphabet;
  private final Clock clock;
  private final Means means;
  private volatile Consumer<Event> taking = event -> {};

  /**
   * What of the terminal is used besides its cells.
   *
   * @param clipboard whether text may be handed to its clipboard
   * @param wheel whether the mouse wheel is asked for in panels
   */
  record Means(boolean clipboard, boolean wheel) {
    /** Switches the clipboard off when it is {@code off}. */
    static final String CLIPBOARD = "LOCKKEEPER_CLIPBOARD";

    /** Switches the wheel off when it is {@code off}. */
    static final String WHEEL = "LOCKKEEPER_WHEEL";

    static Means chosen(Map<String, String> environment) {
      return new Means(
          !"off".equalsIgnoreCase(environment.get(CLIPBOARD)),
          !"off".equalsIgnoreCase(environment.get(WHEEL)));
    }
  }

  /**
   * A full screen in this window, which it closes.
   *
   * @param clock by which it is told when a key was pressed
   */
  FullScreen(TerminalWindow window, Theme theme, Alphabet alphabet, Clock clock, Means means) {
    this.window = window;
    this.theme = theme;
    this.alphabet = alphabet;
    this.clock = clock;
    this.means = means;
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
        clock,
        Means.chosen(environment));
  }

  @Override
  public void listen(Consumer<Event> taking, Runnable again, Runnable gone) {
    this.taking = taking;
    window.resized(size -> again.run());
    window.keys(this::pressed, gone);
  }

  /** Where nothing is to be seen nobody knows what a key would do; to cancel is always right. */
  private void pressed(Key key) {
    Size size = window.size();
    if (!TooSmall.applies(size.columns(), size.rows()) || BLIND.contains(key)) {
      taking.accept(new Event.Pressed(key, clock.instant()));
    }
  }

  @Override
  public void show(State state) {
    Size size = window.size();
    wheel(state.opened().isPresent() && state.dialog().isEmpty());
    paint(Screens.render(state, size.columns(), size.rows()), state.extent());
    Screens.readToItsEnd(state, size.columns(), size.rows())
        .ifPresent(question -> taking.accept(new Event.ReadToItsEnd(question)));
  }

  @Override
  public void show(Approach state) {
    Size size = window.size();
    State picture = state.picture();
    wheel(picture.opened().isPresent() && picture.dialog().isEmpty());
    paint(Screens.render(state, size.columns(), size.rows()), picture.extent());
  }

  @Override
  public void show(Watching state) {
    Size size = window.size();
    wheel(state.opened().isPresent());
    paint(WatchScreen.render(state, size.columns(), size.rows()), state.extent());
  }

  private void paint(Frame frame, Extent known) {
    window.paint(alphabet.spell(frame), theme);
    if (!frame.extent().equals(known)) {
      taking.accept(new Event.Laid(frame.extent()));
    }
  }

  private void wheel(boolean scrolls) {
    if (means.wheel()) {
      window.wheel(scrolls);
    }
  }

  @Override
  public Copied copy(String inert) {
    if (!means.clipboard()) {
      return new Copied(Copied.Way.OFF, 0);
    }
    Clipboard sent = Clipboard.of(inert);
    window.send(sent.sequence());
    return new Copied(sent.cut() ? Copied.Way.CUT : Copied.Way.SENT, sent.length());
  }

  @Override
  public void close() {
    window.close();
  }
}
