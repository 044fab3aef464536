package dev.lockkeeper;

import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Where tests keep what is gone when they end: in memory, where there is room for it. A database
 * has a thousand files, and to make and remove them on a disk costs more than all that tests do
 * with it. Elsewhere it is the usual folder. JUnit finds this by the list of services and by {@code
 * junit-platform.properties}.
 */
public final class FoldersInMemory implements BeforeAllCallback, TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final long ROOM = 4L << 30;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (isRoomy()) {
      System.setProperty("java.io.tmpdir", MEMORY.toString());
    }
  }

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    beforeAll(context);
    // A short name: there are sockets in some of them.
    return Files.createTempDirectory(Trusted.temporary(), "t");
  }

  /** In a container it is often small, and programs in it are not run: tests write some. */
  private static boolean isRoomy() throws IOException {
    return Files.isWritable(MEMORY)
        && Files.isReadable(MOUNTS)
        && Files.getFileStore(MEMORY).getUsableSpace() > ROOM
        && Files.readAllLines(MOUNTS).stream()
            .map(line -> List.of(line.split(" ")))
            .anyMatch(
                mount ->
                    mount.get(1).equals(MEMORY.toString())
                        && !List.of(mount.get(3).split(",")).contains("noexec"));
  }
}
