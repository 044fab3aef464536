package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A session that keeps migrations away and does not migrate itself: it has the migration lock and
 * does nothing that a migration does, or it keeps {@code schema_migrations} locked without the
 * migration lock.
 */
public final class IdleHolder {
  /** From taking the lock to closing the table a migrator takes much less. */
  private static final Duration MOMENT = Duration.ofSeconds(5);

  private IdleHolder() {}

  /** That session; empty while somebody migrates, or may migrate. */
  public static Optional<Backend> session(Snapshot snapshot, Database database) {
    Optional<Backend> session =
        database.migrationLock().holder().isPresent()
            ? idler(snapshot, database)
            : closer(database);
    // Nobody can be asked to let go where the client has ended.
    return session.filter(each -> !Origins.of(snapshot).of(each).gone());
  }

  /**
   * Its holder has closed no table. All releases with one transaction close schema_migrations
   * before they do anything else; others take the lock for a session and may be between two.
   */
  private static Optional<Backend> idler(Snapshot snapshot, Database database) {
    return database
        .migrationLock()
        .holder()
        .flatMap(database::backend)
        .filter(each -> !each.waitsForLock() && !waits(database, each))
        .filter(each -> each.stateAge().filter(age -> age.compareTo(MOMENT) > 0).isPresent())
        .filter(any -> database.schema().state() == SchemaTable.State.READ)
        .filter(any -> !database.schema().dirty() && wholeAlone(snapshot));
  }

  private static boolean waits(Database database, Backend each) {
    return database.waits().stream().anyMatch(wait -> wait.pid() == each.pid());
  }

  /** Whoever closes the table without the lock of any release. */
  private static Optional<Backend> closer(Database database) {
    return database.schema().lockedBy().flatMap(database::backend);
  }

  /** Whether every version that may run here commits all migrations together. */
  private static boolean wholeAlone(Snapshot snapshot) {
    List<String> images =
        snapshot.freshCluster().stream()
            .flatMap(
                seen -> Stream.concat(deployed(seen), seen.pods().stream().map(pod -> pod.image())))
            .distinct()
            .toList();
    return !images.isEmpty()
        && images.stream()
            .allMatch(
                image ->
                    CoderVersion.ofImage(image)
                        .filter(
                            version ->
                                Regime.possible(version).stream().allMatch(Regime::oneTransaction))
                        .isPresent());
  }

  private static Stream<String> deployed(Cluster cluster) {
    return cluster.deployment().stream().map(deployment -> deployment.image());
  }

  /** The same as the state of the migration: none runs, and none can. */
  static MigrationState state(Database database, Backend session) {
    boolean lock = database.migrationLock().holder().isPresent();
    String who =
        "pid %d%s"
            .formatted(
                session.pid(),
                session.application().isBlank() ? "" : " (" + session.application() + ")");
    return lock
        ? MigrationState.still(
            MigrationState.Kind.WAITING,
            "WAITING: %s holds the migration lock and does not migrate".formatted(who),
            List.of(proof(session, true)))
        : MigrationState.unknown(
            "%s keeps schema_migrations locked, and does not migrate".formatted(who),
            proof(session, false));
  }

  /** What shows that it does not migrate. */
  public static String proof(Backend session, boolean lock) {
    String state = session.state().orElse("?");
    String since = session.stateAge().map(Durations::of).orElse("an unknown time");
    return lock
        ? "%s for %s, with the migration lock and schema_migrations open: a migrator closes it first"
            .formatted(state, since)
        : "%s for %s, with schema_migrations closed and without the migration lock of any release"
            .formatted(state, since);
  }
}
