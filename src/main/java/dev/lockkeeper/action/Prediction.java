package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.WaitPrediction;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.Wait;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an act is expected to do for the session that waits for a migration, to be compared with
 * what it did.
 *
 * @param told it as a sentence, as the operator read it
 * @param pid the session that waits
 * @param backendStart when that session started
 * @param lock the lock that it waits for: type, name or key, and mode
 * @param free whether it is to have that lock afterwards
 */
public record Prediction(String told, int pid, String backendStart, String lock, boolean free) {
  /** Keys in the journal. */
  public static final String TOLD = "predicted";

  private static final String SESSION = "predicted-session";
  private static final String LOCK = "predicted-lock";
  private static final String FREE = "predicted-free";

  /** All of them. */
  public static final List<String> KEYS = List.of(TOLD, SESSION, LOCK, FREE);

  /** As it follows from this; empty where the waiter is no session that is known. */
  static Optional<Prediction> of(Snapshot snapshot, Database database, WaitPrediction release) {
    return database
        .backend(release.waiter())
        .map(
            waiter ->
                new Prediction(
                    release.told(Candidates.name(waiter, snapshot), database),
                    waiter.pid(),
                    waiter.backendStart(),
                    release.wanted().map(Prediction::text).orElse(""),
                    release.atOnce()));
  }

  /** As an entry of the journal has it; empty where it has none. */
  public static Optional<Prediction> of(Map<String, String> data) {
    String[] session = data.getOrDefault(SESSION, "").split("@", 2);
    return session.length == 2 && session[0].matches("[0-9]{1,9}")
        ? Optional.of(
            new Prediction(
                data.getOrDefault(TOLD, ""),
                Integer.parseInt(session[0]),
                session[1],
                data.getOrDefault(LOCK, ""),
                Boolean.parseBoolean(data.get(FREE))))
        : Optional.empty();
  }

  /** To be written to the journal. */
  public Map<String, String> data() {
    return Map.of(
        TOLD, told, SESSION, pid + "@" + backendStart, LOCK, lock, FREE, Boolean.toString(free));
  }

  /** What became of it, in a sentence; the database was read after the act. */
  public String compared(Database database) {
    Optional<Backend> waiter =
        database.backend(pid).filter(each -> each.backendStart().equals(backendStart));
    if (waiter.isEmpty()) {
      return "pid %d is gone; predicted was: %s".formatted(pid, told);
    }
    Optional<Wait> wait =
        LockForest.of(database).waits().stream().filter(each -> each.pid() == pid).findFirst();
    boolean same =
        database.locks().stream()
            .filter(each -> !each.granted() && each.pid().equals(Optional.of(pid)))
            .anyMatch(each -> text(each).equals(lock));
    String seen =
        wait.isEmpty() && !same
            ? "pid %d waits for nobody".formatted(pid)
            : "pid %d %s"
                    .formatted(pid, same ? "still waits for that lock" : "waits for another lock")
                + wait.map(each -> behind(each, database)).orElse("");
    return (free != same ? "as predicted: " : "not as predicted: ")
        + seen
        + (free != same ? "" : "; predicted was: " + told);
  }

  private static String behind(Wait wait, Database database) {
    return wait.blockers().stream()
        .findFirst()
        .map(first -> " behind " + Blockers.name(database, first))
        .orElse("");
  }

  private static String text(Lock lock) {
    return String.join(" ", lock.type(), lock.relation().orElse("-") + lock.key(), lock.mode());
  }
}
