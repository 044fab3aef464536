package dev.lockkeeper.files;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.parsing.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** The bundled knowledge of Coder. */
public final class KnowledgeFile {
  private static final String FOLDER = "/dev/lockkeeper/knowledge/";

  private KnowledgeFile() {}

  /**
   * Reads the knowledge that is bundled with the program.
   *
   * @throws Malformed if a file of it cannot be understood, which is a mistake of the build
   */
  public static Knowledge load() {
    return load(KnowledgeFile::resource);
  }

  /** Reads the knowledge from the files whose text is found by their names. */
  static Knowledge load(UnaryOperator<String> text) {
    return new Knowledge(
        KnowledgeTables.releases("releases.txt", text.apply("releases.txt")),
        KnowledgeTables.migrations("migrations.txt", text.apply("migrations.txt")),
        KnowledgeLists.gaps("gaps.yaml", text.apply("gaps.yaml")),
        KnowledgeLists.issues("issues.yaml", text.apply("issues.yaml")),
        KnowledgeLists.charts("charts.yaml", text.apply("charts.yaml")));
  }

  private static String resource(String name) {
    try (InputStream in = KnowledgeFile.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new Malformed(name + ":1: is not part of this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
