package dev.lockkeeper.worlds;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The program of the practice world, which is no part of the wizard: it lies beside it, in {@code
 * practice}, with its own libraries. In a build that was not packaged its classes are among ours.
 *
 * @param jar its archive; empty where its classes are among ours
 */
public record PracticeProgram(Optional<Path> jar) {
  /** Its main class. */
  static final String MAIN = "dev.lockkeeper.practice.World";

  /**
   * Looks for it.
   *
   * @throws IOException when it is not installed, with a sentence for the operator
   */
  public static PracticeProgram find() throws IOException {
    if (PracticeProgram.class.getClassLoader().getResource(Scenarios.INDEX) != null) {
      return new PracticeProgram(Optional.empty());
    }
    Path jar = ours().resolveSibling(Path.of("practice", "lockkeeper-practice.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IOException(
          "it is not installed: there is no %s; lay it there with its lib, or build it again"
              .formatted(jar));
    }
    return new PracticeProgram(Optional.of(jar));
  }

  private static Path ours() throws IOException {
    try {
      return Path.of(
          PracticeProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("it cannot be found: " + e.getMessage(), e);
    }
  }

  /** The class path with which it is started; ours is a part of it. */
  String classPath() {
    String ours = System.getProperty("java.class.path");
    return jar.map(
            file ->
                String.join(
                    File.pathSeparator,
                    file.toString(),
                    file.resolveSibling("lib").resolve("*").toString(),
                    ours))
        .orElse(ours);
  }

  /** What can be practised with it. */
  public Scenarios scenarios() throws IOException {
    if (jar.isEmpty()) {
      return read(PracticeProgram.class.getClassLoader().getResourceAsStream(Scenarios.INDEX));
    }
    try (ZipFile archive = new ZipFile(jar.get().toFile())) {
      ZipEntry index = archive.getEntry(Scenarios.INDEX);
      if (index == null) {
        throw new IOException(jar.get() + " holds no scenarios: install it again");
      }
      return read(archive.getInputStream(index));
    }
  }

  private static Scenarios read(InputStream index) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(index, StandardCharsets.UTF_8))) {
      return Scenarios.read(lines);
    }
  }
}
