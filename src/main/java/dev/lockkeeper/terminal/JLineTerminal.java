package dev.lockkeeper.terminal;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import dev.lockkeeper.trust.Scratch;
import dev.lockkeeper.trust.Trusted;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/**
 * Lanterna's picture of a terminal on top of JLine's: JLine gives raw mode, the size and signals
 * without starting other programs; bytes go straight to file descriptors 0 and 1. Lanterna's own
 * Unix terminal runs {@code stty}, may wait 15 s for a size, and writes each character on its own.
 */
final class JLineTerminal extends ANSITerminal {
  /** Lanterna writes all sequences; a type that JLine has to look up makes it run infocmp. */
  private static final String TYPE = "lockkeeper";

  /**
   * Where JLine unpacks its native part: by itself where anybody could put another in its place.
   */
  private static final String UNPACKS = "jline.tmpdir";

  private static final String STOPS =
      "lockkeeper has stopped and watches nothing meanwhile; fg continues it.\r\n";

  private static final TerminalSize USUAL = new TerminalSize(80, 24);

  private final Terminal terminal;
  private final Attributes usual;
  private final Attributes raw;
  private final StopSignal stop = new StopSignal();
  private final Optional<Path> watcher;
  private volatile Runnable takenBack = () -> {};
  private boolean fullScreen;
  private boolean closed;

  /**
   * Takes the terminal that this process was started on.
   *
   * @param watcher the pipe to whoever gives the terminal back should this process be killed
   * @throws IOException if it cannot be set up
   * @throws IllegalStateException if input or output is no terminal
   */
  static JLineTerminal open(Optional<Path> watcher) throws IOException {
    InfoCmp.setLoadedInfoCmp(TYPE, TYPE + ",\n");
    Path unpacked = Scratch.TERMINAL.in(Trusted.temporary());
    System.setProperty(UNPACKS, unpacked.toString());
    try {
      return new JLineTerminal(built(), watcher);
    } finally {
      // What is loaded by now is needed by nobody else, and would be left by whoever is killed.
      try (Stream<Path> all = Files.list(unpacked)) {
        for (Path each : all.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(unpacked);
    }
  }

  private static Terminal built() throws IOException {
    return TerminalBuilder.builder()
        .system(true)
        .dumb(false)
        .exec(false)
        .type(TYPE)
        .systemOutput(TerminalBuilder.SystemOutput.SysOut)
        .nativeSignals(true)
        .signalHandler(Terminal.SignalHandler.SIG_IGN)
        .build();
  }

  private JLineTerminal(Terminal terminal, Optional<Path> watcher) {
    super(
        new TypedInput(new FileInputStream(FileDescriptor.in)),
        new FrameOutput(new FileOutputStream(FileDescriptor.out)),
        StandardCharsets.UTF_8);
    this.terminal = terminal;
    this.watcher = watcher;
    tell("taken");
    this.usual = terminal.enterRawMode();
    this.raw = terminal.getAttributes();
    // Ctrl-C, ctrl-Z and ctrl-\ are keys like any other, whatever becomes of them.
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    // Lanterna knows Enter as a line feed, never as a lone carriage return.
    raw.setInputFlag(Attributes.InputFlag.ICRNL, true);
    terminal.setAttributes(raw);
    terminal.handle(Signal.WINCH, signal -> noticeSize());
  }

  /** Calls back when another program sends SIGINT, which nobody types in raw mode. */
  void interrupted(Runnable interrupted) {
    terminal.handle(Signal.INT, signal -> interrupted.run());
  }

  /**
   * Calls back when the process goes on after it was stopped; the shell may have changed the tty.
   */
  void continued(Runnable continued) {
    takenBack = continued;
    terminal.handle(
        Signal.CONT,
        signal -> {
          stop.continued();
          takeBack();
          continued.run();
        });
  }

  /**
   * Gives the terminal to the shell and stops this process, until the shell lets it go on.
   *
   * @return whether it was stopped; nothing is where no shell has it as a job
   */
  boolean stop() {
    try {
      giveAway();
      return stop.stop(terminal);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      takeBack();
      takenBack.run();
    }
  }

  private synchronized void giveAway() {
    if (closed) {
      return;
    }
    try {
      exitPrivateMode();
      putString(STOPS);
      flush();
    } catch (IOException gone) {
      // Without a terminal there is nothing to give away.
    }
    terminal.setAttributes(usual);
    tell("given");
  }

  private void noticeSize() {
    try {
      // Asking compares it with the last size and tells the listeners.
      getTerminalSize();
    } catch (IOException gone) {
      // Without a terminal there is no size, and the end of its input is told elsewhere.
    }
  }

  private synchronized void takeBack() {
    if (closed) {
      return;
    }
    tell("taken");
    terminal.setAttributes(raw);
    try {
      // Lanterna enters only what it has left.
      if (fullScreen) {
        exitPrivateMode();
      }
      enterPrivateMode();
    } catch (IOException gone) {
      // Without a terminal there is nothing to take back.
    }
    noticeSize();
  }

  @Override
  protected TerminalSize findTerminalSize() {
    org.jline.terminal.Size size = terminal.getSize();
    boolean known = size.getColumns() > 0 && size.getRows() > 0;
    return known ? new TerminalSize(size.getColumns(), size.getRows()) : USUAL;
  }

  /** Whole at once: one character after the other, two-byte characters come out with a NUL. */
  @Override
  public void putString(String text) throws IOException {
    writeToTerminal(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void enterPrivateMode() throws IOException {
    super.enterPrivateMode();
    putString(Pasted.ASK);
    fullScreen = true;
  }

  @Override
  public void exitPrivateMode() throws IOException {
    putString(Pasted.ENOUGH);
    super.exitPrivateMode();
    fullScreen = false;
  }

  /** Gives the terminal back as it was; a second call does nothing. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (fullScreen) {
        exitPrivateMode();
      }
      flush();
    } finally {
      // This gives back the modes that the terminal had before.
      terminal.close();
      tell("given");
    }
  }

  /** Nobody watches where this was not started by its launcher. */
  private void tell(String word) {
    if (watcher.isPresent()) {
      try {
        Files.writeString(watcher.get(), word + "\n", StandardOpenOption.WRITE);
      } catch (IOException gone) {
        // Without it, a terminal that is not given back stays as it is.
      }
    }
  }
}
