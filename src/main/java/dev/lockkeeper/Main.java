package dev.lockkeeper;

import dev.lockkeeper.app.Preload;
import dev.lockkeeper.app.Start;
import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.helm.KeptHelm;
import dev.lockkeeper.helm.Leftovers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    // Loaded now: when open files give out, no class of ours can be.
    int code = ExitCode.INTERNAL.number();
    Thread.setDefaultUncaughtExceptionHandler((thread, failed) -> gaveOut(thread, failed, code));
    // Commands are shown to be typed: their numbers are written in digits that every shell reads.
    Locale.setDefault(Locale.ROOT);
    // A library's log line would be painted across the screen.
    LogManager.getLogManager().reset();
    // A proxy gets the user and the password of its own URL, as from kubectl; Java would hold them
    // back.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    Path home = Path.of(System.getProperty("user.home", "/"));
    Preload.aside("sweep", () -> sweep(home));
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    System.exit(run(arguments, Storage.ofThisMachine(), out, err));
  }

  private static void sweep(Path home) {
    Leftovers.sweep(
        Runs.of(System.getenv(), home).folder(),
        Path.of(System.getProperty("java.io.tmpdir")),
        KeptHelm.cache(System.getenv(), home));
  }

  /**
   * Where memory, threads or open files give out there is a sentence instead of a stack trace, and
   * no code that would be an answer: 1 means no. What else fails beside the main thread is not
   * fatal: what that thread had to see grows old, and is told so.
   */
  private static void gaveOut(Thread thread, Throwable failed, int code) {
    if (failed instanceof Error || thread.getName().equals("main")) {
      String why = failed.toString().replaceAll("[^ -~]", "?");
      String text =
          "lockkeeper: this machine does not give the program what it needs ("
              .concat(why)
              .concat(
                  "): let it have more memory, threads (ulimit -u) or open files (ulimit -n)\n");
      try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
        err.write(text.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException nobodyReadsIt) {
        // The code says it, too.
      }
      System.exit(code);
    }
  }

  /** Runs the program with its journals on this disk. */
  static int run(String[] arguments, Storage storage, OutputStream answers, OutputStream messages) {
    Outlet out = Outlet.on(answers);
    Outlet err = Outlet.on(messages);
    Preload preload =
        Lockkeeper.opensScreen(arguments) ? Preload.begin(System.getenv()) : Preload.nothing();
    Start start = new Start(System.getenv(), out, err, storage, preload);
    int code = Lockkeeper.run(start, out, err, arguments);
    return out.trouble().isEmpty() ? code : unwritten(out.trouble().get(), err);
  }

  /** An answer of which a part is missing is no answer, whatever it was. */
  private static int unwritten(String why, Outlet err) {
    err.say(
        "lockkeeper: the output could not be written (%s) and is not complete: send it elsewhere and run the command again"
            .formatted(why));
    return ExitCode.OUTPUT.number();
  }
}
