package dev.lockkeeper.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Packs a folder so that the same files make the same bytes: sorted, everything root's, and of one
 * time.
 *
 * @param time of all that is in it
 */
record TarGz(Instant time) {
  private static final int FILE = 0644;
  private static final int PROGRAM = 0755;

  void write(Path folder, Path archive) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream packed = new GzipCompressorOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path each : Staged.below(folder, Comparator.naturalOrder())) {
        add(tar, each, folder.getParent().relativize(each).toString());
      }
    }
  }

  private void add(TarArchiveOutputStream tar, Path path, String name) throws IOException {
    TarArchiveEntry entry = entry(path, name);
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    entry.setModTime(FileTime.from(time));
    tar.putArchiveEntry(entry);
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(path, tar);
    }
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry entry(Path path, String name) throws IOException {
    if (Files.isSymbolicLink(path)) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      link.setLinkName(Files.readSymbolicLink(path).toString());
      return link;
    }
    boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    TarArchiveEntry entry = new TarArchiveEntry(folder ? name + "/" : name);
    entry.setMode(folder || Files.isExecutable(path) ? PROGRAM : FILE);
    entry.setSize(folder ? 0 : Files.size(path));
    return entry;
  }
}
