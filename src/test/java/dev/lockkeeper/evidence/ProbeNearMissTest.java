package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.deployment.ProbeMayBeEdited;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What looks like a probe that kills, and when neither a probe is edited nor anything scaled. */
@Execution(ExecutionMode.CONCURRENT)
class ProbeNearMissTest {
  private static final String KILLED = "Container coder failed liveness probe, will be restarted";
  private static final String PROBE = "{\"httpGet\":{\"path\":\"/healthz\",\"port\":\"http\"}}";
  private static final String MIGRATES = "BEGIN; SELECT pg_advisory_xact_lock(1037453835920848937)";

  @TempDir Path directory;

  @Test
  @NearMiss(findings = Kind.PROBE_KILLS_MIGRATOR)
  void aContainerThatWasStoppedWasNotKilledByItsProbe() throws Exception {
    try (Look look = Look.open(directory)) {
      endedBySignal(look, "Error");
      killing(look, "stopped", "Stopping container coder");
      assertThat(look.finding(Kind.PROBE_KILLS_MIGRATOR)).isEmpty();

      killing(look, "probe", KILLED);
      assertThat(look.found(Kind.PROBE_KILLS_MIGRATOR).certainty()).isEqualTo(Certainty.PROVEN);
    }
  }

  @Test
  @NearMiss(findings = Kind.PROBE_KILLS_MIGRATOR)
  void theProbeOfAnotherContainerOfThePodIsNotCoders() throws Exception {
    try (Look look = Look.open(directory)) {
      endedBySignal(look, "Error");
      killing(look, "sidecar", KILLED.replace("coder", "sidecar"));
      assertThat(look.finding(Kind.PROBE_KILLS_MIGRATOR)).isEmpty();

      killing(look, "coder", KILLED);
      assertThat(look.found(Kind.PROBE_KILLS_MIGRATOR).certainty()).isEqualTo(Certainty.PROVEN);
    }
  }

  @Test
  @NearMiss(findings = Kind.PROBE_KILLS_MIGRATOR)
  void whatRanOutOfMemoryWasNotKilledByTheProbeThatFailsAsWell() throws Exception {
    try (Look look = Look.open(directory)) {
      endedBySignal(look, "OOMKilled");
      killing(look, "probe", KILLED);
      assertThat(look.finding(Kind.PROBE_KILLS_MIGRATOR)).isEmpty();

      endedBySignal(look, "Error");
      assertThat(look.found(Kind.PROBE_KILLS_MIGRATOR).certainty()).isEqualTo(Certainty.PROVEN);
    }
  }

  /** A failed probe is less than a kill: it takes several, and a signal has many senders. */
  @Test
  @NearMiss(findings = Kind.PROBE_KILLS_MIGRATOR)
  void aProbeThatFailedBesideASignalProvesNothing() throws Exception {
    try (Look look = Look.open(directory)) {
      endedBySignal(look, "Error");
      event(look, "failed", "Unhealthy", "Readiness probe failed: timeout");
      assertThat(look.finding(Kind.PROBE_KILLS_MIGRATOR)).isEmpty();

      event(look, "liveness", "Unhealthy", "Liveness probe failed: timeout");
      assertThat(look.found(Kind.PROBE_KILLS_MIGRATOR).certainty()).isEqualTo(Certainty.LIKELY);
    }
  }

  /** A coderd that served and fell silent is killed in the same words. */
  @Test
  @NearMiss(findings = Kind.PROBE_KILLS_MIGRATOR)
  void whatHasNothingToMigrateWasNotKilledWhileItMigrated() throws Exception {
    try (Look look = Look.open(directory)) {
      endedBySignal(look, "Error");
      killing(look, "probe", KILLED);
      image(look, "v2.26.6");
      look.until(seen -> imageOf(seen).endsWith("v2.26.6"));
      assertThat(look.finding(Kind.PROBE_KILLS_MIGRATOR)).isEmpty();

      image(look, "v2.29.3");
      assertThat(look.found(Kind.PROBE_KILLS_MIGRATOR).certainty()).isEqualTo(Certainty.PROVEN);
    }
  }

  /** Until it has been answered once, no other probe is asked. */
  @Test
  @NearMiss(findings = Kind.PROBE_KILLS_MIGRATOR)
  void aStartupProbeThatWaitsAnHourHoldsTheLivenessProbeOff() throws Exception {
    try (Look look = Look.open(directory)) {
      running(look, "");
      migrates(look);
      startup(look, 360);
      assertThat(look.finding(Kind.PROBE_KILLS_MIGRATOR)).isEmpty();

      startup(look, 30);
      assertThat(look.found(Kind.PROBE_KILLS_MIGRATOR).headline()).contains("The startup probe");
    }
  }

