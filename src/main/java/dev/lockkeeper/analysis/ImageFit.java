package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaCertainty;
import dev.lockkeeper.coder.SchemaNumber;
import java.util.Optional;

/**
 * Whether a version can serve a database: it refuses one that is newer than itself.
 *
 * @param kind the answer
 * @param sentence the answer with its numbers, and with the versions that fit where this one does
 *     not
 */
public record ImageFit(Kind kind, String sentence) {
  /** The answers. */
  public enum Kind {
    /** It knows the number, or a higher one. */
    FITS,
    /** It is older than the database. */
    TOO_OLD,
    /** Its number is not known here. */
    UNKNOWN
  }

  public static ImageFit of(CoderVersion version, long schema, Knowledge knowledge) {
    Optional<SchemaNumber> known = knowledge.schemaOf(version);
    if (known.isEmpty()) {
      return new ImageFit(
          Kind.UNKNOWN, "this program does not know the schema number of " + version);
    }
    SchemaNumber number = known.get();
    if (number.number() >= schema) {
      return new ImageFit(Kind.FITS, fits(version, number, schema, knowledge));
    }
    return number.certainty() == SchemaCertainty.AT_LEAST
        ? new ImageFit(
            Kind.UNKNOWN, "%s knows %s, the database is at %d".formatted(version, number, schema))
        : new ImageFit(
            Kind.TOO_OLD,
            "%s knows migrations up to %s, the database is at %d: use %s"
                .formatted(version, number, schema, Versions.knowing(schema, knowledge)));
  }

  /** Whether it is known for sure that this version has nothing to migrate on this schema. */
  public static boolean migratesNothing(CoderVersion version, long schema, Knowledge knowledge) {
    return knowledge
        .schemaOf(version)
        .filter(
            number -> number.certainty() != SchemaCertainty.AT_LEAST && number.number() == schema)
        .isPresent();
  }

  private static String fits(
      CoderVersion version, SchemaNumber number, long schema, Knowledge knowledge) {
    int pending = knowledge.between(schema, number.number()).size();
    return pending == 0
        ? "%s belongs to schema %d: nothing is left to migrate".formatted(version, schema)
        : "%s takes schema %d to %s with %s"
            .formatted(version, schema, number, Durations.count(pending, "migration"));
  }
}
