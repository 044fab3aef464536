package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.Origin;
import dev.lockkeeper.analysis.WhatIsLost;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A migrator's session whose client has ended: it keeps the lock. Where that was not seen, the text
 * says so, and how to find out.
 */
final class OrphanBackend {
  /** A migrator may be silent for this long while its client is there. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final String NOT_THIS =
      "restart the pods that wait behind it: each restart can leave one more such session.";

  private OrphanBackend() {}

  static List<Finding> find(RuleInput sight) {
    if (sight.database().isEmpty() || sight.cluster().isEmpty()) {
      return List.of();
    }
    Database database = sight.database().get();
    List<Finding> found = new ArrayList<>();
    sight
        .migration()
        .migrator()
        .flatMap(each -> holder(sight, database, each))
        .ifPresent(found::add);
    List<Backend> dead =
        database.sessions(database.migrationLock().waiters()).stream()
            .filter(waiter -> sight.origin(waiter).gone())
            .toList();
    if (!dead.isEmpty()) {
      found.add(waiters(sight, dead));
    }
    return found;
  }

  private static Optional<Finding> holder(RuleInput sight, Database database, Backend migrator) {
    Origin origin = sight.origin(migrator);
    List<Observation> evidence = sight.inDatabase(evidence(origin, database, migrator));
    String lock = "pid %d holds the migration lock, and ".formatted(migrator.pid());
    return switch (origin.kind()) {
      case GONE ->
          Optional.of(
              Finding.proven(
                  Kind.ORPHAN_BACKEND,
                  Urgency.ACT,
                  lock + "its client has ended",
                  evidence,
                  Advice.act(cure(database, migrator), Steps.END_ORPHANS),
                  NOT_THIS));
      case LIKELY_GONE ->
          Optional.of(
              Finding.likely(
                  Kind.ORPHAN_BACKEND,
                  Urgency.ACT,
                  lock + "its client has most likely ended",
                  evidence,
                  origin.alike(),
                  Advice.findOut(
                      "Make sure that nothing else migrates: ask who runs coderd or a migration"
                          + " elsewhere, and look on the database's host which process has the"
                          + " other end. Then this one session may be ended, with that doubt.",
                      Steps.END_ORPHANS),
                  NOT_THIS));
      case UNTOLD ->
          silent(sight, migrator) ? Optional.of(untold(origin, lock, evidence)) : Optional.empty();
      case POD, LIVES, RELAYED, OTHER -> Optional.empty();
    };
  }

  private static Finding untold(Origin origin, String lock, List<Observation> evidence) {
    return Finding.untold(
        Kind.ORPHAN_BACKEND,
        Urgency.BEWARE,
        lock + "whether its client is still there is not known",
        evidence,
        origin.alike(),
        Advice.findOut(
            "Watch whether its statement changes: then it lives. Ask who runs coderd or a migration"
                + " elsewhere; look on the host of its address, and on the database's, which"
                + " process has the other end of the connection."),
        "end it because of its address alone: that no pod has it proves nothing.");
  }

  /** Whether it has begun no statement for a while, or waits for one that nobody sends. */
  private static boolean silent(RuleInput sight, Backend migrator) {
    return migrator
        .activity()
        .pulse()
        .statementAge()
        .or(migrator::stateAge)
        .filter(age -> age.compareTo(SILENCE) > 0)
        .isPresent();
  }

  private static String cure(Database database, Backend migrator) {
    return (migrator.waitsForLock()
            ? "End what it waits for, or end this one session. "
            : "Wait for its statement to end, or end this one session. ")
        + WhatIsLost.of(migrator, database).ended();
  }

  private static List<String> evidence(Origin origin, Database database, Backend migrator) {
    List<String> evidence = new ArrayList<>();
    evidence.add(origin.why());
    int queue = database.migrationLock().waiters().size();
    evidence.add(
        "it holds the migration lock; %s behind it".formatted(Durations.count(queue, "session")));
    if (origin.gone()) {
      evidence.add(
          migrator.waitsForLock()
              ? "it waits for a lock, and notices that its client is dead only when it gets it"
              : "it ends by itself when its statement ends");
      evidence.add(WhatIsLost.of(migrator, database).left());
    }
    if (!migrator.query().isBlank()) {
      evidence.add("its statement: " + migrator.query().strip());
    }
    return evidence;
  }

  private static Finding waiters(RuleInput sight, List<Backend> dead) {
    boolean proven = dead.stream().allMatch(each -> sight.origin(each).proven());
    List<String> alike =
        dead.stream().flatMap(each -> sight.origin(each).alike().stream()).distinct().toList();
    String headline =
        "%s whose client has %sended %s for the migration lock"
            .formatted(
                Durations.count(dead.size(), "session"),
                proven ? "" : "most likely ",
                dead.size() == 1 ? "waits" : "wait");
    List<Observation> evidence =
        sight.inDatabase(
            dead.stream().map(each -> sight.name(each) + ": " + sight.origin(each).why()).toList());
    Advice.FindOut nothing =
        Advice.findOut("Nothing: they leave by themselves when the lock is free.");
    return proven
        ? Finding.proven(Kind.ORPHAN_BACKEND, Urgency.KNOW, headline, evidence, nothing, "")
        : Finding.likely(Kind.ORPHAN_BACKEND, Urgency.KNOW, headline, evidence, alike, nothing, "");
  }
}