  @Test
  @NearMiss(
      findings = Kind.PROBE_KILLS_MIGRATOR,
      acts = {"soften-liveness-probe", "remove-liveness-probe"})
  void aProbeThatLeavesAMigrationItsTimeIsNoDanger() throws Exception {
    try (Look look = Look.open(directory)) {
      running(look, "");
      migrates(look);
      patience(look, 360);
      assertThat(look.finding(Kind.PROBE_KILLS_MIGRATOR)).isEmpty();

      patience(look, 3);
      assertThat(look.found(Kind.PROBE_KILLS_MIGRATOR).certainty()).isEqualTo(Certainty.LIKELY);
    }
    try (Look look = Look.open(directory)) {
      patience(look, 360);
      assertThat(offered(look, "coder-upgrade", "4.1w")).isFalse();

      patience(look, 3);
      assertThat(offered(look, "coder-upgrade", "4.1w")).isTrue();
    }
  }

  @Test
  @NearMiss(acts = {"soften-liveness-probe", "remove-liveness-probe", "scale-down"})
  void whileAPodMigratesNothingIsEditedAndNothingScaledDown() throws Exception {
    try (Look look = Look.open(directory)) {
      look.run(run -> run.choosing("scale-to", "zero"));
      Connection migrator = migrates(look);
      assertThat(offered(look, "coder-upgrade", "4.1w")).isFalse();
      assertThat(offered(look, "coder-upgrade", "3.2")).isFalse();
      assertThat(offered(look, "coder-probes", "4.1")).isFalse();

      // The same pod with another of coderd's locks, as every coderd that serves has some.
      Scene.run(migrator, "ROLLBACK; BEGIN; SELECT pg_advisory_xact_lock(4)");
      assertThat(offered(look, "coder-upgrade", "4.1w")).isTrue();
      assertThat(offered(look, "coder-upgrade", "3.2")).isTrue();
      assertThat(offered(look, "coder-probes", "4.1")).isTrue();
    }
  }

  @Test
  @NearMiss(acts = {"soften-liveness-probe", "scale-down"})
  void aMigratorThatHasNoPodIsAMigratorAllTheSame() throws Exception {
    try (Look look = Look.open(directory)) {
      look.run(run -> run.choosing("scale-to", "zero"));
      Connection byHand = look.database.session("coder", "127.0.0.88", "psql");
      Scene.run(byHand, MIGRATES);
      assertThat(offered(look, "coder-upgrade", "4.1w")).isFalse();
      assertThat(offered(look, "coder-upgrade", "3.2")).isFalse();

      Scene.run(byHand, "ROLLBACK");
      assertThat(offered(look, "coder-upgrade", "4.1w")).isTrue();
      assertThat(offered(look, "coder-upgrade", "3.2")).isTrue();
    }
  }

  /** Whoever holds the table as a migration does may be one that takes no known lock. */
  @Test
  @NearMiss(acts = "scale-down")
  void whoTruncatesTheVersionsMigratesAndWhoReadsThemDoesNot() throws Exception {
    try (Look look = Look.open(directory)) {
      look.run(run -> run.choosing("scale-to", "zero"));
      Connection unknown = look.coderd("127.0.0.1");
      Scene.run(unknown, "BEGIN; TRUNCATE schema_migrations");
      assertThat(offered(look, "coder-upgrade", "3.2")).isFalse();

      Scene.run(unknown, "ROLLBACK; BEGIN; SELECT * FROM schema_migrations");
      assertThat(offered(look, "coder-upgrade", "3.2")).isTrue();
    }
  }

  @Test
  @NearMiss(acts = "remove-liveness-probe")
  void aDeploymentWithoutAProbeHasNoneToTakeOut() throws Exception {
    try (Look look = Look.open(directory)) {
      Consumer<ObjectNode> without = container -> container.remove("livenessProbe");
      coder(look, without);
      look.until(seen -> probe(seen).isEmpty());
      assertThat(offered(look, "coder-probes", "4.1")).isFalse();

      coder(look, container -> container.set("livenessProbe", PracticeCluster.object(PROBE)));
      look.until(seen -> probe(seen).isPresent());
      assertThat(offered(look, "coder-probes", "4.1")).isTrue();
    }
  }

  @Test
  @NearMiss(acts = "restore-liveness-probe")
  void aProbeThatIsAsItWasIsNotPutBack() throws Exception {
    try (Look look = Look.open(directory)) {
      patience(look, 360);
      look.run(run -> run.remembering(RunFacts.LIVENESS_PROBE, probe(look.now()).orElseThrow()));
      assertThat(proposed(look)).isFalse();

      patience(look, 3);
      assertThat(proposed(look)).isTrue();
    }
  }

  @Test
  @NearMiss(acts = "restore-liveness-probe")
  void aProbeThatNobodyRemembersIsNotPutBack() throws Exception {
    try (Look look = Look.open(directory)) {
      patience(look, 360);
      assertThat(proposed(look)).isFalse();

      look.run(run -> run.remembering(RunFacts.LIVENESS_PROBE, PROBE));
      assertThat(proposed(look)).isTrue();
    }
  }

