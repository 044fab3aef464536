package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sessions that an act could end, and those among them that it leaves alone.
 *
 * @param sessions those that may be ended, in the order in which they were seen
 * @param leftAlone a line for each that is left alone: {@code pid 7 (...) because it is a backup}
 * @param hidden how many clients' sessions there are into which our role may not look
 */
public record Candidates(List<Backend> sessions, List<String> leftAlone, long hidden) {
  public Candidates {
    sessions = List.copyOf(sessions);
    leftAlone = List.copyOf(leftAlone);
  }

  /**
   * The sessions that must end before the migrator can go on: the smallest cure. A prepared
   * transaction among them has no session and is not told here. Empty when the database was not
   * read just now, or is a standby.
   */
  public static Optional<Candidates> blockers(Snapshot snapshot) {
    return readable(snapshot)
        .map(database -> blockers(snapshot, database, Blockers.of(database).sessions()));
  }

  private static Candidates blockers(Snapshot snapshot, Database database, List<Integer> pids) {
    Candidates seen =
        judged(snapshot, database, pids.stream().flatMap(pid -> database.backend(pid).stream()));
    List<String> left = new ArrayList<>(seen.leftAlone);
    pids.stream()
        .filter(pid -> database.backend(pid).isEmpty())
        .map("pid %d because it is no session of this database"::formatted)
        .forEach(left::add);
    return new Candidates(seen.sessions, left, seen.hidden);
  }

  /** Whether a migration waits, at once or through others, for a prepared transaction. */
  public static boolean preparedBlocks(Snapshot snapshot) {
    return readable(snapshot).map(Blockers::of).filter(Blockers::anyPrepared).isPresent();
  }

  /**
   * The sessions that hold the migration lock or wait for it, and whose client has ended, surely or
   * most likely. Empty when cluster or database were not read just now: without pods nobody can
   * tell.
   */
  public static Optional<Candidates> orphans(Snapshot snapshot) {
    return snapshot
        .freshCluster()
        .flatMap(cluster -> readable(snapshot))
        .map(database -> judged(snapshot, database, orphans(snapshot, database)));
  }

  private static Stream<Backend> orphans(Snapshot snapshot, Database database) {
    return concerned(database).filter(each -> origin(each, snapshot).gone());
  }

  private static Stream<Backend> concerned(Database database) {
    Stream<Integer> concerned =
        Stream.concat(database.migrator().stream(), database.migrationLock().waiters().stream());
    return concerned.distinct().flatMap(pid -> database.backend(pid).stream());
  }

  /** Coderd's own sessions. */
  public static Optional<Candidates> coderd(Snapshot snapshot) {
    return readable(snapshot)
        .map(
            database ->
                judged(snapshot, database, Sessions.of(snapshot, database).coderd().stream()));
  }

  /** All sessions of the database but our own. */
  public static Optional<Candidates> all(Snapshot snapshot) {
    return readable(snapshot)
        .map(database -> judged(snapshot, database, database.backends().stream()));
  }

  private static Candidates judged(Snapshot snapshot, Database database, Stream<Backend> some) {
    List<Backend> sessions = new ArrayList<>();
    List<String> left = new ArrayList<>();
    some.forEach(
        each ->
            Protection.of(each, snapshot)
                .ifPresentOrElse(
                    why -> left.add(name(each, snapshot) + " because " + why),
                    () -> sessions.add(each)));
    return new Candidates(sessions, left, database.hidden());
  }

  private static Optional<Database> readable(Snapshot snapshot) {
    return snapshot.freshDatabase().filter(database -> !database.identity().standby());
  }

  private static Origin origin(Backend backend, Snapshot snapshot) {
    return Origins.of(snapshot).of(backend);
  }

  /** Whose a session is, in a few words; raw. */
  public static String who(Backend backend, Snapshot snapshot) {
    return origin(backend, snapshot).describe(backend);
  }

  /** A session as it is named in a sentence: {@code pid 4711 (coder-7d9-p8w, v2.26.6)}. */
  public static String name(Backend backend, Snapshot snapshot) {
    return "pid %d (%s)".formatted(backend.pid(), who(backend, snapshot));
  }

  /** A session and what it does: {@code pid 4711 (metabase), idle in transaction for 3m12s}. */
  public static String told(Backend backend, Snapshot snapshot) {
    String since =
        backend
            .transactionAge()
            .or(backend::stateAge)
            .map(age -> " for " + Durations.of(age))
            .orElse("");
    return name(backend, snapshot)
        + backend.state().map(state -> ", " + state + since).orElse(", what it does is hidden");
  }

  /**
   * What speaks against the end of a session's client, of one that holds the migration lock or
   * waits for it, or whose client is said to have ended; empty when that was seen.
   */
  public static List<String> doubts(Backend backend, Snapshot snapshot) {
    Origin origin = origin(backend, snapshot);
    boolean concerned =
        readable(snapshot).stream()
            .flatMap(Candidates::concerned)
            .anyMatch(each -> each.pid() == backend.pid());
    boolean untold = origin.kind() == Origin.Kind.UNTOLD && concerned;
    return origin.gone() || untold ? origin.alike() : List.of();
  }

  /** Whether a pod may be its client that has no session from an address of its own. */
  public static boolean relayed(Backend backend, Snapshot snapshot) {
    return origin(backend, snapshot).kind() == Origin.Kind.RELAYED;
  }

  /** Why it is said that a session's client has ended, or where it comes from. */
  public static String why(Backend backend, Snapshot snapshot) {
    return origin(backend, snapshot).why();
  }

  /**
   * A session of Coder's role that holds the migration lock or waits for it, and of whose client
   * nobody knows whether it is there.
   */
  public static Optional<Backend> untold(Snapshot snapshot) {
    return readable(snapshot).stream()
        .flatMap(Candidates::concerned)
        .filter(each -> origin(each, snapshot).kind() == Origin.Kind.UNTOLD)
        .findFirst();
  }

  /** Everybody, a line each. */
  public List<String> lines(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    sessions.forEach(each -> lines.add(told(each, snapshot)));
    leftAlone.forEach(each -> lines.add("left alone: " + each));
    return lines;
  }
}
