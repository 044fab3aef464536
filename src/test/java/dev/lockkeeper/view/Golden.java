package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares frames with the files under {@code screenshots/}. {@code -Dgolden=write} writes the
 * files anew, text and picture; what changed is then read in the diff.
 */
public final class Golden {
  private static final Path ROOT = Path.of("screenshots");
  private static final boolean WRITE = "write".equals(System.getProperty("golden"));

  private Golden() {}

  /** The frame's text is that of {@code screenshots/<name>.txt}. */
  public static void matches(String name, Frame frame) {
    Path file = ROOT.resolve(name + ".txt");
    if (WRITE) {
      write(file, frame.text());
    }
    assertThat(read(file))
        .as("%s (write it anew with -Dgolden=write)", file)
        .isEqualTo(frame.text());
  }

  /**
   * The same, and {@code screenshots/<name>.svg} is its picture in the standard colours. The PNG
   * beside it is written and not compared, for its letters differ from machine to machine.
   */
  public static void pictured(String name, Frame frame) {
    matches(name, frame);
    Path file = ROOT.resolve(name + ".svg");
    if (WRITE) {
      Picture.of(frame).png(ROOT.resolve(name + ".png"));
    }
    written(file, Picture.of(frame).svg());
  }

  /** The picture for a dark page, and {@code <name>-light.svg} for a light one. */
  static void picturedTwice(String name, Frame frame) {
    pictured(name, frame);
    written(ROOT.resolve(name + "-light.svg"), new Picture(frame, Palette.LIGHT).svg());
  }

  /** {@code screenshots/<name>.svg} shows these frames one after the other. */
  static void moves(String name, Film film) {
    written(ROOT.resolve(name + ".svg"), film.svg());
  }

  private static void written(Path file, String picture) {
    if (WRITE) {
      write(file, picture);
    }
    assertThat(read(file)).as("%s (write it anew with -Dgolden=write)", file).isEqualTo(picture);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "(no such file)";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
