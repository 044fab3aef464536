package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Cure;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.Origin;
import dev.lockkeeper.analysis.Protection;
import dev.lockkeeper.analysis.WhatIsLost;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whoever stands at the end of the queue in which the migrator waits. */
final class Blockage {
  /** The kubelet needs a little to end a pod and to tell of it. */
  private static final Duration LATE = Duration.ofSeconds(45);

  private final RuleInput sight;
  private final Database database;

  /** All of these must end before the migration can go on. */
  private final Blockers blockers;

  private Blockage(RuleInput sight, Database database, Blockers blockers) {
    this.sight = sight;
    this.database = database;
    this.blockers = blockers;
  }

  static List<Finding> find(RuleInput sight) {
    if (sight.database().isEmpty() || !sight.migration().underWay()) {
      return List.of();
    }
    Database database = sight.database().get();
    Blockage blockage = new Blockage(sight, database, Blockers.of(database));
    return blockage.blockers.roots().stream().map(blockage::by).toList();
  }

  private Finding by(int root) {
    if (LockForest.isPrepared(root)) {
      return database.prepared(root).map(each -> prepared(root, each)).orElseGet(this::untold);
    }
    Optional<Backend> backend = database.backend(root);
    if (backend.isEmpty()) {
      return other(
          root,
          "pid " + root,
          List.of("it is no session of this database"),
          "Find out whose it is, and have it ended there.");
    }
    if (backend.get().waitsForStandby()) {
      return commits(backend.get());
    }
    Origin origin = sight.origin(backend.get());
    return switch (origin.kind()) {
      case GONE, LIKELY_GONE -> gone(backend.get(), origin);
      case POD -> replica(backend.get(), origin);
      case LIVES, RELAYED, UNTOLD, OTHER -> stranger(backend.get(), origin);
    };
  }

  /** Where only the order of a queue puts it before the migrator, nobody shall act on that. */
  private Finding found(
      Kind kind, int root, String headline, List<String> evidence, Advice advice, String notThis) {
    return found(kind, root, headline, evidence, List.of(), advice, notThis);
  }

  /**
   * The same, where something else could look like it: nobody shall act on that, either.
   *
   * @param alike what else it could be; empty where nothing could
   */
  private Finding found(
      Kind kind,
      int root,
      String headline,
      List<String> evidence,
      List<String> alike,
      Advice advice,
      String notThis) {
    List<String> doubts = new ArrayList<>(alike);
    if (!blockers.sure(root)) {
      doubts.add("a queue in another order: who came first in it is not certain");
    }
    List<Observation> seen = sight.inDatabase(evidence);
    return doubts.isEmpty()
        ? Finding.proven(kind, Urgency.ACT, headline, seen, advice, notThis)
        : Finding.likely(
            kind,
            Urgency.ACT,
            headline,
            seen,
            doubts,
            Advice.findOut(
                alike.isEmpty()
                    ? "Look again in some seconds: whether it blocks the migrator depends on the"
                        + " order of a queue."
                    : "Find out which process has the other end of its connection. Then this one"
                        + " session may be ended, with that doubt.",
                advice.answeredBy()),
            notThis);
  }

  private String notTheMigrator(String because) {
    return blockers.waiter().map(pid -> "end the migrator (pid %d)".formatted(pid)).orElse("wait")
        + because;
  }

  private Finding replica(Backend root, Origin origin) {
    Pod pod = origin.pod().orElseThrow();
    String version = Origin.version(pod);
    Optional<String> end = end(pod);
    return found(
        Kind.OLD_REPLICA_BLOCKS,
        root.pid(),
        "%s blocks the migration: %s".formatted(sight.name(root), doing(root)),
        evidence(root, "%s, which runs %s".formatted(origin.why(), version)),
        origin.alike(),
        end.isPresent()
            ? Advice.act(end.get(), Steps.END_BLOCKERS)
            : Advice.findOut(
                "Wait: the pod is Terminating, and its session ends with it after its grace"
                    + " period.",
                Steps.END_BLOCKERS),
        notReplicas());
  }

  /** What ends a pod of the Deployment may end the one that migrates. */
  private String notReplicas() {
    String wait = ", and do not wait: nothing here gives up by itself.";
    return migratorsPod()
        ? "scale the deployment down or " + notTheMigrator(": both end the migration" + wait)
        : notTheMigrator(wait);
  }

  /** What to do about its session; empty while it helps to wait for the end of the pod. */
  private Optional<String> end(Pod pod) {
    if (pod.metadata().deletedAt().isEmpty()) {
      return Optional.of(
          migratorsPod()
              ? "End this one session."
              : "End this one session. If no pod of the deployment migrates, scale it down, so that"
                  + " no other one takes its place.");
    }
    if (!sight.cluster().flatMap(seen -> seen.nodeReady(pod)).orElse(true)) {
      return Optional.of(
          "End this one session: its pod is Terminating, and its node is not Ready, so that nobody"
              + " ends its process.");
    }
    return Optional.of("End this one session: its pod is Terminating, and should be gone by now.")
        .filter(late -> sight.since(pod.metadata().deletedAt().get()).compareTo(LATE) > 0);
  }

