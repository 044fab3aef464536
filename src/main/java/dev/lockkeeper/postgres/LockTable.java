package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.LockMode;
import dev.lockkeeper.snapshot.LockQueues;
import dev.lockkeeper.snapshot.LockRequest;
import dev.lockkeeper.snapshot.MigrationLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The locks that matter, as one look at {@code pg_locks} showed them. What parallel workers hold
 * and want is their leader's.
 *
 * @param shares what each session holds or wants, those who hold first, then who waits longest
 * @param sessions those that are known, by pid
 * @param unlisted how many more sessions wait, for which there was no room
 * @param home the schema of Coder's tables, if it is known: a table of another schema is named with
 *     its own
 */
record LockTable(
    List<Share> shares, Map<Integer, Backend> sessions, int unlisted, Optional<String> home) {
  private static final double MICROS = 1e6;

  /**
   * One session's share of a line of the answer, which stands for all who ask for the same.
   *
   * @param line what is locked, and how
   * @param pid the session, or the place of a prepared transaction, {@link Database#prepared(int)}
   * @param waited for how many seconds it has waited, where the server says so
   */
  record Share(Row line, int pid, Optional<Double> waited) {
    boolean granted() {
      return line.flag("granted");
    }

    Optional<Integer> session() {
      return LockForest.isPrepared(pid) ? Optional.empty() : Optional.of(pid);
    }

    /** Transactions, and what all databases share, belong to no database. */
    boolean anyDatabases() {
      return line.optional("database").isEmpty();
    }

    /** What tells the locked thing from all others. */
    String object() {
      return String.join(
          "/",
          line.text("type"),
          line.text("database"),
          line.text("relation_id"),
          line.text("key"));
    }

    /** Whether a reader of the table would have to wait. */
    boolean closes() {
      return line.text("type").equals("relation")
          && line.text("mode").equals(LockMode.ACCESS_EXCLUSIVE.written());
    }
  }

  /**
   * Takes the answer apart, and leaves aside what only sessions of other databases wait for.
   *
   * @param lines the answer to {@link Question#LOCKS}
   * @param sessions the answer to {@link Question#SESSIONS}
   * @param prepared the answer to {@link Question#PREPARED}
   * @param home the schema of Coder's tables, if it is known
   */
  static LockTable of(
      List<Row> lines, List<Backend> sessions, List<Row> prepared, Optional<String> home) {
    Map<Integer, Backend> byPid =
        sessions.stream().collect(Collectors.toMap(Backend::pid, session -> session, (a, b) -> a));
    List<Share> shares = new ArrayList<>();
    Map<Long, Integer> places = places(prepared);
    lines.forEach(line -> divide(line, byPid, places, shares));
    int waiting = (int) shares.stream().filter(share -> !share.granted()).count();
    int all = lines.isEmpty() ? 0 : lines.get(0).number("all_waiting");
    Set<String> ours =
        shares.stream()
            .filter(share -> !share.granted() && byPid.containsKey(share.pid()))
            .map(Share::object)
            .collect(Collectors.toSet());
    shares.removeIf(share -> share.anyDatabases() && !ours.contains(share.object()));
    shares.sort(LockTable::holdersFirst);
    return new LockTable(shares, byPid, all - waiting, home);
  }

  /** Sessions that have a part in a queue and are not among the known ones. */
  static Set<Integer> strangers(List<Row> lines, List<Backend> sessions) {
    Set<Integer> known = sessions.stream().map(Backend::pid).collect(Collectors.toSet());
    return lines.stream()
        .filter(line -> line.flag("contended") || line.flag("migration"))
        .flatMap(line -> line.list("pids").stream())
        .map(pid -> Long.parseLong(pid.orElseThrow()))
        .filter(pid -> pid > 0)
        .map(Long::intValue)
        .filter(pid -> !known.contains(pid))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The prepared transactions' places by their transaction ids. */
  private static Map<Long, Integer> places(List<Row> prepared) {
    Map<Long, Integer> places = new HashMap<>();
    for (Row row : prepared) {
      places.put(Long.valueOf(row.text("transaction")), Database.preparedPlace(places.size()));
    }
    return places;
  }

  private static void divide(
      Row line, Map<Integer, Backend> sessions, Map<Long, Integer> prepared, List<Share> shares) {
    List<Optional<String>> pids = line.list("pids");
    List<Optional<String>> waited = line.list("waited");
    for (int i = 0; i < pids.size(); i++) {
      long owner = Long.parseLong(pids.get(i).orElseThrow());
      int pid = owner > 0 ? (int) owner : prepared.getOrDefault(-owner, LockForest.PREPARED);
      int leader = Optional.ofNullable(sessions.get(pid)).flatMap(LockTable::leader).orElse(pid);
      shares.add(new Share(line, leader, waited.get(i).map(Double::valueOf)));
    }
  }

  /** An apply worker of a subscription has a leader, too, but locks for itself. */
  private static Optional<Integer> leader(Backend session) {
    return session
        .client()
        .type()
        .filter("parallel worker"::equals)
        .flatMap(type -> session.leader());
  }

  private static int holdersFirst(Share one, Share other) {
    int holders = Boolean.compare(other.granted(), one.granted());
    int longest = Double.compare(other.waited().orElse(0.0), one.waited().orElse(0.0));
    return holders != 0
        ? holders
        : longest != 0 ? longest : Integer.compare(one.pid(), other.pid());
  }

  /** What is shown: all that is waited for, and what stands or would stand in a migration's way. */
  List<Lock> locks() {
    return shares.stream()
        .filter(this::matters)
        .map(this::lock)
        .distinct()
        .collect(Collectors.toList());
  }

  private boolean matters(Share share) {
    return share.line().flag("contended")
        || share.line().flag("migration")
        || share.line().flag("ours")
        || share.session().isEmpty()
        || Optional.ofNullable(sessions.get(share.pid()))
            .filter(Backend::staysInTransaction)
            .isPresent();
  }

  /** The relation's name, with its schema where that is not the one of Coder's tables. */
  private Optional<String> relation(Row line) {
    Optional<String> schema = line.optional("schema");
    boolean elsewhere = home.isPresent() && schema.isPresent() && !home.equals(schema);
    return line.optional("relation").map(name -> elsewhere ? schema.get() + "." + name : name);
  }

  private Lock lock(Share share) {
    Row line = share.line();
    return new Lock(
        Optional.of(share.pid()).filter(pid -> pid != LockForest.PREPARED),
        line.text("type"),
        relation(line),
        line.text("key"),
        line.text("mode"),
        share.granted(),
        share.waited().map(seconds -> Duration.ofMillis((long) (Math.max(0, seconds) * 1000))));
  }

  /**
   * Who waits for what.
   *
   * @param timely whether the server says since when; else the age of the statement must do
   */
  LockQueues queues(boolean timely) {
    return LockQueues.of(
        shares.stream()
            .filter(share -> share.line().flag("contended"))
            .flatMap(share -> request(share, timely))
            .collect(Collectors.toList()),
        timely);
  }

  private Stream<LockRequest> request(Share share, boolean timely) {
    OptionalLong arrival = arrival(timely ? share.waited() : statementAge(share.pid()));
    return LockMode.of(share.line().text("mode")).stream()
        .map(mode -> new LockRequest(share.pid(), share.object(), mode, share.granted(), arrival));
  }

  private static OptionalLong arrival(Optional<Double> ago) {
    return ago.map(seconds -> OptionalLong.of(-Math.round(seconds * MICROS)))
        .orElse(OptionalLong.empty());
  }

  private Optional<Double> statementAge(int pid) {
    return Optional.ofNullable(sessions.get(pid))
        .flatMap(Backend::stateAge)
        .map(age -> (double) age.toMillis() / 1000);
  }

  MigrationLock migrationLock() {
    List<Share> own =
        shares.stream()
            .filter(share -> share.line().flag("migration"))
            .collect(Collectors.toList());
    return new MigrationLock(
        own.stream().filter(Share::granted).map(Share::pid).findFirst(),
        own.stream()
            .filter(share -> !share.granted())
            .map(Share::pid)
            .collect(Collectors.toList()));
  }

  /**
   * Whether a reader of this table would have to wait. One who waits for an exclusive lock stops
   * readers as one who has it does, because they queue behind it.
   */
  boolean closed(String relationId) {
    return closing(relationId).findFirst().isPresent();
  }

  /** Who closes this table: a session, or a prepared transaction's place. */
  Optional<Integer> closedBy(String relationId) {
    return closing(relationId).map(Share::pid).findFirst();
  }

  private Stream<Share> closing(String relationId) {
    return shares.stream()
        .filter(Share::closes)
        .filter(share -> share.line().text("relation_id").equals(relationId));
  }

  /** The names of the tables that a reader would have to wait for. */
  Set<String> closedTables() {
    return shares.stream()
        .filter(Share::closes)
        .flatMap(share -> relation(share.line()).stream())
        .collect(Collectors.toSet());
  }
}