  @Test
  @NearMiss(acts = "restore-liveness-probe")
  void theProbeIsNotPutBackUnderAPodThatMigrates() throws Exception {
    try (Look look = Look.open(directory)) {
      patience(look, 360);
      look.run(run -> run.remembering(RunFacts.LIVENESS_PROBE, PROBE));
      Connection migrator = migrates(look);
      Check edited = new ProbeMayBeEdited();
      assertThat(edited.evaluate(look.look(), look.knowledge).passed()).isFalse();

      Scene.run(migrator, "ROLLBACK");
      assertThat(edited.evaluate(look.look(), look.knowledge).passed()).isTrue();
      assertThat(proposed(look)).isTrue();
    }
  }

  private static boolean proposed(Look look) {
    Step step = RunbookFile.bundled("coder-upgrade").step("6.1w").orElseThrow();
    return look.proposal(step.action().orElseThrow()).plan().isPresent();
  }

  private static Optional<String> probe(Snapshot seen) {
    return seen.freshCluster().flatMap(Cluster::deployment).flatMap(Deployment::livenessProbe);
  }

  private static boolean offered(Look look, String runbook, String id) {
    return look.offered(runbook, id).isPresent();
  }

  private static Connection migrates(Look look) throws Exception {
    Connection migrator = look.coderd("127.0.0.1");
    Scene.run(migrator, MIGRATES);
    return migrator;
  }

  private static void patience(Look look, int failures) {
    coder(
        look,
        container ->
            ((ObjectNode) container.get("livenessProbe")).put("failureThreshold", failures));
    look.until(seen -> probe(seen).filter(probe -> probe.contains(":" + failures)).isPresent());
  }

  private static void startup(Look look, int failures) {
    String probe = "{\"httpGet\":{\"port\":\"http\"},\"failureThreshold\":" + failures + "}";
    coder(look, container -> container.set("startupProbe", PracticeCluster.object(probe)));
    look.until(
        seen ->
            seen.freshCluster()
                .flatMap(Cluster::deployment)
                .flatMap(it -> it.container().startupProbe())
                .filter(json -> json.contains(":" + failures))
                .isPresent());
  }

  private static void image(Look look, String tag) {
    look.cluster.edit(
        Resources.PODS,
        "coder-5d-a",
        pod ->
            ((ObjectNode) pod.at("/spec/containers/0")).put("image", "ghcr.io/coder/coder:" + tag));
  }

  private static String imageOf(Snapshot seen) {
    return seen.freshCluster().stream()
        .flatMap(cluster -> cluster.pods().stream())
        .map(Pod::image)
        .collect(Collectors.joining());
  }

  private static void coder(Look look, Consumer<ObjectNode> change) {
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        deployment ->
            change.accept((ObjectNode) deployment.at("/spec/template/spec/containers/1")));
  }

  /** Its container runs again, and ended by SIGKILL half a minute ago for this reason. */
  private static void endedBySignal(Look look, String reason) {
    image(look, "v2.29.3");
    running(look, reason);
    look.until(
        seen ->
            seen.freshCluster().stream()
                .flatMap(cluster -> cluster.pods().stream())
                .flatMap(pod -> pod.last().stream())
                .anyMatch(last -> last.reason().equals(reason)));
  }

  private static void running(Look look, String lastReason) {
    Instant ended = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(30);
    look.cluster.status(
        Resources.PODS,
        "coder-5d-a",
        pod -> {
          ((ObjectNode) pod.at("/status/conditions/0")).put("status", "False");
          ObjectNode container = (ObjectNode) pod.at("/status/containerStatuses/0");
          container.put("ready", false);
          ((ObjectNode) container.at("/state/running")).put("startedAt", ended.toString());
          if (lastReason.isEmpty()) {
            container.remove("lastState");
          } else {
            ((ObjectNode) container.at("/lastState/terminated"))
                .put("reason", lastReason)
                .put("finishedAt", ended.toString());
          }
        });
  }

  private static void killing(Look look, String name, String message) {
    event(look, name, "Killing", message);
  }

  private static void event(Look look, String name, String reason, String message) {
    String at = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(40).toString();
    look.cluster.create(
        """
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"%s","namespace":"coder"},"type":"Normal",
         "reason":"%s","message":"%s","count":1,"lastTimestamp":"%s",
         "involvedObject":{"kind":"Pod","name":"coder-5d-a","namespace":"coder"}}
        """
            .formatted(name, reason, message, at));
    look.until(
        seen ->
            seen.freshCluster().stream()
                .flatMap(cluster -> cluster.events().stream())
                .anyMatch(event -> event.message().equals(message)));
  }
}
