package dev.lockkeeper.worlds;

import dev.lockkeeper.trust.Trusted;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
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
    return beside(ours());
  }

  /**
   * Looks for it beside the wizard.
   *
   * @param wizard the wizard's own archive
   */
  static PracticeProgram beside(Path wizard) throws IOException {
    Path jar = wizard.resolveSibling(Path.of("practice", "lockkeeper-practice.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IOException(
          "it is not installed: there is no %s; lay it there with its lib, or build it again"
              .formatted(jar));
    }
    Path libraries = jar.resolveSibling("lib");
    if (!Files.isDirectory(libraries)) {
      throw new IOException(
          "it is not complete: there is no folder %s; install it again".formatted(libraries));
    }
    // It is run. Whoever installed the wizard, and nobody else, may have laid it there.
    for (Path part : List.of(jar, libraries)) {
      if (others(part) || !Files.getOwner(part).equals(Files.getOwner(wizard))) {
        Trusted.oursOrRoots(part);
      }
    }
    return new PracticeProgram(Optional.of(jar));
  }

  /** Whether others than its owner may write to it. */
  private static boolean others(Path part) throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(part);
    return rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /**
   * The jar of this class, by its own name: a class that comes from an archive of Java's has no
   * code source.
   */
  private static Path ours() throws IOException {
    URL own = PracticeProgram.class.getResource(PracticeProgram.class.getSimpleName() + ".class");
    if (own == null || !(own.openConnection() instanceof JarURLConnection inside)) {
      throw new IOException("it is not installed: the wizard was not started from its jar");
    }
    try {
      return Path.of(inside.getJarFileURL().toURI());
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
    try (ZipFile archive = open(jar.get())) {
      ZipEntry index = archive.getEntry(Scenarios.INDEX);
      if (index == null) {
        throw new IOException(jar.get() + " holds no scenarios: install it again");
      }
      return read(archive.getInputStream(index));
    }
  }

  private static ZipFile open(Path jar) throws IOException {
    try {
      return new ZipFile(jar.toFile());
    } catch (ZipException e) {
      throw new IOException(
          "%s is damaged: install it again (%s)".formatted(jar, e.getMessage()), e);
    }
  }

  private static Scenarios read(InputStream index) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(index, StandardCharsets.UTF_8))) {
      return Scenarios.read(lines);
    }
  }
}
