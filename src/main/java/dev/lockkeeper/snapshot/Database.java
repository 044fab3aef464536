package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Coder database at one refresh.
 *
 * @param identity which server and database
 * @param rights what our role may see and do
 * @param locking the sessions, and who waits for whom
 * @param migrationLock who holds Coder's migration lock and who waits for it
 * @param schema what {@code schema_migrations} says, or why it cannot be read now
 * @param coder whose sessions coderd's are, and what its tables say
 * @param roles what is set for roles and what they own
 * @param load what the server bears
 */
public record Database(
    DatabaseIdentity identity,
    DatabaseRights rights,
    Locking locking,
    MigrationLock migrationLock,
    SchemaTable schema,
    CoderFacts coder,
    Observed<RoleFacts> roles,
    ServerLoad load) {
  /**
   * The sessions, and who waits for whom.
   *
   * @param backends the sessions of this database but our own, longest transaction first, those
   *     without one last
   * @param locks the locks that matter: every lock that is waited for, its holders, and the tables
   *     that sessions idle in transaction hold
   * @param waits who waits for whom
   * @param prepared transactions that are prepared and hold locks without a session
   * @param unlisted how much there was no room for
   */
  public record Locking(
      List<Backend> backends,
      List<Lock> locks,
      List<Wait> waits,
      List<PreparedTransaction> prepared,
      Unlisted unlisted) {
    public Locking {
      backends = List.copyOf(backends);
      locks = List.copyOf(locks);
      waits = List.copyOf(waits);
      prepared = List.copyOf(prepared);
    }
  }

  /**
   * What is Coder's own.
   *
   * @param roles which roles are Coder's, by what the server knows
   * @param replicas the rows of Coder's {@code replicas} table that were not stopped
   * @param usage builds and people
   * @param apiKeys how many API keys there are
   */
  public record CoderFacts(
      CoderRoles roles,
      Observed<List<ReplicaRow>> replicas,
      Usage usage,
      Observed<ApiKeys> apiKeys) {}

  public List<Backend> backends() {
    return locking.backends();
  }

  public List<Lock> locks() {
    return locking.locks();
  }

  public List<Wait> waits() {
    return locking.waits();
  }

  public List<PreparedTransaction> prepared() {
    return locking.prepared();
  }

  public Observed<List<ReplicaRow>> replicas() {
    return coder.replicas();
  }

  public Usage usage() {
    return coder.usage();
  }

  /** Whether the same server says the same of migrations, and the same sessions wait. */
  boolean tellsTheSameAs(Database other) {
    return identity.equals(other.identity)
        && schema.equals(other.schema)
        && migrationLock.equals(other.migrationLock)
        && waits().equals(other.waits())
        && gids().equals(other.gids());
  }

  private List<String> gids() {
    return prepared().stream().map(PreparedTransaction::gid).toList();
  }

  public Optional<Backend> backend(int pid) {
    return backends().stream().filter(backend -> backend.pid() == pid).findFirst();
  }

  /**
   * The sessions with these pids, in the order of the pids; those that are not known are left out.
   */
  public List<Backend> sessions(List<Integer> pids) {
    Map<Integer, Backend> known = new HashMap<>();
    backends().forEach(backend -> known.putIfAbsent(backend.pid(), backend));
    return pids.stream().filter(known::containsKey).map(known::get).toList();
  }

  /** Whoever migrates: who holds the migration lock, else who keeps schema_migrations closed. */
  public Optional<Integer> migrator() {
    return migrationLock.holder().or(schema::lockedBy);
  }

  /**
   * The prepared transaction that stands at this place. Among locks and waits each has a place of
   * its own, a negative number where a session has its pid; it is good for one look alone.
   */
  public Optional<PreparedTransaction> prepared(int place) {
    return place < 0 && -place <= prepared().size()
        ? Optional.of(prepared().get(-place - 1))
        : Optional.empty();
  }

  /** The place of the prepared transaction with this index in {@link #prepared()}. */
  public static int preparedPlace(int index) {
    return -index - 1;
  }

  /** Whether an advisory lock with this key, in decimal, is the migration lock of any release. */
  public boolean locksMigration(String key) {
    return key.equals(String.valueOf(MigrationLock.KEY)) || locksOldMigration(key);
  }

  /** Whether it is that of releases before v2.5, or of golang-migrate's own tool. */
  public boolean locksOldMigration(String key) {
    return MigrationLock.oldKeys(identity.name(), Set.of(schema.schema().orElse("public"))).stream()
        .map(String::valueOf)
        .anyMatch(key::equals);
  }

  /**
   * How many clients' sessions our role may not look into. A hidden process without a role, such as
   * an autovacuum worker, is no client.
   */
  public long hidden() {
    return backends().stream()
        .filter(Backend::hidden)
        .filter(each -> !each.user().isEmpty())
        .count();
  }

  /**
   * Whose sessions coderd's can be: it owns its tables.
   *
   * @param roles the owner of {@code schema_migrations}, or, where nobody logs in as the owner, who
   *     does and may act as it; empty when there is no such table or it was not seen
   * @param names the application names that these roles are given when they name none
   */
  public record CoderRoles(Set<String> roles, Set<String> names) {
    public static final CoderRoles UNKNOWN = new CoderRoles(Set.of(), Set.of());

    public CoderRoles {
      roles = Set.copyOf(roles);
      names = Set.copyOf(names);
    }
  }

  /**
   * How many more there are than are listed: a bounded number of everything is read, the sessions
   * with the longest transactions and the longest queues first.
   *
   * @param sessions sessions of this database
   * @param waiters sessions that wait for a lock
   */
  public record Unlisted(int sessions, int waiters) {
    public static final Unlisted NOTHING = new Unlisted(0, 0);
  }

  /**
   * A transaction that was prepared for two-phase commit: it holds locks and has no session to end.
   *
   * @param gid its identifier, raw
   * @param owner the role that prepared it
   * @param age since when
   * @param preparedAt when, as text with microseconds
   */
  public record PreparedTransaction(String gid, String owner, Duration age, String preparedAt) {}

  /**
   * A row of Coder's {@code replicas} table.
   *
   * @param hostname the pod's name
   * @param version the coderd version that wrote it
   * @param primary false for a workspace proxy
   * @param age since it was last refreshed; a live replica refreshes it every 5 s
   */
  public record ReplicaRow(String hostname, String version, boolean primary, Duration age) {}

  /**
   * Who would notice: three questions about three tables, of which a lock may close one.
   *
   * @param builds provisioner jobs that are not over
   * @param activeUsers users seen in the last hour
   * @param connectedAgents workspace agents connected in the last minute
   */
  public record Usage(
      Observed<Builds> builds, Observed<Long> activeUsers, Observed<Long> connectedAgents) {}

  /**
   * Provisioner jobs that are not over.
   *
   * @param running jobs that run; cut off, they leave orphaned resources
   * @param pending jobs that wait for a provisioner
   */
  public record Builds(long running, long pending) {
    /** Jobs that a stop would cut off or delay. */
    public long jobs() {
      return running + pending;
    }
  }

  /**
   * Rows of {@code api_keys}.
   *
   * @param total all of them
   * @param expired those that expired more than seven days ago
   * @param estimated whether both are the planner's estimates: counting would take too long
   */
  public record ApiKeys(long total, long expired, boolean estimated) {}
}
