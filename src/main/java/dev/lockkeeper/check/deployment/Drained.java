package dev.lockkeeper.check.deployment;

import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.Sessions;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.database.HiddenSessions;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Only the chosen number of pods is left, and nothing of the stopped ones holds on to the database
 * (C8, C9).
 */
public record Drained() implements Check {
  private static final Duration QUIET = Duration.ofSeconds(10);

  @Override
  public String word() {
    return "drained";
  }

  @Override
  public String question() {
    return "the stopped pods and their sessions are gone";
  }

  @Override
  public List<String> needs() {
    return new ScaledAsChosen().needs();
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Database> database = snapshot.freshDatabase();
    Optional<Integer> chosen = ScaledAsChosen.chosen(snapshot);
    if (cluster.isEmpty() || database.isEmpty() || chosen.isEmpty()) {
      return Verdict.unknown("pods or sessions cannot be read");
    }
    Sessions sessions = Sessions.of(snapshot, database.get());
    int pods = (int) cluster.get().pods().stream().filter(Drained::mayHoldOn).count();
    if (pods > chosen.get()) {
      return Verdict.fail(
          "%s of %d left (Terminating ones count)"
              .formatted(Durations.count(pods, "pod"), chosen.get()));
    }
    if (!sessions.elsewhere().isEmpty()) {
      return elsewhere(snapshot, sessions);
    }
    Optional<String> unseen =
        HiddenSessions.sessions(database.get()).or(() -> sessions.doubt(snapshot));
    if (unseen.isPresent()) {
      return Verdict.unknown(unseen.get());
    }
    return chosen.get() == 0 ? quiet(snapshot, sessions) : Verdict.pass(kept(sessions));
  }

  /** Behind a pooler the sessions of the pod that is kept are at no pod's address, either. */
  private static Verdict elsewhere(Snapshot snapshot, Sessions sessions) {
    List<Backend> all = sessions.elsewhere();
    String first = Candidates.name(all.get(0), snapshot);
    return all.stream().allMatch(each -> Candidates.relayed(each, snapshot))
        ? Verdict.unknown(
            "%s at no pod's address, such as %s: whose they are is not known"
                .formatted(Durations.count(all.size(), "session"), first))
        : Verdict.fail(
            "%s of Coder's role without a pod, such as %s"
                .formatted(Durations.count(all.size(), "session"), first));
  }

  /** An evicted pod stays in the list for hours, without any process. */
  private static boolean mayHoldOn(Pod pod) {
    return !pod.phase().equals("Failed") && !pod.phase().equals("Succeeded");
  }

  private static Verdict quiet(Snapshot snapshot, Sessions sessions) {
    if (!sessions.coderd().isEmpty()) {
      return Verdict.fail(Durations.count(sessions.coderd().size(), "coderd session") + " left");
    }
    Duration quiet =
        snapshot
            .run()
            .quietSince()
            .map(since -> Duration.between(since, snapshot.now()))
            .orElse(Duration.ZERO);
    return Verdict.of(
        quiet.compareTo(QUIET) >= 0,
        "0 pods · 0 coderd sessions · no reconnect for %s".formatted(Durations.of(quiet)));
  }

  private static String kept(Sessions sessions) {
    return "1 pod keeps " + Durations.count(sessions.coderd().size(), "session");
  }
}
