package dev.lockkeeper.diagnosis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose the sessions of the Coder database are. coderd sets no {@code application_name}, so a
 * client session without one is taken for coderd's; its address says which pod it belongs to. Whose
 * a session is that our role may not look into is not known: it is only counted.
 *
 * @param byPod coderd's sessions by the pod that has their address; every pod of the cluster has an
 *     entry
 * @param orphans coderd's sessions from an address that no pod has: their client is gone, or hidden
 *     behind a pooler
 * @param backups sessions of a dump or a base backup
 * @param others sessions of other tools
 * @param hidden how many sessions our role may not look into
 */
public record Sessions(
    Map<Pod, List<Backend>> byPod,
    List<Backend> orphans,
    List<Backend> backups,
    List<Backend> others,
    long hidden) {
  private static final Pattern BACKUP =
      Pattern.compile("(pg_dump|pg_dumpall|pg_basebackup|pg_restore|barman|pgbackrest|wal-g).*");

  public static Sessions of(Optional<Cluster> cluster, Database database) {
    Map<Pod, List<Backend>> byPod = new LinkedHashMap<>();
    cluster.ifPresent(seen -> seen.pods().forEach(pod -> byPod.put(pod, new ArrayList<>())));
    List<Backend> orphans = new ArrayList<>();
    List<Backend> backups = new ArrayList<>();
    List<Backend> others = new ArrayList<>();
    for (Backend backend : database.backends()) {
      if (backend.hidden()) {
        continue;
      }
      if (BACKUP.matcher(backend.application()).matches()) {
        backups.add(backend);
      } else if (isCoderd(backend)) {
        backend
            .address()
            .flatMap(at -> cluster.flatMap(seen -> seen.podAt(at)))
            .map(byPod::get)
            .orElse(orphans)
            .add(backend);
      } else if (backend.type().filter("client backend"::equals).isPresent()) {
        others.add(backend);
      }
    }
    return new Sessions(byPod, orphans, backups, others, database.hidden());
  }

  /** All of coderd's sessions. */
  public List<Backend> coderd() {
    List<Backend> all = new ArrayList<>(orphans);
    byPod.values().forEach(all::addAll);
    return all;
  }

  private static boolean isCoderd(Backend backend) {
    boolean client = backend.type().map("client backend"::equals).orElse(!backend.user().isEmpty());
    return client && backend.application().isBlank();
  }
}
