package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.InTheWay;
import dev.lockkeeper.analysis.SettingInForce;
import dev.lockkeeper.analysis.SqlFailure.Cause;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.diagnosis.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A migration that met somebody else, or lost its connection: it need not happen again. */
final class FailedInPassing {
  private static final String NOT_THIS =
      "go back to another image, or look for wrong data: neither is the cause.";

  private FailedInPassing() {}

  static Finding finding(FailedAttempt attempt) {
    return switch (attempt.sql().cause()) {
      case ENDED -> ended(attempt);
      case LOST -> lost(attempt);
      case PASSING, LOCK_WAIT, SETTING, ROOM, RIGHTS, PLACE, DATA, UNTOLD -> met(attempt);
    };
  }

  private static Finding lost(FailedAttempt attempt) {
    return Finding.proven(
        Kind.MIGRATION_INTERRUPTED,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(
            List.of(Observation.known("the pod lost its connection to the server, or got none"))),
        Advice.findOut(
            "Find out what cut the connection (a restart or failover of the server, the network, a"
                + " pooler's or proxy's limit); the pod starts again by itself."),
        NOT_THIS);
  }

  private static Finding met(FailedAttempt attempt) {
    List<InTheWay> holders = holders(attempt.sight());
    Optional<SettingInForce> limit =
        attempt
            .sql()
            .parameter()
            .flatMap(name -> SettingInForce.of(attempt.sight().snapshot(), name));
    return Finding.proven(
        Kind.MIGRATION_INTERRUPTED,
        attempt.urgency(!holders.isEmpty() || limit.isPresent()),
        attempt.headline(),
        attempt.evidence(evidence(attempt, holders, limit)),
        advice(attempt, holders, limit),
        NOT_THIS);
  }

  /** Who held the lock for which it waited in vain is not known when it is not seen any more. */
  private static Advice advice(
      FailedAttempt attempt, List<InTheWay> holders, Optional<SettingInForce> limit) {
    if (attempt.sql().cause() == Cause.LOCK_WAIT && holders.isEmpty() && limit.isEmpty()) {
      return Advice.findOut(
          "Look which session locks the table while the next attempt waits, and have it ended; with"
              + " the old replicas at zero, fewer can.",
          Steps.SCALE_DOWN);
    }
    return Advice.act(
        advice(holders) + limit.map(set -> " Lift the limit: " + set.undo() + ".").orElse(""),
        Steps.SCALE_DOWN);
  }

  private static String advice(List<InTheWay> holders) {
    return holders.isEmpty()
        ? "Start again with the old replicas at zero, so that none of them blocks the migration."
        : "Have pid %d end its transaction, and start again with the old replicas at zero."
            .formatted(holders.get(0).backend().pid());
  }

  private static List<Observation> evidence(
      FailedAttempt attempt, List<InTheWay> holders, Optional<SettingInForce> limit) {
    List<Observation> evidence = new ArrayList<>();
    RuleInput sight = attempt.sight();
    evidence.add(Observation.known(meaning(attempt)));
    holders.forEach(each -> evidence.add(sight.inDatabase(each.who() + "; " + each.consequence())));
    limit.ifPresent(set -> evidence.add(sight.inDatabase(set.text())));
    return evidence;
  }

  private static String meaning(FailedAttempt attempt) {
    if (attempt.sql().cause() != Cause.LOCK_WAIT) {
      return "a deadlock or a conflict need not happen again";
    }
    return Regime.narrowed(Set.of(), attempt.words()).contains(Regime.E)
        ? "this coderd waits some seconds for a table's lock, tries again, and gives up"
            + " (CODER_PG_MIGRATION_LOCK_TIMEOUT): ordinary while somebody holds the table"
        : "it waited for a table's lock for as long as lock_timeout lets it";
  }

  /** Who would be met again: sessions that hold what a pending migration needs. */
  private static List<InTheWay> holders(RuleInput sight) {
    return sight.database().stream()
        .flatMap(seen -> InTheWay.of(sight.snapshot(), seen, sight.knowledge()).stream())
        .filter(each -> !each.behind().isEmpty())
        .toList();
  }

  private static Finding ended(FailedAttempt attempt) {
    return Finding.proven(
        Kind.MIGRATION_INTERRUPTED,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(
            List.of(
                Observation.known(
                    "these words come from a cancel or an end by hand, or from a server that"
                        + " stops"))),
        Advice.findOut(
            "Find out who or what ended it (a colleague, a watchdog, a restart of the server);"
                + " then let it start again."),
        NOT_THIS);
  }
}
