package dev.lockkeeper.analysis;

import dev.lockkeeper.analysis.MigrationState.Kind;
import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the migration stands while nobody migrates. */
public final class Resting {
  private Resting() {}

  static MigrationState state(Snapshot snapshot, SchemaTable schema) {
    if (schema.v1().isPresent() && isV1(snapshot)) {
      return MigrationState.unknown(
          "a Coder v1 migrates in an init container: see its log",
          "the log of the container %s of its pod".formatted(CoderV1Chart.MIGRATIONS));
    }
    Optional<String> wrong = SchemaOwner.wrong(schema);
    if (wrong.isPresent()) {
      return MigrationState.still(
          Kind.WRONG_DATABASE, "WRONG DATABASE: " + wrong.get(), SchemaOwner.evidence(schema));
    }
    return switch (schema.state()) {
      case READ -> settled(snapshot, schema, schema.version().orElseThrow());
      case EMPTY -> empty("EMPTY: schema_migrations has no row", schema);
      case MISSING -> empty("EMPTY: a database without any table", schema);
      case FOREIGN -> empty("EMPTY: no schema_migrations of Coder's", schema);
      case SEVERAL_ROWS ->
          MigrationState.unknown("schema_migrations has more than one row", schema.detail());
      case AMBIGUOUS ->
          MigrationState.unknown("several schemas have a schema_migrations", schema.detail());
      case LOCKED ->
          MigrationState.unknown(
              "schema_migrations is locked and its holder is gone", schema.detail());
      case UNREADABLE ->
          MigrationState.unknown("schema_migrations cannot be read", schema.detail());
    };
  }

  private static boolean isV1(Snapshot snapshot) {
    return snapshot
        .freshCluster()
        .flatMap(Cluster::deployment)
        .filter(CoderV1Path::isV1)
        .flatMap(seen -> CoderVersion.ofImage(seen.image()))
        .filter(version -> version.major() == 1)
        .isPresent();
  }

  private static MigrationState empty(String headline, SchemaTable schema) {
    return MigrationState.still(Kind.EMPTY, headline, List.of(schema.detail()));
  }

  private static MigrationState settled(Snapshot snapshot, SchemaTable schema, long version) {
    RunFacts run = snapshot.run();
    String table = schema.schema().orElse("") + ".schema_migrations = " + version;
    long before = run.schema().orElse(version);
    if (schema.dirty()) {
      return MigrationState.still(
          Kind.DIRTY, "DIRTY at " + version, List.of(table + ", dirty", dirt(snapshot)));
    }
    if (version > before) {
      return MigrationState.still(
          Kind.COMMITTED,
          "COMMITTED %d → %d".formatted(before, version),
          List.of(table + ", not dirty"));
    }
    Optional<PodFailure> failed = failed(snapshot);
    boolean seen = run.recalled(RunFacts.MIGRATION_SEEN).isPresent();
    if (failed.isPresent() || seen && run.schema().isPresent()) {
      List<String> evidence = new ArrayList<>(List.of("a migration was seen; " + table));
      failed.map(PodFailure::evidence).ifPresent(evidence::add);
      return MigrationState.still(Kind.ROLLED_BACK, "ROLLED BACK to " + version, evidence);
    }
    if (seen) {
      String unknown = "a migration was seen; the number before it was not: ";
      return MigrationState.still(Kind.IDLE, "IDLE at " + version, List.of(unknown + table));
    }
    return MigrationState.still(
        Kind.IDLE, "IDLE at " + version, List.of(table + ", not dirty; nobody migrates"));
  }

  private static Optional<PodFailure> failed(Snapshot snapshot) {
    return snapshot.freshCluster().map(PodFailure::of).stream()
        .flatMap(List::stream)
        .filter(each -> each.failure().kind() == LogFailure.Kind.SQL)
        .findFirst();
  }

  /** What the flag means depends on who set it. */
  public static String dirt(Snapshot snapshot) {
    return Versions.running(snapshot.cluster().value().flatMap(Cluster::deployment))
        .map(
            version ->
                Regime.possible(version).stream().anyMatch(Regime::dirtyIsOrdinary)
                    ? "with %s a failed or killed migration leaves this behind".formatted(version)
                    : "%s does not leave this behind: it is older, or was set by hand"
                        .formatted(version))
        .orElse("the image names no version, so who left it is not known");
  }
}
