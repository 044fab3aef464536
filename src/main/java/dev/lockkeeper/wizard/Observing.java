package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.analysis.LivenessProbe;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.diagnosis.Remembered;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodMemory;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What follows from seeing: facts that the run must remember, and steps that are over because what
 * they wait for is there.
 */
final class Observing {
  private Observing() {}

  /**
   * Since when coderd is silent in the database. A session that may be coderd's and is hidden from
   * us or was not read breaks the silence, and so does a time in which nobody looked.
   */
  static State listen(State state, Observed<Database> before) {
    Snapshot snapshot = state.snapshot();
    boolean looked =
        Duration.between(before.at(), snapshot.database().at()).compareTo(Snapshot.FRESH) <= 0;
    boolean quiet =
        snapshot
            .freshDatabase()
            .filter(database -> database.locking().unlisted().sessions() == 0)
            .map(database -> Sessions.of(snapshot, database))
            .filter(sessions -> silent(sessions))
            .isPresent();
    Optional<Instant> since =
        quiet
            ? snapshot.run().quietSince().filter(known -> looked).or(() -> Optional.of(state.now()))
            : Optional.empty();
    return state.seeing(snapshot.with(snapshot.run().quiet(since)));
  }

  private static boolean silent(Sessions sessions) {
    return sessions.coderd().isEmpty() && sessions.unclear().isEmpty() && sessions.hidden() == 0;
  }

  /** Writes down what this run must not forget, the first time that it is seen. */
  static Next remember(State state) {
    if (state.progress().startedAt().isEmpty()) {
      return Next.of(state);
    }
    List<Effect> effects = new ArrayList<>();
    Set<InFlightEntry> noting = new HashSet<>(state.noting());
    Map<String, String> keeping = memorable(state);
    keeping.keySet().removeAll(state.snapshot().run().remembered().keySet());
    keeping.putAll(newer(state.snapshot()));
    keeping.forEach(
        (word, value) -> {
          Entry entry = Entry.remembered(state.now(), word, value);
          if (noting.add(InFlightEntry.of(entry))) {
            effects.add(new Effect.Append(entry));
          }
        });
    return new Next(state.noting(noting), effects);
  }

  /** Of these the newest counts, and not the first. */
  private static Map<String, String> newer(Snapshot snapshot) {
    Map<String, String> seen = new LinkedHashMap<>();
    failed(snapshot).ifPresent(text -> seen.put(RunFacts.POD_FAILED, text));
    Set<String> known = snapshot.run().coderRoles();
    snapshot
        .freshDatabase()
        .map(database -> Sessions.roles(snapshot, database))
        .filter(roles -> !roles.equals(known))
        .ifPresent(roles -> seen.put(RunFacts.CODER_ROLES, String.join("\n", roles)));
    return seen;
  }

  /** How a pod failed last, where it is not what is kept; empty text where that is refuted. */
  private static Optional<String> failed(Snapshot snapshot) {
    Optional<PodMemory> kept = snapshot.run().podFailed();
    Optional<PodMemory> seen = Remembered.seen(snapshot);
    if (seen.isPresent()) {
      return seen.filter(now -> kept.filter(now::repeats).isEmpty()).map(PodMemory::text);
    }
    return kept.filter(before -> Remembered.refuted(before, snapshot)).map(before -> "");
  }

  private static Map<String, String> memorable(State state) {
    Map<String, String> seen = new LinkedHashMap<>();
    Snapshot snapshot = state.snapshot();
    Optional<Cluster> cluster = snapshot.freshCluster();
    cluster
        .map(each -> each.identity().namespaceUid())
        .filter(uid -> !uid.isEmpty())
        .ifPresent(uid -> seen.put(RunFacts.NAMESPACE_UID, uid));
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    deployment.ifPresent(each -> seen.put(RunFacts.DEPLOYMENT_UID, each.uid()));
    deployment.filter(each -> untouched(state)).ifPresent(each -> remember(each, seen));
    deployment
        .filter(each -> untouched(state))
        .flatMap(each -> source(state, each))
        .ifPresent(version -> seen.put(RunFacts.SOURCE, version.toString()));
    cluster
        .map(Cluster::scalers)
        .filter(Observed::isKnown)
        .flatMap(Observed::value)
        .ifPresent(scalers -> remember(snapshot.run(), scalers, seen));
    snapshot.freshDatabase().ifPresent(database -> remember(state, database, seen));
    seen.putAll(Aftermath.of(state.progress(), snapshot));
    return seen;
  }

  /** Whether no act of this run was asked for or passed over: what is seen is how it began. */
  private static boolean untouched(State state) {
    return state.pending().isEmpty()
        && state
            .runbook()
            .steps()
            .filter(step -> step.action().filter(Action::touches).isPresent())
            .allMatch(step -> state.progress().status(step.id()) == StepStatus.OPEN);
  }

  /** Of v1, which answers no such question, the image is all there is. */
  private static Optional<CoderVersion> source(State state, Deployment deployment) {
    return CoderV1Path.isV1(deployment)
        ? CoderVersion.ofImage(deployment.image())
        : UpgradePath.installed(state.snapshot(), state.knowledge());
  }

