package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Wait;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What would go on if a session ended. */
public final class Cure {
  private Cure() {}

  /**
   * Who would wait for nobody any more, then or soon after, if this session ended: everybody behind
   * it but those who also wait for somebody who stays.
   */
  public static Set<Integer> unblockedBy(Database database, int pid) {
    List<Wait> waits = LockForest.of(database).waits();
    Set<Integer> free = new HashSet<>(Set.of(pid));
    boolean more = true;
    while (more) {
      more = false;
      for (Wait wait : waits) {
        if (free.containsAll(wait.blockers())) {
          more |= free.add(wait.pid());
        }
      }
    }
    free.remove(pid);
    return free;
  }

  /** What ending this session would do, or why it must not be ended. */
  public static List<String> lines(Database database, int pid, Origins origins) {
    Optional<Backend> backend = database.backend(pid);
    Optional<String> kept = backend.flatMap(each -> Protection.of(each, database, origins));
    if (kept.isPresent()) {
      return List.of("must not be ended: " + kept.get());
    }
    Set<Integer> free = unblockedBy(database, pid);
    if (free.isEmpty()) {
      return List.of("ending it alone frees no session: those behind it wait for others, too");
    }
    Set<Integer> atOnce = new HashSet<>(LockForest.of(database).freedBy(pid));
    boolean migrator = database.migrator().filter(atOnce::contains).isPresent();
    int others = atOnce.size() - (migrator ? 1 : 0);
    int later = free.size() - atOnce.size();
    return List.of(
        (migrator
                ? "its end frees the migrator"
                    + (others == 0 ? "" : " and " + Durations.count(others, "other"))
                    + " from this lock"
                : "its end frees %s, and not the migrator"
                    .formatted(Durations.count(others, "session")))
            + (later == 0 ? "" : "; %d more later".formatted(later))
            + (migrator ? next(database) : ""));
  }

  private static String next(Database database) {
    return database
        .migrator()
        .flatMap(pid -> WaitPrediction.of(database, pid, Set.of()))
        .map(WaitPrediction::next)
        .orElse("");
  }
}
