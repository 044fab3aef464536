package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.SchemaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image that does not know the number that the database is at: it refuses to start. */
final class OlderImage {
  private OlderImage() {}

  static List<Finding> find(Sight sight) {
    Optional<PodFailure> refused =
        sight
            .failure(LogFailure.Kind.NEWER_DATABASE)
            .filter(each -> each.failure().number().filter(SchemaNumber::plausible).isPresent());
    Optional<Long> schema =
        sight
            .database()
            .map(Database::schema)
            .flatMap(SchemaTable::version)
            .or(() -> refused.flatMap(each -> each.failure().number()))
            .filter(SchemaNumber::plausible);
    boolean older = schema.isPresent() && known(sight).filter(n -> n < schema.get()).isPresent();
    if (refused.isEmpty() && !older) {
      return List.of();
    }
    List<String> evidence = new ArrayList<>();
    refused.map(PodFailure::evidence).ifPresent(evidence::add);
    sight.deployment().ifPresent(seen -> evidence.add("the deployment's image: " + seen.image()));
    known(sight).ifPresent(number -> evidence.add("that image brings the schema to " + number));
    schema.ifPresent(number -> evidence.add("the database is at " + number));
    return List.of(
        Finding.proven(
            Kind.IMAGE_OLDER_THAN_SCHEMA,
            Urgency.ACT,
            "The image is older than the database%s"
                .formatted(schema.map(number -> ", which is at " + number).orElse("")),
            sight.inDatabase(evidence),
            Advice.act(
                "Use "
                    + schema
                        .map(number -> Versions.serving(number, sight.knowledge()))
                        .orElse("the version that migrated the database")
                    + ", or restore the snapshot of before.",
                Steps.MATCH_IMAGE),
            "change schema_migrations to make the old image start: it would run on tables"
                + " that it does not know."));
  }

  /** The highest number that the image can know; a lower bound says nothing. */
  private static Optional<Long> known(Sight sight) {
    Optional<CoderVersion> version = sight.wanted();
    return version
        .flatMap(sight.knowledge()::schemaOf)
        .filter(SchemaNumber::exact)
        .map(SchemaNumber::number);
  }
}