  /** Zero replicas are no count to go back to: somebody had scaled down before the run began. */
  private static void remember(Deployment deployment, Map<String, String> seen) {
    if (deployment.replicas() > 0) {
      seen.put(RunFacts.REPLICAS, Integer.toString(deployment.replicas()));
    }
    // An earlier run that changed it kept the original beside the Deployment.
    Optional.ofNullable(deployment.annotations().get(LivenessProbe.ANNOTATION))
        .or(deployment::livenessProbe)
        .ifPresent(probe -> seen.put(RunFacts.LIVENESS_PROBE, probe));
  }

  /**
   * Who pauses an autoscaler for the run owes it afterwards. What this run holds is owed already.
   */
  private static void remember(RunFacts run, List<Scaler> scalers, Map<String, String> seen) {
    List<Scaler> autoscalers =
        scalers.stream()
            .filter(Scaler::autoscaler)
            .filter(each -> each.acts() || each.object().filter(run::holds).isPresent())
            .toList();
    String word =
        run.recalled(RunFacts.SCALERS).isEmpty() ? RunFacts.SCALERS : RunFacts.SCALERS_PAUSED;
    String text =
        run.recalled(RunFacts.SCALERS)
            .map(before -> Scaler.missing(before, autoscalers))
            .orElse(Scaler.text(autoscalers));
    if (!text.isEmpty()) {
      seen.put(word, text);
    }
  }

  /** A number that is read after a migration was seen is not the one from before it. */
  private static void remember(State state, Database database, Map<String, String> seen) {
    Snapshot snapshot = state.snapshot();
    if (!database.identity().systemIdentifier().isEmpty()) {
      seen.put(RunFacts.SYSTEM_IDENTIFIER, database.identity().systemIdentifier());
    }
    if (untouched(state)) {
      database
          .load()
          .slots()
          .value()
          .ifPresent(
              slots ->
                  seen.put(RunFacts.CONNECTION_LIMIT, Integer.toString(slots.databaseLimit())));
    }
    if (untouched(state) && snapshot.run().recalled(RunFacts.MIGRATION_SEEN).isEmpty()) {
      UpgradePath.schemaNow(snapshot)
          .ifPresent(number -> seen.put(RunFacts.SCHEMA, Long.toString(number)));
    }
    if (MigrationState.of(snapshot).underWay() && locked(database)) {
      seen.put(RunFacts.MIGRATION_SEEN, snapshot.now().toString());
    }
  }

  /**
   * Every pod that starts takes the migration lock for a moment; only work locks the table, or, in
   * old releases, marks it dirty.
   */
  private static boolean locked(Database database) {
    return database.schema().state() == SchemaTable.State.LOCKED || database.schema().dirty();
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

  /**
   * Writes down that all is over: the steps, and what was owed; unless the journal says so already.
   * It could not be written before, or the program died between the last step and this.
   */
  static Next finish(State state) {
    return state.finished() && !state.progress().owes() && !state.progress().ended()
        ? write(
            state.opening(Optional.of(PanelId.RUN)),
            Entry.finished(state.now(), Walking.debts(state)))
        : Next.of(state);
  }

  private static boolean concludes(State state, Step step) {
    StepStatus status = state.progress().status(step.id());
    boolean acted = status == StepStatus.ACTED || status == StepStatus.UNKNOWN;
    // Where nothing may be changed, somebody else acts and we wait for what comes of it.
    boolean acts = step.action().isPresent() && !state.setting().policy().readOnly();
    boolean asks = step.questions().stream().anyMatch(state::asks);
    boolean waits = !acts && !asks && step.choice().isEmpty();
    return state.pending().isEmpty()
        && Assessment.begun(state, step).isEmpty()
        && state.dialog().isEmpty()
        && !state.progress().finished(step.id())
        && Walking.earlierAct(state, step).isEmpty()
        && (acted || waits);
  }

  /** Writes down that a step is over, once. What is seen back is repaid, whoever did it. */
  static Next complete(State state, Step step, String evidence) {
    Entry entry = Entry.completed(state.now(), step.id(), evidence);
    String repaid =
        step.after().stream()
            .flatMap(check -> check.repays().stream())
            .collect(Collectors.joining(" "));
    return write(state, repaid.isEmpty() ? entry : entry.repaying(repaid));
  }

  /** Writes an entry, unless one about the same is on its way. */
  static Next write(State state, Entry entry) {
    Set<InFlightEntry> noting = new HashSet<>(state.noting());
    return noting.add(InFlightEntry.of(entry))
        ? Next.of(state.noting(noting), new Effect.Append(entry))
        : Next.of(state);
  }

  /** The sentence for a check that does not pass. */
  static String sentence(String question, Verdict verdict) {
    return switch (verdict.answer()) {
      case PASS -> question + ": " + verdict.evidence();
      case FAIL -> "wanted: " + question + "; found: " + verdict.evidence();
      case UNKNOWN -> "wanted: " + question + "; not known: " + verdict.evidence();
    };
  }
}
