package dev.lockkeeper.files;

import dev.lockkeeper.bundle.Item;
import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new folder for what is kept of one moment, which only its owner may enter, and its files.
 *
 * @param path where it lies
 */
public record EvidenceFolder(Path path) {
  private static final String NAME = "evidence";

  /** What is kept more often is kept by mistake. */
  private static final int MOST = 100;

  /**
   * Makes one in the folder of a run; none that is there is touched.
   *
   * @throws IOException if it cannot be made
   */
  public static EvidenceFolder begin(Path run) throws IOException {
    if (!Trusted.ours(run)) {
      throw new IOException("the run's folder is gone: " + run);
    }
    for (int i = 1; i <= MOST; i++) {
      Path folder = run.resolve(i == 1 ? NAME : NAME + "-" + i);
      if (!Files.exists(folder)) {
        return new EvidenceFolder(Private.folder(folder));
      }
    }
    throw new IOException("there are %d of them already".formatted(MOST));
  }

  /**
   * Writes one file, which must not be there yet.
   *
   * @throws IOException if it cannot be written
   */
  public void add(Item item) throws IOException {
    Path file = path.resolve(item.name());
    Files.createFile(file);
    Private.file(file);
    Files.write(file, item.bytes(), StandardOpenOption.TRUNCATE_EXISTING);
  }
}
