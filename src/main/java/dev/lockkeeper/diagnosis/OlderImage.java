package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.PodFailure;
import dev.lockkeeper.analysis.Versions;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.ReplicaSet;
import dev.lockkeeper.snapshot.SchemaTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An image that does not know the number that the database is at: it refuses to start. */
final class OlderImage {
  private OlderImage() {}

  static List<Finding> find(RuleInput sight) {
    List<PodFailure> refusals =
        sight.failures().stream()
            .filter(each -> each.failure().kind() == LogFailure.Kind.NEWER_DATABASE)
            .filter(each -> each.failure().number().filter(SchemaNumber::plausible).isPresent())
            .toList();
    Optional<PodFailure> refused =
        refusals.stream().filter(each -> hasTheImage(sight, each.pod())).findFirst();
    Optional<Long> schema =
        sight
            .database()
            .map(Database::schema)
            .flatMap(SchemaTable::version)
            .or(() -> refusals.stream().findFirst().flatMap(each -> each.failure().number()))
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
    Optional<String> flux = reverted(sight);
    flux.ifPresent(evidence::add);
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
                        .map(number -> served(sight, number))
                        .orElse("the version that migrated the database")
                    + ", or restore the snapshot from before."
                    + flux.map(
                            any ->
                                " Suspend Flux first (%s): its remediation would put the old image"
                                        .formatted(Steps.SCALERS)
                                    + " back again.")
                        .orElse(""),
                Steps.MATCH_IMAGE),
            "change schema_migrations to make the old image start: it would run on tables"
                + " that it does not know."));
  }

  /** An old replica that is refused after the migration tells nothing of the image of now. */
  private static boolean hasTheImage(RuleInput sight, Pod pod) {
    return sight.deployment().map(seen -> seen.image().equals(pod.image())).orElse(true);
  }

  /** Flux itself says when its remediation has put a release back. */
  private static Optional<String> reverted(RuleInput sight) {
    return sight
        .cluster()
        .flatMap(seen -> seen.scalers().value())
        .flatMap(
            all ->
                all.stream()
                    .flatMap(
                        each ->
                            each.reverted().stream()
                                .map(
                                    said ->
                                        "%s %s has put it back: %s"
                                            .formatted(each.kind(), each.name(), said)))
                    .findFirst());
  }

  /** A version that this very Deployment had fits better than one that merely would do. */
  private static String served(RuleInput sight, long schema) {
    return sight.cluster().stream()
        .flatMap(seen -> seen.replicaSets().stream())
        .sorted(Comparator.comparing(ReplicaSet::revision).reversed())
        .flatMap(each -> CoderVersion.ofImage(each.image()).stream())
        .filter(
            version ->
                sight
                    .knowledge()
                    .schemaOf(version)
                    .filter(number -> number.exact() && number.number() == schema)
                    .isPresent())
        .findFirst()
        .map("%s, which this deployment has had"::formatted)
        .orElseGet(() -> Versions.serving(schema, sight.knowledge()));
  }

  /** The highest number that the image can know; a lower bound says nothing. */
  private static Optional<Long> known(RuleInput sight) {
    Optional<CoderVersion> version = sight.wanted();
    return version
        .flatMap(sight.knowledge()::schemaOf)
        .filter(SchemaNumber::exact)
        .map(SchemaNumber::number);
  }
}
