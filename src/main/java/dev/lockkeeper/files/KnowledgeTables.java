package dev.lockkeeper.files;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.coder.SchemaCertainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables of releases and migrations. */
final class KnowledgeTables {
  private static final Map<String, SchemaCertainty> CERTAINTIES =
      Map.of(
          "exact", SchemaCertainty.EXACT,
          "inferred", SchemaCertainty.INFERRED,
          "at-least", SchemaCertainty.AT_LEAST);

  private KnowledgeTables() {}

  static List<Release> releases(String file, String text) {
    return TextTable.read(file, text).stream().map(KnowledgeTables::release).toList();
  }

  /** {@code v2.29.3 401 exact}. */
  private static Release release(TextTable.Row row) {
    String word = row.word(2, "certainty (exact, inferred or at-least)");
    SchemaCertainty certainty = CERTAINTIES.get(word);
    if (certainty == null) {
      throw row.malformed("'" + word + "' is none of exact, inferred, at-least");
    }
    row.nothingAfter(2);
    return new Release(version(row, 0), row.number(1, "schema number"), certainty);
  }

  static List<Migration> migrations(String file, String text) {
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
    long number = row.number(0, "migration number");
    String name = row.word(1, "name");
    CoderVersion since = version(row, 2);
    int touches = row.words().indexOf("touches");
    int end = touches < 0 ? row.words().size() : touches;
    List<String> created = row.words().subList(3, end);
    if (!created.isEmpty() && !created.get(0).equals("creates")) {
      throw row.malformed("'" + created.get(0) + "' is neither 'creates' nor 'touches'");
    }
    return new Migration(
        number,
        name,
        since,
        afterFirst(created),
        afterFirst(row.words().subList(end, row.words().size())));
  }

  private static List<String> afterFirst(List<String> words) {
    return words.isEmpty() ? words : words.subList(1, words.size());
  }

  private static CoderVersion version(TextTable.Row row, int place) {
    String word = row.word(place, "version");
    return CoderVersion.parse(word)
        .orElseThrow(() -> row.malformed("'" + word + "' is no version such as v2.29.3"));
  }
}
