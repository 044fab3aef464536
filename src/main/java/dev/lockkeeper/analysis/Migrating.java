package dev.lockkeeper.analysis;

import dev.lockkeeper.analysis.MigrationState.Kind;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodLog;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the migration stands while a session has the migration lock, or schema_migrations. */
final class Migrating {
  private final Snapshot snapshot;
  private final Database database;
  private final int pid;
  private final Optional<Backend> backend;
  private final Origins origins;
  private final Optional<Origin> origin;

  Migrating(Snapshot snapshot, Database database, int pid) {
    this.snapshot = snapshot;
    this.database = database;
    this.pid = pid;
    this.backend = database.backend(pid);
    this.origins = Origins.of(snapshot);
    this.origin = backend.map(origins::of);
  }

  /** The lock is on its way from one to the next. */
  static MigrationState behindNobody(List<Integer> waiters) {
    return MigrationState.still(
        Kind.WAITING,
        "WAITING: %s for the migration lock, which no session holds".formatted(pids(waiters)),
        List.of("it was just given up, or its holder is not seen"));
  }

  /** Nobody migrates, and nobody can: a prepared transaction never ends by itself. */
  static MigrationState behindPrepared(Database database, int place) {
    String who = Blockers.name(database, place);
    boolean lock = database.migrationLock().holder().isPresent();
    List<String> evidence = new ArrayList<>();
    database.prepared(place).map(Blockers::line).ifPresent(evidence::add);
    evidence.add(
        "it has no session, and keeps its locks until somebody commits it or rolls it back");
    List<Integer> waiters = database.migrationLock().waiters();
    if (!waiters.isEmpty()) {
      evidence.add("behind it: " + pids(waiters));
    }
    return MigrationState.still(
        Kind.WAITING,
        "WAITING: %s %s"
            .formatted(who, lock ? "holds the migration lock" : "keeps schema_migrations locked"),
        evidence);
  }

  MigrationState state() {
    List<String> evidence = evidence();
    Optional<Wait> wait = database.waits().stream().filter(each -> each.pid() == pid).findFirst();
    List<Integer> alive = waiters();
    if (origin.filter(Origin::gone).isPresent() && !alive.isEmpty()) {
      return under(
          Kind.WAITING,
          "WAITING: %s for the migration lock behind pid %d, %s"
              .formatted(names(alive), pid, "whose client has " + ended()),
          evidence);
    }
    if (wait.isPresent() || backend.filter(Backend::waitsForLock).isPresent()) {
      String behind = behind(wait.map(Wait::blockers).orElse(List.of()));
      return under(Kind.BLOCKED, "BLOCKED: " + who() + " waits " + behind, evidence);
    }
    return under(Kind.IN_FLIGHT, "IN FLIGHT by " + who(), evidence);
  }

  private MigrationState under(Kind kind, String headline, List<String> evidence) {
    return new MigrationState(kind, headline, evidence, backend, running(), progress());
  }

  private String ended() {
    return origin.filter(Origin::proven).isPresent() ? "ended" : "most likely ended";
  }

  private String who() {
    return "pid " + pid + origin.flatMap(this::client).map(" (%s)"::formatted).orElse("");
  }

  private Optional<String> client(Origin from) {
    return switch (from.kind()) {
      case POD -> from.pod().map(Pod::name);
      case RELAYED -> from.pod().map(pod -> "probably " + pod.name());
      case GONE, LIKELY_GONE -> Optional.of("its client has " + ended());
      case LIVES -> Optional.of("its client lives");
      case UNTOLD -> Optional.of("whether its client is there is not known");
      case OTHER -> backend.map(from::describe);
    };
  }

  /** Who waits for whom is read for a bounded number of waiters, so it may be missing. */
  private String behind(List<Integer> blockers) {
    return blockers.isEmpty()
        ? "for a lock; who holds it is not known"
        : blockers.stream()
            .map(each -> Blockers.name(database, each))
            .collect(Collectors.joining(", ", "behind ", ""));
  }

  private List<String> evidence() {
    List<String> lines = new ArrayList<>();
    boolean lock = database.migrationLock().holder().isPresent();
    lines.add(lock ? lock() : "keeps schema_migrations locked");
    origin
        .filter(from -> from.kind() != Origin.Kind.POD)
        .ifPresent(
            from -> {
              lines.add(from.why());
              backend
                  .filter(seen -> from.gone())
                  .ifPresent(seen -> lines.add(WhatIsLost.of(seen, database).left()));
            });
    if (betweenMigrations()) {
      lines.add(
          "looks idle between two migrations, as a version does that commits each by itself (ending"
              + " it would stop the upgrade half-way); or its lock is one that nobody uses");
    }
    database
        .schema()
        .version()
        .ifPresent(
            number ->
                lines.add(
                    "schema_migrations = %d%s"
                        .formatted(number, database.schema().dirty() ? ", marked dirty" : "")));
    progress().ifPresent(text -> lines.add(text + ", by its log"));
    lines.add(backend.map(Backend::query).filter(text -> !text.isBlank()).orElse("no statement"));
    List<Integer> queue = database.migrationLock().waiters();
    if (!queue.isEmpty()) {
      lines.add(Durations.count(queue.size(), "session") + " queued for the migration lock");
    }
    return lines;
  }

  private String lock() {
    boolean old =
        database.locks().stream()
            .filter(each -> each.granted() && each.type().equals("advisory"))
            .filter(each -> each.pid().filter(holder -> holder == pid).isPresent())
            .anyMatch(each -> database.locksOldMigration(each.key()));
    return old
        ? "holds the migration lock of releases before v2.5: each migration is committed by itself"
        : "holds Coder's migration lock";
  }

  /** A session lock outlives transactions; the lock of most versions does not. */
  private boolean betweenMigrations() {
    return database.migrationLock().holder().isPresent()
        && backend.flatMap(Backend::state).filter("idle"::equals).isPresent();
  }

  /** A transaction's age, or, between two transactions, the time since the migration was seen. */
  private Optional<Duration> running() {
    return backend
        .flatMap(Backend::transactionAge)
        .or(
            () ->
                snapshot
                    .run()
                    .recalled(RunFacts.MIGRATION_SEEN)
                    .flatMap(Migrating::moment)
                    .map(since -> Duration.between(since, snapshot.now())));
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Optional<String> progress() {
    Optional<Cluster> cluster = snapshot.freshCluster();
    return origin
        .flatMap(Origin::pod)
        .flatMap(pod -> cluster.flatMap(seen -> seen.logOf(pod)))
        .map(PodLog::tail)
        .flatMap(tail -> tail.value().flatMap(MigrationLog::last))
        .flatMap(MigrationLog::progress);
  }

  /** Those in the queue whose client is not known to be gone. */
  private List<Integer> waiters() {
    List<Integer> waiters = database.migrationLock().waiters();
    Set<Integer> dead =
        database.sessions(waiters).stream()
            .filter(each -> origins.of(each).gone())
            .map(Backend::pid)
            .collect(Collectors.toSet());
    return waiters.stream().filter(waiter -> !dead.contains(waiter)).toList();
  }

  private String names(List<Integer> waiters) {
    return database.sessions(waiters).stream()
        .flatMap(each -> origins.of(each).pod().stream())
        .map(pod -> pod.name())
        .findFirst()
        .orElseGet(() -> pids(waiters));
  }

  private static String pids(List<Integer> waiters) {
    return waiters.size() == 1 ? "pid " + waiters.get(0) : waiters.size() + " sessions";
  }
}
