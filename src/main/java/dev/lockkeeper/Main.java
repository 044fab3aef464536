package dev.lockkeeper;

import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.files.Storage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.LogManager;

/** Entry point: makes the command line and hands it what it can start. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    // Commands are shown to be typed: their numbers are written in digits that every shell reads.
    Locale.setDefault(Locale.ROOT);
    // A library's log line would be painted across the screen.
    LogManager.getLogManager().reset();
    PrintStream err = unicode(FileDescriptor.err);
    System.exit(run(arguments, Storage.ofThisMachine(), err));
  }

  /** Runs the program with its journals on this disk. */
  static int run(String[] arguments, Storage storage, PrintStream err) {
    Start start = new Start(System.getenv(), unicode(FileDescriptor.out), err, storage);
    return Lockkeeper.run(start, new PrintWriter(err, true), arguments);
  }

  /** Java takes a container without a locale for one that knows ASCII alone. */
  private static PrintStream unicode(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }
}
