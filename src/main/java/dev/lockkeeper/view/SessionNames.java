package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names the sessions of a database as an operator would: by the pod at their address, else by role
 * and address.
 */
final class SessionNames {
  private final Database database;
  private final Optional<Cluster> cluster;
  private final Map<String, Pod> pods;
  private final Names names;

  /** How much room there is for names. */
  enum Names {
    WHOLE,
    BRIEF,
    /** A pod that is Terminating shows as the glyph that the pods panel has for it. */
    BRIEFEST;

    static Names at(int width) {
      if (width >= 100) {
        return WHOLE;
      }
      return width >= 60 ? BRIEF : BRIEFEST;
    }
  }

  /**
   * @param cluster names the pods only while it is live, for an address is soon given to another
   *     pod
   * @param names how long names may be
   */
  SessionNames(Database database, Observed<Cluster> cluster, Instant now, Names names) {
    this.database = database;
    this.cluster = Freshness.live(cluster, now) ? cluster.value() : Optional.empty();
    this.pods = this.cluster.map(Cluster::podsByAddress).orElse(Map.of());
    this.names = names;
  }

  Optional<Backend> of(int pid) {
    return database.backend(pid);
  }

  /** Whose session it is: {@code x2k4p}, or {@code coder@10.0.0.9}. */
  String who(Backend backend) {
    Optional<String> pod = backend.address().map(pods::get).map(this::name);
    if (pod.isPresent()) {
      return pod.get();
    }
    String role =
        backend.user().isEmpty()
            ? backend.client().type().orElse("server process")
            : backend.user();
    return role + backend.address().map(address -> "@" + address).orElse("");
  }

  /** Which version its pod runs; empty where it is no pod's. */
  Optional<String> version(Backend backend) {
    return backend.address().map(pods::get).map(pod -> PodNames.version(pod.image()));
  }

  /** A prepared transaction by its identifier, where it is known which one stands there. */
  String prepared(int place) {
    return database
        .prepared(place)
        .map(each -> "prepared transaction " + each.gid())
        .orElse("prepared transaction");
  }

  /** Whether it is the migrator: it holds the migration lock. */
  boolean migrates(int pid) {
    return database.migrationLock().holder().filter(holder -> holder == pid).isPresent();
  }

  /** Whether the advisory lock with this key is the migration lock. */
  boolean locksMigration(String key) {
    return database.locksMigration(key);
  }

  /** What part it has in a migration: MIGRATOR, queued, or nothing. */
  String part(int pid) {
    if (migrates(pid)) {
      return "MIGRATOR";
    }
    return database.migrationLock().waiters().contains(pid) ? "queued migrator" : "";
  }

  /** How many sessions each pod or role has, most first. */
  List<Line> counted(int width) {
    Map<String, Integer> counts = new TreeMap<>();
    database.backends().stream()
        .filter(SessionNames::client)
        .forEach(backend -> counts.merge(who(backend), 1, Integer::sum));
    List<List<Line>> rows = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry ->
                rows.add(
                    List.of(
                        Line.of("%4d".formatted(entry.getValue()), Style.STRONG),
                        Line.of(entry.getKey()))));
    return Rows.table(rows, 1, 1, width);
  }

  /**
   * The one address from which all sessions of clients come although pods run and none has it:
   * something stands between, and no session can be told to be a certain pod's. One session alone
   * is no sign of it.
   */
  Optional<String> pooler() {
    boolean podsRun =
        cluster
            .filter(live -> live.pods().stream().anyMatch(pod -> pod.startedAt().isPresent()))
            .isPresent();
    Set<String> roles = database.coder().roles().roles();
    List<String> addresses =
        database.backends().stream()
            .filter(SessionNames::client)
            .filter(backend -> roles.isEmpty() || roles.contains(backend.user()))
            .flatMap(backend -> backend.address().stream())
            .toList();
    return addresses.stream()
        .findFirst()
        .filter(address -> podsRun && addresses.size() > 1)
        .filter(address -> addresses.stream().allMatch(address::equals))
        .filter(address -> !pods.containsKey(address));
  }

  /** Sessions of clients; the server's own processes are none. */
  long clients() {
    return database.backends().stream().filter(SessionNames::client).count();
  }

  /** A session whose type is hidden from our role may be a client's and counts as one. */
  private static boolean client(Backend backend) {
    return backend.client().type().map("client backend"::equals).orElse(true);
  }

  private String name(Pod pod) {
    String name = names == Names.WHOLE ? pod.name() : PodNames.brief(pod.name());
    if (!pod.terminating()) {
      return name;
    }
    return names == Names.BRIEFEST ? name + "◐" : name + " (Terminating)";
  }
}
