package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.LogFailure;
import dev.lockkeeper.analysis.PodFailure;
import dev.lockkeeper.analysis.SqlFailure;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import java.util.ArrayList;
import java.util.List;

/**
 * An attempt to migrate that failed, and what every cause of it has in common.
 *
 * @param sight what is seen
 * @param failed the pod and its last words
 */
record FailedAttempt(RuleInput sight, PodFailure failed) {
  SqlFailure sql() {
    return failed.failure().sql();
  }

  String words() {
    return failed.failure().text();
  }

  /** Whether all pending migrations are committed together or not at all. */
  boolean whole() {
    return sight
        .wanted()
        .map(version -> Regime.narrowed(Regime.possible(version), words()))
        .map(possible -> possible.stream().allMatch(Regime::oneTransaction))
        .orElse(false);
  }

  /** Whether something of it may be kept: a COMMIT that was under way, or migrations before it. */
  private boolean kept() {
    return !whole() || sql().cause() == SqlFailure.Cause.LOST;
  }

  /** How many containers of this pod have ended, the one that said these words among them. */
  private int ended() {
    return failed.pod().restarts() + (failed.before() ? 0 : 1);
  }

  /** Whether it was seen to come back and to end again. */
  boolean again() {
    return ended() > 1;
  }

  /**
   * How soon it wants an answer. An attempt that runs now may succeed where the last one failed,
   * unless what made that one fail is still there.
   *
   * @param stays whether the cause is seen to be there still
   */
  Urgency urgency(boolean stays) {
    return sight.migration().underWay() && !stays && !again() ? Urgency.BEWARE : Urgency.ACT;
  }

  /** What happened, with how often. */
  String headline() {
    if (failed.failure().kind() == LogFailure.Kind.SETUP) {
      return "The migration does not even begin%s: %s".formatted(times(), words());
    }
    return again()
        ? "The migration fails again and again%s: %s".formatted(times(), words())
        : "The migration failed%s: %s".formatted(kept() ? "" : " and was rolled back", words());
  }

  private String times() {
    return again() ? " (%d times)".formatted(ended()) : "";
  }

  /** The pod's words, then what belongs to this cause, then where the schema stands. */
  List<Observation> evidence(List<Observation> ofTheCause) {
    List<Observation> evidence = new ArrayList<>();
    evidence.add(sight.inCluster(failed.evidence()));
    if (again()) {
      evidence.add(
          sight.inCluster(
              "%s: %d of its containers have ended; these are the last one's words"
                  .formatted(failed.pod().name(), ended())));
    }
    evidence.addAll(ofTheCause);
    evidence.add(sight.inDatabase(sight.migration().headline()));
    evidence.add(
        Observation.known(
            !kept()
                ? "all pending migrations are one transaction: nothing of it was kept"
                : whole()
                    ? "a COMMIT that was in progress may have been kept: look at the schema number"
                    : "what was committed before it may have stayed: look at the schema number"));
    return evidence;
  }
}
