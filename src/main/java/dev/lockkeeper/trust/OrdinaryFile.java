package dev.lockkeeper.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The one way in which a file that somebody else may have laid down, or that was named by mistake,
 * is read: it is a regular file, and no larger than such a file ever is. A pipe or a device has no
 * end, and merely opening one can last for ever.
 */
public final class OrdinaryFile {
  /** As good as an empty file, and often named for one. */
  private static final Path NOTHING = Path.of("/dev/null");

  private static final int KIND = 0170000;

  private OrdinaryFile() {}

  /**
   * All of it.
   *
   * @param largest how many bytes it may have
   * @throws Unreadable if it is not there, may not be read, is no such file, or is larger
   */
  public static byte[] bytes(Path path, int largest) throws Unreadable {
    try {
      if (path.toRealPath().equals(NOTHING)) {
        return new byte[0];
      }
      require(path);
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(largest + 1);
        if (bytes.length > largest) {
          throw new Unreadable("it is larger than %d bytes, and is not read".formatted(largest));
        }
        return bytes;
      }
    } catch (Unreadable e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new Unreadable("there is no such file");
    } catch (AccessDeniedException e) {
      throw new Unreadable("this user may not read it");
    } catch (IOException e) {
      throw new Unreadable("it cannot be read (%s)".formatted(e.getClass().getSimpleName()));
    }
  }

  /** The same as text in UTF-8. */
  public static String text(Path path, int largest) throws Unreadable {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(bytes(path, largest));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Unreadable("it is no text in UTF-8");
    }
  }

  /** The same, line by line. */
  public static List<String> lines(Path path, int largest) throws Unreadable {
    return text(path, largest).lines().toList();
  }

  /**
   * Finds out whether something is a regular file, without opening it.
   *
   * @throws Unreadable if it is there and is something else
   * @throws IOException if it is not there, or it cannot be found out
   */
  public static void require(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      int kind = (Integer) Files.getAttribute(path, "unix:mode") & KIND;
      throw new Unreadable("it is %s, and no ordinary file".formatted(word(kind)));
    }
  }

  private static String word(int kind) {
    return switch (kind) {
      case 0040000 -> "a folder";
      case 0010000 -> "a pipe";
      case 0140000 -> "a socket";
      case 0020000, 0060000 -> "a device";
      default -> "something else";
    };
  }
}
