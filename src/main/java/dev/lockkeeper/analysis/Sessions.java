package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose the sessions of the Coder database are, by their role and by where they were seen; an
 * address says which pod one belongs to. Whose a session is that our role may not look into is not
 * known: it is only counted.
 *
 * @param byPod coderd's sessions by the pod that has their address; every pod of the cluster has an
 *     entry
 * @param elsewhere coderd's sessions from an address that no pod has: their client has ended, or is
 *     hidden behind a pooler or a relay
 * @param unclear sessions of Coder's role from elsewhere, under a name that coderd was not seen to
 *     have
 * @param backups sessions of a dump or a base backup
 * @param others sessions of other roles and tools
 * @param hidden how many sessions our role may not look into
 * @param told whether anything tells which role is Coder's
 */
public record Sessions(
    Map<Pod, List<Backend>> byPod,
    List<Backend> elsewhere,
    List<Backend> unclear,
    List<Backend> backups,
    List<Backend> others,
    long hidden,
    boolean told) {

  /** The sessions of this look, with the pods as they were seen last. */
  public static Sessions of(Snapshot snapshot, Database database) {
    Optional<Cluster> cluster = snapshot.cluster().value();
    Whose whose = Whose.of(snapshot, cluster, Optional.of(database));
    Map<Pod, List<Backend>> byPod = new LinkedHashMap<>();
    cluster.ifPresent(seen -> seen.pods().forEach(pod -> byPod.put(pod, new ArrayList<>())));
    Sessions all =
        new Sessions(
            byPod,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            database.hidden(),
            !whose.roles().isEmpty());
    database.backends().stream()
        .filter(each -> !each.hidden())
        .forEach(each -> all.place(each, whose).add(each));
    return all;
  }

  /**
   * The roles to be remembered as Coder's, in the order of the alphabet: what is seen at its pods
   * or in its address goes before what is remembered, and that before the owner of its tables.
   * Empty when nothing tells them.
   */
  public static Set<String> roles(Snapshot snapshot, Database database) {
    Whose whose = Whose.of(snapshot, snapshot.cluster().value(), Optional.of(database));
    Set<String> known = snapshot.run().coderRoles();
    return new TreeSet<>(whose.shown() || known.isEmpty() ? whose.roles() : known);
  }

  /** The list to which it belongs; one that is thrown away for the server's own processes. */
  private List<Backend> place(Backend backend, Whose whose) {
    boolean client = backend.client().type().filter("client backend"::equals).isPresent();
    return switch (whose.of(backend)) {
      case CODERD -> whose.pod(backend).map(byPod::get).orElse(elsewhere);
      case UNCLEAR -> unclear;
      case BACKUP -> backups;
      case OTHER -> client ? others : new ArrayList<>();
    };
  }

  /**
   * Why it cannot be said which sessions are coderd's; empty when it can.
   *
   * @param snapshot the moment, for the names
   */
  public Optional<String> doubt(Snapshot snapshot) {
    if (!told && !others.isEmpty()) {
      return Optional.of(
          "which role is Coder's is not known: %s may be coderd's"
              .formatted(Durations.count(others.size(), "session")));
    }
    return unclear.stream()
        .findFirst()
        .map(
            each ->
                "whether %s is coderd's is not known: it has Coder's role, and a name that coderd was not seen to have"
                    .formatted(Candidates.name(each, snapshot)));
  }

  /** All of coderd's sessions. */
  public List<Backend> coderd() {
    List<Backend> all = new ArrayList<>(elsewhere);
    byPod.values().forEach(all::addAll);
    return all;
  }
}
