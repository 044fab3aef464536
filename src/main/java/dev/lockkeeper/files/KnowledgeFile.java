package dev.lockkeeper.files;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.parsing.YamlNode;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The bundled knowledge of Coder. */
public final class KnowledgeFile {
  private static final String FOLDER = "knowledge/";

  private KnowledgeFile() {}

  /**
   * Reads the knowledge that is bundled with the program.
   *
   * @throws Malformed if a file of it cannot be understood, which is a mistake of the build
   */
  public static Knowledge load() {
    return load(
        name -> BundledYaml.text(FOLDER + name), name -> BundledYaml.read(FOLDER + name).list());
  }

  /** Reads the knowledge from the files whose text is found by their names. */
  static Knowledge load(UnaryOperator<String> text) {
    return load(text, name -> YamlNode.list(name, text.apply(name)));
  }

  private static Knowledge load(UnaryOperator<String> text, Function<String, List<YamlNode>> list) {
    return new Knowledge(
        KnowledgeTables.releases("releases.txt", text.apply("releases.txt")),
        KnowledgeTables.migrations("migrations.txt", text.apply("migrations.txt")),
        KnowledgeLists.gaps(list.apply("gaps.yaml")),
        KnowledgeLists.issues(list.apply("issues.yaml")),
        KnowledgeLists.charts(list.apply("charts.yaml")));
  }
}