  private boolean migratorsPod() {
    return blockers
        .waiter()
        .flatMap(database::backend)
        .filter(each -> sight.origin(each).kind() == Origin.Kind.POD)
        .isPresent();
  }

  private Finding gone(Backend root, Origin origin) {
    return found(
        Kind.ORPHAN_BACKEND,
        root.pid(),
        "%s blocks the migration, and its client has %sended"
            .formatted(sight.name(root), origin.proven() ? "" : "most likely "),
        evidence(root, origin.why()),
        origin.alike(),
        Advice.act(
            "End this one session. " + WhatIsLost.of(root, database).ended(), Steps.END_BLOCKERS),
        "end all sessions: the pods' pools reconnect within 0.1 s, and the"
            + " migrator would be killed with them.");
  }

  /** It has let go of nothing yet, and the migration's own commit would wait at the same place. */
  private Finding commits(Backend root) {
    return found(
        Kind.OTHER_SESSION_BLOCKS,
        root.pid(),
        "%s blocks the migration: its COMMIT waits for a synchronous standby"
            .formatted(sight.name(root)),
        evidence(root, "it waits: IPC/SyncRep; " + sight.origin(root).why()),
        Advice.findOut(
            "Have the standby brought back, or taken out of synchronous_standby_names by its"
                + " administrator: then it continues by itself."),
        "end it for that reason: the migration's own commit would wait at the same place.");
  }

  private Finding stranger(Backend root, Origin origin) {
    Optional<String> kept = Protection.of(root, database, sight.origins());
    return other(
        root.pid(),
        sight.name(root),
        evidence(root, kept.map("keep it: "::concat).orElse(origin.why())),
        kept.isPresent()
            ? "Let it end, or ask its owner; nobody has to start the migration again for it."
            : "Ask its owner to end the transaction; only its owner knows what would be lost.");
  }

  private Finding other(int pid, String name, List<String> evidence, String advice) {
    return found(
        Kind.OTHER_SESSION_BLOCKS,
        pid,
        "%s blocks the migration: %s"
            .formatted(name, database.backend(pid).map(this::doing).orElse("it holds a lock")),
        evidence,
        Advice.findOut(advice, Steps.END_BLOCKERS),
        notTheMigrator(": it would start again, and wait again."));
  }

  private Finding prepared(int place, PreparedTransaction seen) {
    boolean holdsLock = database.migrator().filter(each -> each == place).isPresent();
    List<String> evidence = new ArrayList<>(List.of(Blockers.line(seen)));
    evidence.addAll(waiting(place));
    return found(
        Kind.PREPARED_TRANSACTION_BLOCKS,
        place,
        "The prepared transaction %s %s; it has no session to end"
            .formatted(seen.gid(), holdsLock ? "holds the migration lock" : "blocks the migration"),
        evidence,
        Advice.findOut(
            "Its owner decides: COMMIT PREPARED or ROLLBACK PREPARED '%s', in this database."
                .formatted(seen.gid()),
            Steps.ROLL_BACK_PREPARED),
        "guess which of the two: a transaction manager may have promised the commit.");
  }

  private Finding untold() {
    return Finding.untold(
        Kind.PREPARED_TRANSACTION_BLOCKS,
        Urgency.ACT,
        "A prepared transaction blocks the migration; which one is not seen",
        sight.inDatabase(waiting(LockForest.PREPARED)),
        List.of("one of another database", "one that ended just now"),
        Advice.findOut("Look for it in pg_prepared_xacts, in all databases of the server."),
        "roll back one by guess: a transaction manager may have promised its commit.");
  }

  /** Who waits for it, what its end would do, and who stands there besides. */
  private List<String> waiting(int root) {
    List<String> lines = new ArrayList<>();
    blockers.waiter().ifPresent(pid -> lines.add(sight.name(pid) + " waits behind it"));
    lines.addAll(Cure.lines(database, root, sight.origins()));
    if (blockers.roots().size() > 1) {
      lines.add(
          "all of these block it: "
              + blockers.roots().stream().map(sight::name).collect(Collectors.joining("; ")));
    }
    return lines;
  }

  /** What the blocker does, and since when. */
  private String doing(Backend root) {
    String state = root.state().orElse("what it does is hidden");
    String since = root.transactionAge().map(age -> " for " + Durations.of(age)).orElse("");
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
    List<String> lines = new ArrayList<>(waiting(root.pid()));
    lines.add(Math.min(1, lines.size()), whose);
    if (!root.query().isBlank()) {
      lines.add("its last statement: " + root.query().strip());
    }
    return lines;
  }
}
