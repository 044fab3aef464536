package dev.lockkeeper.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whose something is, and what others may do with it.
 *
 * @param uid its owner
 * @param gid its group
 * @param bits what it is, and its mode
 */
record Standing(long uid, long gid, int bits) {
  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 020;
  private static final int ALL_WRITE = 002;
  private static final int OTHERS = 077;
  private static final int KIND = 0170000;
  private static final int LINK = 0120000;
  private static final int FOLDER = 0040000;
  private static final int ROOT = 0;

  /** The group of those who may become root on macOS: Homebrew's folders are open to it. */
  private static final int ADMIN = 80;

  /** Of a link: that of the link itself. */
  static Standing of(Path path) throws IOException {
    Map<String, Object> read =
        Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
    return new Standing(
        Integer.toUnsignedLong((Integer) read.get("uid")),
        Integer.toUnsignedLong((Integer) read.get("gid")),
        (Integer) read.get("mode"));
  }

  boolean link() {
    return (bits & KIND) == LINK;
  }

  boolean ours() {
    return uid == Ourselves.uid();
  }

  boolean oursOrRoots() {
    return uid == ROOT || ours();
  }

  /** Others may change it. */
  boolean open() {
    return (bits & ALL_WRITE) != 0
        || (bits & GROUP_WRITES) != 0
            && !(gid == ADMIN && macOs())
            && !OwnGroup.ofThisMachine().alone(Ourselves.uid(), gid);
  }

  /** Others may make something in it, but not rename what they did not make. */
  boolean sticky() {
    return (bits & KIND) == FOLDER && (bits & STICKY) != 0;
  }

  /** A folder of ours that nobody else enters: what is in it, only we can have put there. */
  boolean closed() {
    return (bits & KIND) == FOLDER && (bits & OTHERS) == 0 && ours();
  }

  String mode() {
    return "%04o".formatted(bits & 07777);
  }

  private static boolean macOs() {
    return System.getProperty("os.name", "").startsWith("Mac");
  }
}
