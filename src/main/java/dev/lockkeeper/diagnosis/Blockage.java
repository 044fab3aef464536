package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whoever stands at the end of the queue in which the migrator waits. */
final class Blockage {
  private final Sight sight;
  private final Database database;
  private final Backend migrator;

  /** All of these must end before the migrator can go on. */
  private final List<Integer> cure;

  private Blockage(Sight sight, Database database, Backend migrator, List<Integer> cure) {
    this.sight = sight;
    this.database = database;
    this.migrator = migrator;
    this.cure = cure;
  }

  static List<Finding> find(Sight sight) {
    Optional<Backend> migrator = sight.migration().migrator();
    if (sight.database().isEmpty() || migrator.isEmpty()) {
      return List.of();
    }
    List<Integer> cure = LockForest.of(sight.database().get()).smallestCure(migrator.get().pid());
    Blockage blockage = new Blockage(sight, sight.database().get(), migrator.get(), cure);
    return cure.stream().map(blockage::by).flatMap(Optional::stream).toList();
  }

  private Optional<Finding> by(int root) {
    if (root == LockForest.PREPARED) {
      return Optional.of(prepared());
    }
    Optional<Backend> backend = database.backend(root);
    if (backend.isEmpty()) {
      return Optional.of(
          other(
              root,
              "pid " + root,
              List.of("it is no session of this database"),
              "Find out whose it is, and have it ended there."));
    }
    Origin origin = sight.origin(backend.get());
    if (origin.gone()) {
      return Optional.of(gone(backend.get(), origin));
    }
    return Optional.of(
        origin.pod().isPresent()
            ? replica(backend.get(), origin.pod().get())
            : stranger(backend.get()));
  }

  private Finding replica(Backend root, Pod pod) {
    String version = Origin.version(pod);
    return Finding.proven(
        Kind.OLD_REPLICA_BLOCKS,
        Urgency.ACT,
        "%s blocks the migration: %s".formatted(sight.name(root), doing(root)),
        sight.inDatabase(evidence(root, "pod " + pod.name() + " runs " + version)),
        Advice.act(
            pod.terminating()
                ? "Wait: the pod is Terminating, and its session ends with it after its grace"
                      + " period."
                : "Scale the deployment down, or end this one session: the migrator goes on at"
                      + " once.",
            Steps.END_BLOCKERS),
        "end the migrator (pid %d), and do not wait: nothing here gives up by itself."
            .formatted(migrator.pid()));
  }

  private Finding gone(Backend root, Origin origin) {
    return Finding.proven(
        Kind.ORPHAN_BACKEND,
        Urgency.ACT,
        "%s blocks the migration, and nobody is behind it".formatted(sight.name(root)),
        sight.inDatabase(evidence(root, origin.why())),
        Advice.act(
            "End this one session; its client is dead, so nothing that would be kept is lost.",
            Steps.END_BLOCKERS),
        "end all sessions: the pods' pools come back in a tenth of a second, and the"
            + " migrator would be killed with them.");
  }

  private Finding stranger(Backend root) {
    Optional<String> kept = Protection.of(root, database);
    return other(
        root.pid(),
        sight.name(root),
        evidence(root, kept.map("keep it: "::concat).orElse("no pod of this deployment")),
        kept.isPresent()
            ? "Let it end, or ask its owner; the migration goes on by itself afterwards."
            : "Ask its owner to end the transaction; its owner knows what it is worth.");
  }

  private Finding other(int pid, String name, List<String> evidence, String advice) {
    return Finding.proven(
        Kind.OTHER_SESSION_BLOCKS,
        Urgency.ACT,
        "%s blocks the migration: %s"
            .formatted(name, database.backend(pid).map(this::doing).orElse("it holds a lock")),
        sight.inDatabase(evidence),
        Advice.findOut(advice, Steps.END_BLOCKERS),
        "end the migrator (pid %d): it would start anew and wait again.".formatted(migrator.pid()));
  }

  private Finding prepared() {
    List<String> evidence = new ArrayList<>();
    for (PreparedTransaction each : database.prepared()) {
      evidence.add(
          "prepared %s ago by %s: %s".formatted(Spoken.of(each.age()), each.owner(), each.gid()));
    }
    return Finding.proven(
        Kind.PREPARED_TRANSACTION_BLOCKS,
        Urgency.ACT,
        "A prepared transaction blocks the migration; it has no session to end",
        sight.inDatabase(evidence),
        Advice.findOut(
            "Its owner decides: COMMIT PREPARED or ROLLBACK PREPARED '<gid>', in this database.",
            Steps.ROLL_BACK_PREPARED),
        "guess which of the two: a transaction manager may have promised the commit.");
  }

  /** What the blocker does, and since when. */
  private String doing(Backend root) {
    String state = root.state().orElse("what it does is hidden");
    String since = root.transactionAge().map(age -> " for " + Spoken.of(age)).orElse("");
    List<String> tables = tables(root);
    return state + since + (tables.isEmpty() ? "" : ", holds " + String.join(", ", tables));
  }

  /** The tables that it holds and somebody waits for; else all that it is seen to hold. */
  private List<String> tables(Backend root) {
    List<String> held =
        relations(lock -> lock.granted() && lock.pid().equals(Optional.of(root.pid()))).toList();
    Set<String> wanted = relations(lock -> !lock.granted()).collect(Collectors.toSet());
    List<String> both = held.stream().filter(wanted::contains).toList();
    return (both.isEmpty() ? held : both).stream().distinct().sorted().limit(4).toList();
  }

  private Stream<String> relations(Predicate<Lock> which) {
    return database.locks().stream().filter(which).map(Lock::relation).flatMap(Optional::stream);
  }

  private List<String> evidence(Backend root, String whose) {
    List<String> lines = new ArrayList<>();
    lines.add(sight.name(migrator) + " waits behind it");
    lines.add(whose);
    lines.addAll(Cure.lines(database, root.pid()));
    if (cure.size() > 1) {
      lines.add(
          "all of these stand before it: "
              + cure.stream().map(sight::name).collect(Collectors.joining("; ")));
    }
    if (!root.query().isBlank()) {
      lines.add("its last statement: " + root.query().strip());
    }
    return lines;
  }
}
