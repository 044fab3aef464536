package dev.lockkeeper;

import dev.lockkeeper.e2e.CrashingDisk;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.files.TouchedChannel;
import dev.lockkeeper.journal.Entry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.LogManager;

/** The program itself, but for the disk on which its journals lie. */
public final class CrashingProgram {
  private CrashingProgram() {}

  /**
   * Runs the program.
   *
   * @param words where crashes are noted down, the kind of the line, the point, and then the
   *     command line
   * @throws IOException when the notes of crashes cannot be read
   */
  public static void main(String[] words) throws IOException {
    Locale.setDefault(Locale.ROOT);
    LogManager.getLogManager().reset();
    CrashingDisk.Moment moment =
        new CrashingDisk.Moment(Entry.Kind.valueOf(words[1]), CrashingDisk.Point.valueOf(words[2]));
    CrashingDisk disk = new CrashingDisk(moment, Path.of(words[0]));
    Storage storage = path -> new TouchedChannel(Storage.ofThisMachine().open(path), disk);
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    System.exit(Main.run(Arrays.copyOfRange(words, 3, words.length), storage, out, err));
  }
}
