package dev.lockkeeper.wizard;

import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.diagnosis.MigrationState;
import dev.lockkeeper.diagnosis.Sessions;
import dev.lockkeeper.diagnosis.UpgradePath;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from seeing: facts that the run must remember, and steps that are over because what
 * they wait for is there.
 */
final class Observing {
  private Observing() {}

  /**
   * Since when coderd is silent in the database. A session that may be coderd's and is hidden from
   * us breaks the silence.
   */
  static State listen(State state) {
    Snapshot snapshot = state.snapshot();
    boolean quiet =
        snapshot
            .freshDatabase()
            .map(database -> Sessions.of(snapshot.cluster().value(), database))
            .filter(sessions -> sessions.coderd().isEmpty() && sessions.hidden() == 0)
            .isPresent();
    Optional<Instant> since =
        quiet ? snapshot.run().quietSince().or(() -> Optional.of(state.now())) : Optional.empty();
    return state.seeing(snapshot.with(snapshot.run().quiet(since)));
  }

  /** Writes down what this run must not forget, the first time that it is seen. */
  static Next remember(State state) {
    if (state.progress().startedAt().isEmpty()) {
      return Next.of(state);
    }
    List<Effect> effects = new ArrayList<>();
    Set<String> noting = new HashSet<>(state.noting());
    memorable(state)
        .forEach(
            (word, value) -> {
              Entry entry = Entry.remembered(state.now(), word, value);
              if (state.snapshot().run().recalled(word).isEmpty() && noting.add(word(entry))) {
                effects.add(new Effect.Append(entry));
              }
            });
    return new Next(state.noting(noting), effects);
  }

  private static Map<String, String> memorable(State state) {
    Map<String, String> seen = new LinkedHashMap<>();
    Snapshot snapshot = state.snapshot();
    Optional<Cluster> cluster = snapshot.freshCluster();
    cluster
        .map(each -> each.identity().namespaceUid())
        .filter(uid -> !uid.isEmpty())
        .ifPresent(uid -> seen.put(RunFacts.NAMESPACE_UID, uid));
    cluster.flatMap(Cluster::deployment).ifPresent(deployment -> remember(deployment, seen));
    snapshot.freshDatabase().ifPresent(database -> remember(snapshot, database, seen));
    return seen;
  }

  /** Zero replicas are no count to go back to: somebody had scaled down before the run began. */
  private static void remember(Deployment deployment, Map<String, String> seen) {
    seen.put(RunFacts.DEPLOYMENT_UID, deployment.uid());
    if (deployment.replicas() > 0) {
      seen.put(RunFacts.REPLICAS, Integer.toString(deployment.replicas()));
    }
    CoderVersion.ofImage(deployment.image())
        .ifPresent(version -> seen.put(RunFacts.SOURCE, version.toString()));
  }

  private static void remember(Snapshot snapshot, Database database, Map<String, String> seen) {
    if (!database.identity().systemIdentifier().isEmpty()) {
      seen.put(RunFacts.SYSTEM_IDENTIFIER, database.identity().systemIdentifier());
    }
    UpgradePath.schemaNow(snapshot)
        .ifPresent(number -> seen.put(RunFacts.SCHEMA, Long.toString(number)));
    if (MigrationState.of(snapshot).underWay()) {
      seen.put(RunFacts.MIGRATION_SEEN, snapshot.now().toString());
    }
  }

  /**
   * The step on the screen is over by itself once its act was done, or it only waits, and all that
   * it waits for is observed.
   */
  static Next conclude(State state) {
    Step step = state.step();
    if (!concludes(state, step)) {
      return Next.of(state);
    }
    Assessment assessment = Assessment.of(state, step);
    boolean hindered = step.action().isEmpty() && assessment.hindrance().isPresent();
    if (hindered || !assessment.observed()) {
      return Next.of(state);
    }
    return complete(state, step, assessment.evidence());
  }

  private static boolean concludes(State state, Step step) {
    StepStatus status = state.progress().status(step.id());
    boolean acted = status == StepStatus.ACTED || status == StepStatus.UNKNOWN;
    boolean waits =
        step.action().isEmpty() && step.questions().isEmpty() && step.choice().isEmpty();
    return state.pending().isEmpty()
        && state.dialog().isEmpty()
        && !state.progress().finished(step.id())
        && (acted || waits);
  }

  /** Writes down that a step is over, once. */
  static Next complete(State state, Step step, String evidence) {
    Entry entry = Entry.completed(state.now(), step.id(), evidence);
    Set<String> noting = new HashSet<>(state.noting());
    return noting.add(word(entry))
        ? Next.of(state.noting(noting), new Effect.Append(entry))
        : Next.of(state);
  }

  /** What an entry is about, so that it is not written twice while it is on its way. */
  static String word(Entry entry) {
    return entry.kind() + " " + entry.step() + " " + entry.value(Entry.WORD);
  }

  /** The sentence for a check that does not pass. */
  static String sentence(String question, Verdict verdict) {
    return switch (verdict.answer()) {
      case PASS -> question + ": " + verdict.evidence();
      case FAIL -> "not so: " + question + " (" + verdict.evidence() + ")";
      case UNKNOWN -> "cannot be known: " + question + " (" + verdict.evidence() + ")";
    };
  }
}
