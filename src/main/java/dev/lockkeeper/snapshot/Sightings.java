package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process has seen over time. It begins empty, also in a run that is resumed: what was
 * not seen proves nothing.
 *
 * @param sessions each session that was there at the last look, by {@link #key}
 * @param owners which pods, by uid, were seen with an address; a bounded number of addresses
 * @param roles the roles of sessions at pods' addresses, and with them Coder's
 * @param names the application names of sessions at pods' addresses
 * @param migrator how the session that migrates got on
 */
public record Sightings(
    Map<String, Sighting> sessions,
    Map<String, Set<String>> owners,
    Set<String> roles,
    Set<String> names,
    Optional<MigratorSight> migrator) {
  public static final Sightings NOTHING =
      new Sightings(Map.of(), Map.of(), Set.of(), Set.of(), Optional.empty());

  private static final int MOST = 500;

  public Sightings {
    sessions = Map.copyOf(sessions);
    owners = Map.copyOf(owners);
    roles = Set.copyOf(roles);
    names = Set.copyOf(names);
  }

  /** What was seen of this session. */
  public Optional<Sighting> of(Backend backend) {
    return Optional.ofNullable(sessions.get(key(backend)));
  }

  /** A pid is used again; with the start it names one session. */
  private static String key(Backend backend) {
    return backend.pid() + "@" + backend.backendStart();
  }

  /** After one look at the database, with the cluster as it was shown at that moment. */
  Sightings after(Database seen, Instant at, Optional<Cluster> cluster) {
    Map<String, Pod> pods = cluster.map(Cluster::podsByAddress).orElse(Map.of());
    Map<String, Sighting> now = new HashMap<>();
    Set<String> users = new HashSet<>(roles);
    Set<String> called = new HashSet<>(names);
    for (Backend each : seen.backends()) {
      if (each.hidden()) {
        continue;
      }
      Sighting sighting = Sighting.of(each, of(each), at);
      Optional<Pod> pod = each.address().map(pods::get);
      if (sighting.host().isEmpty()) {
        sighting =
            sighting.at(
                pod.filter(there -> !inherited(each, there, cluster, at))
                    .flatMap(there -> Sighting.Host.of(there, alone(there), at)));
      }
      now.put(key(each), sighting);
      pod.filter(there -> !there.over() && there.place().own())
          .ifPresent(
              there -> {
                users.add(each.user());
                called.add(each.application());
              });
    }
    return new Sightings(
        now, owners, few(users), few(called), MigratorSight.after(migrator, seen, at));
  }

  /** Whether the session is older than the pod that has its address now. */
  private static boolean inherited(
      Backend session, Pod pod, Optional<Cluster> cluster, Instant at) {
    return session
        .activity()
        .pulse()
        .age()
        .filter(age -> cluster.filter(all -> all.madeAfter(at.minus(age), pod)).isPresent())
        .isPresent();
  }

  /** After one look at the cluster. */
  Sightings after(Cluster seen, Instant at) {
    Map<String, Pod> pods =
        Stream.concat(seen.workload().departed().stream(), seen.pods().stream())
            .collect(Collectors.toMap(Pod::uid, pod -> pod, (gone, there) -> there));
    Sightings known =
        new Sightings(sessions, owners(pods.values().stream().toList()), roles, names, migrator);
    Map<String, Sighting> now = new HashMap<>(sessions);
    now.replaceAll((key, each) -> known.after(each, seen, pods, at));
    return new Sightings(now, known.owners, roles, names, migrator);
  }

  private Sighting after(Sighting session, Cluster seen, Map<String, Pod> pods, Instant at) {
    return session
        .host()
        .filter(host -> pods.containsKey(host.uid()))
        .map(
            host -> {
              Pod pod = pods.get(host.uid());
              return session.at(Optional.of(host.after(pod, alone(pod), seen.nodeReady(pod), at)));
            })
        .orElse(session);
  }

  private Map<String, Set<String>> owners(List<Pod> pods) {
    Map<String, Set<String>> all = new LinkedHashMap<>(owners);
    for (Pod pod : pods) {
      for (String address : pod.addresses()) {
        Set<String> having = new LinkedHashSet<>(all.getOrDefault(address, Set.of()));
        having.add(pod.uid());
        all.remove(address);
        all.put(address, Set.copyOf(having));
      }
    }
    // An address that two pods had is kept: not to know of it would prove too much.
    all.entrySet().stream()
        .filter(each -> each.getValue().size() == 1)
        .map(Map.Entry::getKey)
        .limit(Math.max(0, all.size() - MOST))
        .toList()
        .forEach(all::remove);
    return all;
  }

  /** Whether no other pod was seen with any of its addresses. */
  private boolean alone(Pod pod) {
    return pod.addresses().stream()
        .allMatch(address -> owners.getOrDefault(address, Set.of()).size() <= 1);
  }

  private static Set<String> few(Set<String> names) {
    return names.stream().limit(MOST).collect(Collectors.toSet());
  }
}
