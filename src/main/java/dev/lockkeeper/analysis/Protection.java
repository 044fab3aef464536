package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which sessions must not be ended, and why. It is a list of harms that are known: that a session
 * is not on it does not make it safe to end.
 */
public final class Protection {
  private static final String OURSELVES = "lockkeeper";

  /** Tools whose end leaves half a backup, which may look whole. */
  static final Pattern BACKUP =
      Pattern.compile(
          "(pg_dump|pg_dumpall|pg_basebackup|pg_restore|pg_receivewal|pgbackrest|pgbackweb|barman|wal-g|wal-e|pg_probackup|velero).*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern REPLICATION =
      Pattern.compile("(?:wal ?(?:sender|receiver)|logical replication).*");

  /**
   * The provider's own roles: their sessions keep the service running. {@code end_session.sql}
   * looks for them once more, when the session is ended.
   */
  static final Set<String> PROVIDERS =
      Set.of(
          "rdsadmin",
          "rdsrepladmin",
          "rdsproxyadmin",
          "rds_superuser",
          "cloudsqladmin",
          "cloudsqlagent",
          "cloudsqlreplica",
          "cloudsqlsuperuser",
          "alloydbadmin",
          "azure_superuser",
          "azuresu",
          "azure_pg_admin",
          "replicator");

  private Protection() {}

  /**
   * Why this session must not be ended; empty when nothing is known against it. A migrator whose
   * client has ended, surely or most likely, is not kept, nor one that waits for its client while
   * there is no pod. Facts that are not recent keep everybody.
   */
  public static Optional<String> of(Backend backend, Snapshot snapshot) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Optional.of("the database was not read just now");
    }
    return of(backend, database.get(), Origins.of(snapshot));
  }

  /** The same, with what is known of where sessions come from. */
  public static Optional<String> of(Backend backend, Database database, Origins origins) {
    Optional<String> migrator =
        origins.abandoned(backend) ? Optional.empty() : migration(backend, database);
    return migrator.or(() -> whoever(backend, origins.whose().of(backend)));
  }

  private static Optional<String> whoever(Backend backend, Whose.Answer whose) {
    return ourselves(backend)
        .or(() -> serverProcess(backend))
        .or(() -> backup(backend))
        .or(() -> committed(backend))
        .or(() -> role(backend, whose))
        .or(() -> unseen(backend));
  }

  private static Optional<String> ourselves(Backend backend) {
    return when(backend.application().equals(OURSELVES), "it is Lockkeeper's own session");
  }

  private static Optional<String> migration(Backend backend, Database database) {
    boolean migrator =
        database.migrationLock().holder().filter(pid -> pid == backend.pid()).isPresent();
    boolean keeper = database.schema().lockedBy().filter(pid -> pid == backend.pid()).isPresent();
    if (migrator) {
      return Optional.of("it is the migrator: what it has done would be lost");
    }
    if (database.migrationLock().waiters().contains(backend.pid())) {
      return Optional.of("it is a queued migrator: it waits for its turn, which is normal");
    }
    return when(
        keeper && database.migrationLock().holder().isEmpty(),
        "it keeps schema_migrations locked and may be the migrator");
  }

  private static Optional<String> serverProcess(Backend backend) {
    String type = backend.client().type().orElse("");
    if (type.equals("autovacuum worker")) {
      return Optional.of(
          backend.query().contains("to prevent wraparound")
              ? "it is the vacuum against wraparound: it would begin again, and has to end some"
                  + " time"
              : "it is autovacuum, which gives way by itself to a statement that waits for it");
    }
    if (REPLICATION.matcher(type).matches()) {
      return Optional.of(
          "it replicates (" + type + "): a standby or a subscriber would fall behind");
    }
    if (backend.leader().filter(leader -> leader != backend.pid()).isPresent()) {
      return Optional.of(
          "it is a parallel worker: its leader, pid %d, is the one to look at"
              .formatted(backend.leader().get()));
    }
    boolean own = !type.isEmpty() && !type.equals("client backend");
    return when(own, "it is the server's own process (" + type + ")");
  }

  static boolean isBackup(Backend backend) {
    return BACKUP.matcher(backend.application()).matches();
  }

  private static Optional<String> backup(Backend backend) {
    return when(
        isBackup(backend), "it is a backup: ended, it leaves a file that looks whole and is not");
  }

  private static Optional<String> committed(Backend backend) {
    return when(
        backend.waitsForStandby(),
        "its COMMIT waits for a standby: ended, what it did may stay on this server alone");
  }

  /** Coder's own role may be a superuser: then its sessions are no administrator's. */
  private static Optional<String> role(Backend backend, Whose.Answer whose) {
    String user = backend.user().toLowerCase(Locale.ROOT);
    if (PROVIDERS.contains(user)) {
      return Optional.of("it belongs to the provider's role " + backend.user());
    }
    return when(
        backend.client().superuser() && whose != Whose.Answer.CODERD,
        "it belongs to the superuser " + backend.user() + ": an administrator is at work");
  }

  private static Optional<String> unseen(Backend backend) {
    return when(backend.hidden(), "our role may not see what it does (it needs pg_read_all_stats)");
  }

  private static Optional<String> when(boolean applies, String reason) {
    return applies ? Optional.of(reason) : Optional.empty();
  }
}
