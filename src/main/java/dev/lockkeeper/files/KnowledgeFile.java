package dev.lockkeeper.files;

import dev.lockkeeper.coder.Certainty;
import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.coder.SchemaGap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The bundled knowledge of Coder. */
public final class KnowledgeFile {
  private static final String FOLDER = "/dev/lockkeeper/knowledge/";
  private static final Map<String, Certainty> CERTAINTIES =
      Map.of(
          "exact", Certainty.EXACT,
          "inferred", Certainty.INFERRED,
          "at-least", Certainty.AT_LEAST);

  private KnowledgeFile() {}

  /**
   * Reads the knowledge that is bundled with the program.
   *
   * @throws Malformed if a file of it cannot be understood, which is a mistake of the build
   */
  public static Knowledge load() {
    return load(KnowledgeFile::resource);
  }

  /** Reads the knowledge from the files that {@code text} finds by their names. */
  static Knowledge load(UnaryOperator<String> text) {
    YamlList yaml = new YamlList();
    return new Knowledge(
        releases("releases.txt", text.apply("releases.txt")),
        migrations("migrations.txt", text.apply("migrations.txt")),
        yaml.read("gaps.yaml", text.apply("gaps.yaml"), SchemaGap.class),
        yaml.read("issues.yaml", text.apply("issues.yaml"), KnownIssue.class),
        yaml.read("charts.yaml", text.apply("charts.yaml"), ChartFacts.class));
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

  private static List<Release> releases(String file, String text) {
    return TextTable.read(file, text).stream().map(KnowledgeFile::release).toList();
  }

  private static Release release(TextTable.Row row) {
    String word = row.word(2, "certainty (exact, inferred or at-least)");
    Certainty certainty = CERTAINTIES.get(word);
    if (certainty == null) {
      throw row.malformed("'" + word + "' is none of exact, inferred, at-least");
    }
    row.nothingAfter(2);
    return new Release(version(row, 0), row.number(1, "schema number"), certainty);
  }

  private static List<Migration> migrations(String file, String text) {
    List<Migration> migrations = new ArrayList<>();
    for (TextTable.Row row : TextTable.read(file, text)) {
      Migration migration = migration(row);
      if (migration.number() != migrations.size() + 1) {
        throw row.malformed("migration " + (migrations.size() + 1) + " was expected here");
      }
      migrations.add(migration);
    }
    return migrations;
  }

  /** {@code 371 api_key_scopes v2.27.0 creates a b touches c d}. */
  private static Migration migration(TextTable.Row row) {
    List<String> creates = new ArrayList<>();
    List<String> touches = new ArrayList<>();
    List<String> tables = null;
    for (String word : row.words().subList(Math.min(3, row.words().size()), row.words().size())) {
      if (word.equals("creates")) {
        tables = creates;
      } else if (word.equals("touches")) {
        tables = touches;
      } else if (tables == null) {
        throw row.malformed("'" + word + "' is neither 'creates' nor 'touches'");
      } else {
        tables.add(word);
      }
    }
    return new Migration(
        row.number(0, "migration number"), row.word(1, "name"), version(row, 2), creates, touches);
  }

  private static CoderVersion version(TextTable.Row row, int place) {
    String word = row.word(place, "version");
    return CoderVersion.parse(word)
        .orElseThrow(() -> row.malformed("'" + word + "' is no version such as v2.29.3"));
  }
}
