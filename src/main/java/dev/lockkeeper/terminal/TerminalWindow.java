package dev.lockkeeper.terminal;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.screen.Screen.RefreshType;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.Terminal;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import dev.lockkeeper.view.Frame;
import dev.lockkeeper.wizard.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The whole terminal as a window: frames are painted on it, keys come from it. The terminal is
 * given back as it was by {@link #close()} and on every other way out that the process lives to
 * see: exit, SIGTERM, SIGHUP.
 *
 * <p>Once a window was open, nothing else in this process may read standard input: a thread of the
 * window goes on reading it.
 */
public final class TerminalWindow implements AutoCloseable {
  /** How long the way out may take when the terminal does not take what is written. */
  private static final long WAY_OUT_MILLIS = 1000;

  /** Set by the launcher; see there. */
  private static final String WATCHER = "LOCKKEEPER_WATCHER";

  private static final String NO_TERMINAL =
      "standard input and output are not both a terminal: start it from one (ssh -t, kubectl exec"
          + " -it)";

  /** Alternate scroll: the wheel presses arrow keys while a full screen is shown. */
  private static final String WHEEL_ON = "\u001b[?1007h";

  private static final String WHEEL_OFF = "\u001b[?1007l";
  private static final String WHEEL_KEPT = "\u001b[?1007s";
  private static final String WHEEL_AS_BEFORE = "\u001b[?1007r";

  private static final Key STOP = Key.ctrl('z');

  private final TerminalScreen screen;
  private final Map<Theme, Painter> painters = new EnumMap<>(Theme.class);
  private final Thread wayOut = new Thread(this::leaveInTime, "terminal-restore");
  private volatile Consumer<Key> pressed = key -> {};
  private volatile Consumer<Size> resized = size -> {};
  private volatile Size size;
  private volatile BooleanSupplier stopping = () -> false;
  private Optional<Laid> laid = Optional.empty();
  private Optional<Boolean> wheel = Optional.empty();
  private boolean closed;

  /** What lies in the cells, and in whose colours. */
  private record Laid(Frame frame, Theme theme) {}

  /** A window on any of Lanterna's terminals, such as a virtual one. */
  TerminalWindow(Terminal terminal) throws IOException {
    screen = new TerminalScreen(terminal);
    screen.startScreen();
    screen.setCursorPosition(null);
    size = size(screen.getTerminalSize());
    terminal.addResizeListener(
        (same, now) -> {
          size = size(now);
          resized.accept(size);
        });
  }

  /**
   * Finds out whether this process was started on a terminal for a full screen, and touches
   * nothing: there is no use in beginning anything if it was not.
   *
   * @param environment the process's environment
   * @throws TerminalUnavailable if it was not; the message says what to do
   */
  public static void require(Map<String, String> environment) throws TerminalUnavailable {
    String type = environment.getOrDefault("TERM", "");
    if (type.isEmpty() || type.equals("dumb")) {
      throw new TerminalUnavailable(
          ("TERM is \"%s\": no full screen can be drawn on such a terminal. Set TERM"
                  + " (xterm-256color, say) if it can do more.")
              .formatted(type));
    }
    // From Java 22 on there is always a console; then opening the window finds out.
    if (System.console() == null) {
      throw new TerminalUnavailable(NO_TERMINAL);
    }
  }

  /**
   * Takes the terminal that this process was started on and clears it.
   *
   * @param environment the process's environment
   * @throws TerminalUnavailable if there is none for a full screen; the message says what to do
   */
  public static TerminalWindow open(Map<String, String> environment) throws TerminalUnavailable {
    require(environment);
    try {
      JLineTerminal terminal =
          JLineTerminal.open(
              Optional.ofNullable(environment.get(WATCHER))
                  .filter("/dev/fd/9"::equals)
                  .map(Path::of));
      TerminalWindow window = new TerminalWindow(terminal);
      Runtime.getRuntime().addShutdownHook(window.wayOut);
      terminal.interrupted(() -> window.pressed.accept(Key.ctrl('c')));
      terminal.continued(window::startOver);
      window.stopping = terminal::stop;
      return window;
    } catch (IOException | IllegalStateException none) {
      throw new TerminalUnavailable(NO_TERMINAL, none);
    }
  }

  /** Its present size. */
  public Size size() {
    return size;
  }

  /**
   * Shows a frame; only what changed is sent, with one write. A frame of another size than the
   * terminal's is clipped or filled up with blanks. If the terminal has gone, nothing happens: the
   * end of its keys tells so.
   */
  public synchronized void paint(Frame frame, Theme theme) {
    if (closed) {
      return;
    }
    if (screen.doResizeIfNecessary() != null) {
      laid = Optional.empty();
    }
    Laid wanted = new Laid(frame, theme);
    if (laid.filter(wanted::equals).isPresent()) {
      return;
    }
    Optional<Frame> before = laid.filter(old -> old.theme() == theme).map(Laid::frame);
    painters.computeIfAbsent(theme, Painter::new).lay(frame, before, screen);
    // Lanterna finds out by itself whether all is to be sent; where only cells differ, it need not.
    RefreshType how = laid.isPresent() ? RefreshType.DELTA : RefreshType.AUTOMATIC;
    laid = Optional.of(wanted);
    try {
      screen.refresh(how);
    } catch (IOException gone) {
      // Said above: whoever takes the keys is told.
    }
  }

  /**
   * Has the mouse wheel press arrow keys from now on, or nothing: what is selected with the mouse
   * stays the terminal's own business. How it was before is kept by the terminal until the way out.
   */
  public synchronized void wheel(boolean scrolls) {
    if (wheel.filter(before -> before == scrolls).isPresent() || wheel.isEmpty() && !scrolls) {
      return;
    }
    send((wheel.isEmpty() ? WHEEL_KEPT : "") + (scrolls ? WHEEL_ON : WHEEL_OFF));
    wheel = Optional.of(scrolls);
  }

  /** Sends a sequence that shows nothing. */
  synchronized void send(String sequence) {
    if (closed || !(screen.getTerminal() instanceof ANSITerminal terminal)) {
      return;
    }
    try {
      terminal.putString(sequence);
      terminal.flush();
    } catch (IOException gone) {
      // Whoever takes the keys is told.
    }
  }

  /**
   * Hands over each key from now on, on a thread of its own; to be called once.
   *
   * @param pressed takes a key
   * @param ended is told when no more can come, because the terminal has gone or was closed
   */
  public void keys(Consumer<Key> pressed, Runnable ended) {
    this.pressed = pressed;
    Thread reader = new Thread(() -> readKeys(ended), "keys");
    reader.setDaemon(true);
    reader.start();
  }

  /** Tells every new size from now on, on a thread of the terminal's; to be called once. */
  public void resized(Consumer<Size> resized) {
    this.resized = resized;
  }

  private void readKeys(Runnable ended) {
    try {
      for (KeyStroke stroke = screen.readInput();
          stroke != null && stroke.getKeyType() != KeyType.EOF;
          stroke = screen.readInput()) {
        Keystrokes.key(stroke).filter(key -> !key.equals(STOP) || !stop()).ifPresent(pressed);
      }
    } catch (IOException gone) {
      // A terminal that has gone is the end of its keys.
    }
    ended.run();
  }

  /**
   * Ctrl-Z gives the terminal back until the shell lets this go on; nothing is painted meanwhile.
   *
   * @return whether it was stopped; else it is a key like any other
   */
  private synchronized boolean stop() {
    wheel.ifPresent(any -> send(WHEEL_AS_BEFORE));
    wheel = Optional.empty();
    return !closed && stopping.getAsBoolean();
  }

  /** Forgets what is on the terminal and asks for a frame, which is then sent whole. */
  private void startOver() {
    synchronized (this) {
      screen.clear();
      laid = Optional.empty();
    }
    resized.accept(size);
  }

  /** Gives the terminal back as it was; a second call does nothing. */
  @Override
  public void close() {
    leave();
    try {
      Runtime.getRuntime().removeShutdownHook(wayOut);
    } catch (IllegalStateException exiting) {
      // The hook runs already and will find the window closed.
    }
  }

  private synchronized void leave() {
    if (closed) {
      return;
    }
    wheel.ifPresent(any -> send(WHEEL_AS_BEFORE));
    closed = true;
    try {
      screen.stopScreen(false);
      screen.getTerminal().close();
    } catch (IOException gone) {
      // There is nothing left to give back.
    }
  }

  /** A terminal that takes no bytes (ctrl-S, a stalled network) must not keep the process alive. */
  private void leaveInTime() {
    Thread leaving = new Thread(this::leave, "terminal-leave");
    leaving.setDaemon(true);
    leaving.start();
    try {
      leaving.join(WAY_OUT_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Size size(TerminalSize size) {
    return new Size(size.getColumns(), size.getRows());
  }
}
