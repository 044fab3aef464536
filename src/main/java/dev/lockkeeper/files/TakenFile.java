package dev.lockkeeper.files;

import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What an operator takes away from the screen: files of their own beside the run's journal. */
public final class TakenFile {
  private static final int MOST = 100;

  private TakenFile() {}

  /**
   * Writes this to a new file that only its owner may read; none that is there is touched.
   *
   * @param folder the run's
   * @param name what it is called, without its ending; what fits into no file name is left out
   * @return where it lies
   * @throws IOException if it cannot be written
   */
  public static Path write(Path folder, String name, String text) throws IOException {
    Trusted.ours(folder);
    String called = name.replaceAll("[^A-Za-z0-9.-]+", "-").replaceAll("^[.-]+", "");
    String safe = called.isEmpty() ? "text" : called;
    for (int i = 1; i <= MOST; i++) {
      Path file = folder.resolve(safe + (i == 1 ? "" : "-" + i) + ".txt");
      try (SeekableByteChannel channel = Files.newByteChannel(file, NEW, attributes(folder))) {
        Channels.newOutputStream(channel).write((text + "\n").getBytes(StandardCharsets.UTF_8));
        return file;
      } catch (FileAlreadyExistsException taken) {
        // The next number, then.
      }
    }
    throw new IOException("there are %d of them already".formatted(MOST));
  }

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static FileAttribute<?>[] attributes(Path folder) {
    return Private.posix(folder)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
