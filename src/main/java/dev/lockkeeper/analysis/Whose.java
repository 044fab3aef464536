package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.CoderRoles;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.Sighting;
import dev.lockkeeper.snapshot.Sightings;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose a session is. Many drivers send no application name, and coderd may be given one: what
 * tells is the role, and where this very session was seen.
 *
 * @param pods the pods by their addresses, as far as they are known
 * @param sightings what was seen over time
 * @param roles Coder's roles; empty when nothing tells them
 * @param shown whether Coder's own address or a session at a pod tells them: who owns the tables is
 *     less, for that changes by a restore
 * @param names the application names that coderd's sessions have besides none
 */
record Whose(
    Map<String, Pod> pods,
    Sightings sightings,
    Set<String> roles,
    boolean shown,
    Set<String> names) {
  /** Tools that people and jobs use with any role, Coder's too. */
  static final Pattern TOOL =
      Pattern.compile(
          "(psql|pgadmin|dbeaver|datagrip|navicat|tableplus|azure data studio|metabase|grafana"
              + "|postgres_exporter|pgbench|pg_cron|lockkeeper|pg_dump|pg_restore|pg_basebackup"
              + "|pgbackrest|barman|wal-g).*",
          Pattern.CASE_INSENSITIVE);

  /** What can be said of a session. */
  enum Answer {
    /** Of Coder's role, and seen where coderd is or named as coderd is. */
    CODERD,
    /** Of Coder's role, from elsewhere and under a name that coderd was not seen to have. */
    UNCLEAR,
    /** A backup. */
    BACKUP,
    /** Another role's, another tool's, or the server's own. */
    OTHER
  }

  static Whose of(Snapshot snapshot, Optional<Cluster> cluster, Optional<Database> database) {
    Map<String, Pod> pods = cluster.map(Cluster::podsByAddress).orElse(Map.of());
    Sightings sightings = snapshot.sightings();
    CoderRoles owners = database.map(seen -> seen.coder().roles()).orElse(CoderRoles.UNKNOWN);
    Set<String> atPods = new HashSet<>(sightings.roles());
    Set<String> names = new HashSet<>(owners.names());
    names.addAll(sightings.names());
    for (Backend each : database.map(Database::backends).orElse(List.of())) {
      each.address()
          .map(pods::get)
          .filter(pod -> pod.place().own() && !pod.over())
          .ifPresent(
              pod -> {
                atPods.add(each.user());
                names.add(each.application());
              });
    }
    names.removeIf(name -> name.isBlank() || TOOL.matcher(name).matches());
    Set<String> roles = new HashSet<>(roles(owners.roles(), atPods));
    Optional<String> named =
        database.flatMap(seen -> seen.roles().value()).flatMap(RoleFacts::urlUser);
    named.ifPresent(roles::add);
    if (roles.isEmpty()) {
      roles.addAll(snapshot.run().coderRoles());
    }
    return new Whose(pods, sightings, roles, named.isPresent() || !atPods.isEmpty(), names);
  }

  /** A table may belong to another role after a restore, and a pod may have a guest. */
  private static Set<String> roles(Set<String> owners, Set<String> atPods) {
    Set<String> both = new HashSet<>(owners);
    both.retainAll(atPods);
    return both.isEmpty() ? (atPods.isEmpty() ? owners : atPods) : both;
  }

  Answer of(Backend backend) {
    boolean client =
        backend.client().type().map("client backend"::equals).orElse(!backend.user().isEmpty());
    String name = backend.application();
    if (Protection.isBackup(backend)) {
      return Answer.BACKUP;
    }
    if (!client || !roles.contains(backend.user())) {
      return Answer.OTHER;
    }
    boolean tool = TOOL.matcher(name).matches();
    boolean host = sightings.of(backend).flatMap(Sighting::host).isPresent();
    if (!tool && (pod(backend).isPresent() || host)) {
      return Answer.CODERD;
    }
    boolean named = name.isBlank() || names.contains(name);
    return named ? Answer.CODERD : tool ? Answer.OTHER : Answer.UNCLEAR;
  }

  /** The pod at its address. */
  Optional<Pod> pod(Backend backend) {
    return backend.address().map(pods::get);
  }
}
