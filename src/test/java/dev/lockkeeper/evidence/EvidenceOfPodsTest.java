package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resources;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Pods that do not run, and what only looks like it: told apart by what the API server says. */
@Execution(ExecutionMode.CONCURRENT)
class EvidenceOfPodsTest {
  private static final String POD = "coder-5d-b";
  private static final String IMAGE = "ghcr.io/coder/coder:v2.26.6";
  private static final String QUOTA = "exceeded quota: few, requested: pods=1, used: pods=1";
  private static final String RUNS =
      "{\"state\":{\"running\":{\"startedAt\":\"%s\"}},\"restartCount\":0}";
  private static final String ENDED =
      "{\"terminated\":{\"exitCode\":%d,\"reason\":\"%s\",\"finishedAt\":\"%s\"}}";

  @TempDir Path directory;
  private Look look;

  @BeforeEach
  void open() throws Exception {
    look = Look.open(directory);
    image(IMAGE);
    look.cluster.edit(
        Resources.REPLICASETS,
        "coder-5d",
        set -> ((ObjectNode) set.at("/spec/template/spec/containers/0")).put("image", IMAGE));
  }

  @AfterEach
  void close() throws Exception {
    look.close();
  }

  /** What fits the database is no cause of anything. */
  private void image(String image) {
    deployment(spec -> ((ObjectNode) spec.at("/template/spec/containers/1")).put("image", image));
  }

  /** A second pod, with this as the status of its coderd container. */
  private void pod(String container) {
    look.cluster.create(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"coder",
          "labels":{"app":"coder","tier":"server"},
          "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"coder-5d","uid":"x"}]},
         "spec":{"nodeName":"node-1","containers":[{"name":"coder","image":"ghcr.io/coder/coder:v2.26.6"},
           {"name":"sidecar","image":"proxy:1"}]}}
        """
            .formatted(POD));
    container(container);
  }

  /** The coderd container of the second pod is so from now on. */
  private void container(String text) {
    ObjectNode container = PracticeCluster.object(text);
    container.put("name", "coder").put("image", "i").put("imageID", "i").put("ready", false);
    status(
        status -> {
          status.put("phase", "Running").put("podIP", "127.0.0.88");
          status.putArray("containerStatuses").add(container);
        });
  }

  private void status(Consumer<ObjectNode> change) {
    look.cluster.status(Resources.PODS, POD, object -> change.accept(object.withObject("/status")));
  }

  private void deployment(Consumer<ObjectNode> change) {
    look.cluster.edit(
        Resources.DEPLOYMENTS, "coder", object -> change.accept(object.withObject("/spec")));
  }

  private void refused(String status) {
    look.cluster.status(
        Resources.DEPLOYMENTS,
        "coder",
        object ->
            object
                .withObject("/status")
                .putArray("conditions")
                .add(
                    PracticeCluster.object(
                        "{\"type\":\"ReplicaFailure\",\"status\":\"%s\",\"reason\":\"FailedCreate\",\"message\":\"%s\"}"
                            .formatted(status, QUOTA))));
  }

  private static String running(int seconds) {
    return RUNS.formatted(Instant.now().minusSeconds(seconds));
  }

  private static String waiting(String reason, String message) {
    return "{\"state\":{\"waiting\":{\"reason\":\"%s\",\"message\":\"%s\"}},\"restartCount\":0}"
        .formatted(reason, message);
  }

  private static String looping(int code, String reason, int secondsAgo, int restarts) {
    return "{\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}},\"lastState\":%s,\"restartCount\":%d}"
        .formatted(ENDED.formatted(code, reason, Instant.now().minusSeconds(secondsAgo)), restarts);
  }

  private void says(String... lines) {
    String uid =
        look.cluster
            .store
            .get(PracticeCluster.key(Resources.PODS, POD))
            .at("/metadata/uid")
            .asText();
    var log = look.cluster.logs.begin(uid, "coder");
    for (String line : lines) {
      log.add(line);
    }
  }

  private Finding found(Kind kind) {
    return look.found(kind);
  }

  private void absent(Kind... kinds) {
    look.until(
        seen ->
            Diagnosis.of(seen, look.knowledge).stream()
                .map(Finding::kind)
                .noneMatch(List.of(kinds)::contains));
    look.look();
    look.look();
    assertThat(look.findings()).extracting(Finding::kind).doesNotContain(kinds);
  }

  @Test
  @NearMiss(findings = Kind.PODS_NOT_MADE)
  void aRefusalThatIsOverIsToldFromOneThatHoldsByThePodThatIsThere() {
    refused("True");
    assertThat(found(Kind.PODS_NOT_MADE).headline()).contains("1 wanted pod", QUOTA);
    pod(running(5));
    absent(Kind.PODS_NOT_MADE);
  }

  /** A pod that has ended for good is listed for hours, and stands for none that is wanted. */
  @Test
  @NearMiss(findings = Kind.PODS_NOT_MADE)
  void anEvictedPodIsNoneOfThoseThatAreWanted() {
    refused("True");
    pod(running(5));
    absent(Kind.PODS_NOT_MADE);
    status(status -> status.put("phase", "Failed").put("reason", "Evicted"));
    found(Kind.PODS_NOT_MADE);
  }

  @Test
  @NearMiss(findings = Kind.PODS_NOT_MADE)
  void aConditionThatSaysFalseIsNoRefusal() {
    refused("False");
    absent(Kind.PODS_NOT_MADE);
    refused("True");
    found(Kind.PODS_NOT_MADE);
  }

  @Test
  @NearMiss(findings = Kind.PODS_NOT_MADE)
  void whereNoPodIsWantedNoneIsMissing() {
    refused("True");
    found(Kind.PODS_NOT_MADE);
    look.cluster.edit(
        Resources.REPLICASETS, "coder-5d", object -> object.withObject("/spec").put("replicas", 1));
    absent(Kind.PODS_NOT_MADE);
  }

  private void scheduled(String status) {
    status(
        each ->
            each.put("phase", "Pending")
                .putArray("conditions")
                .add(
                    PracticeCluster.object(
                        "{\"type\":\"PodScheduled\",\"status\":\"%s\",\"reason\":\"Unschedulable\",\"message\":\"0/3 nodes are available: 3 Insufficient cpu.\"}"
                            .formatted(status))));
  }

  private void pending() {
    look.cluster.create(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"coder",
          "labels":{"app":"coder","tier":"server"},
          "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"coder-5d","uid":"x"}]},
         "spec":{"containers":[{"name":"coder","image":"ghcr.io/coder/coder:v2.26.6"}]}}
        """
            .formatted(POD));
  }

  @Test
  @NearMiss(findings = Kind.POD_NOT_SCHEDULED)
  void aPodThatNoNodeTakesIsToldFromOneThatIsOnANodeByNow() {
    pending();
    scheduled("False");
    assertThat(found(Kind.POD_NOT_SCHEDULED).headline()).contains("3 Insufficient cpu");
    look.cluster.edit(
        Resources.PODS, POD, object -> object.withObject("/spec").put("nodeName", "node-1"));
    absent(Kind.POD_NOT_SCHEDULED);
  }

  @Test
  @NearMiss(findings = Kind.POD_NOT_SCHEDULED)
  void aPodThatNobodyHasLookedAtYetIsNotRefused() throws Exception {
    pending();
    Thread.sleep(6000);
    absent(Kind.POD_NOT_SCHEDULED);
    scheduled("False");
    found(Kind.POD_NOT_SCHEDULED);
  }

  @Test
  @NearMiss(findings = Kind.POD_NOT_CONFIGURED)
  void aContainerThatIsBeingMadeIsToldFromOneThatCannotBe() {
    pod(waiting("ContainerCreating", ""));
    absent(Kind.POD_NOT_CONFIGURED);
    container(waiting("CreateContainerConfigError", "secret not found: coder-db-url"));
    assertThat(found(Kind.POD_NOT_CONFIGURED).headline()).contains("secret not found");
  }

  @Test
  @NearMiss(findings = Kind.POD_NOT_CONFIGURED)
  void aPodThatGoesNeedsNoSecret() {
    pod(waiting("CreateContainerConfigError", "secret not found"));
    found(Kind.POD_NOT_CONFIGURED);
    look.cluster.store.delete(PracticeCluster.key(Resources.PODS, POD), Deletion.ordinary());
    absent(Kind.POD_NOT_CONFIGURED);
  }

  @Test
  @NearMiss(findings = Kind.IMAGE_PULL_FAILS)
  void anImageThatComesIsToldFromOneThatDoesNot() {
    pod(waiting("ContainerCreating", ""));
    look.cluster.event("pulling", "Pod", POD, "Pulling image ghcr.io/coder/coder:v2.26.6");
    absent(Kind.IMAGE_PULL_FAILS);
    container(waiting("ErrImagePull", "manifest unknown"));
    assertThat(found(Kind.IMAGE_PULL_FAILS).certainty().word()).isEqualTo("proven");
  }

  @Test
  @NearMiss(findings = Kind.IMAGE_PULL_FAILS)
  void aFailureToPullThatWasOvercomeIsOver() {
    pod(waiting("ImagePullBackOff", "back-off"));
    found(Kind.IMAGE_PULL_FAILS);
    container(running(2));
    look.cluster.event("old", "Pod", POD, "Failed to pull image: timeout");
    absent(Kind.IMAGE_PULL_FAILS);
  }

  @Test
  @NearMiss(findings = Kind.IMAGE_PULL_FAILS)
  void theImageOfAnotherDeploymentIsNotOurs() {
    pod(waiting("ErrImagePull", "manifest unknown"));
    found(Kind.IMAGE_PULL_FAILS);
    look.cluster.edit(
        Resources.PODS, POD, object -> object.withObject("/metadata/labels").put("tier", "other"));
    absent(Kind.IMAGE_PULL_FAILS);
  }

  @Test
  @NearMiss(findings = Kind.POD_CRASHES)
  void wordsThatNoRuleKnowsAreToldFromThoseThatOneKnows() {
    pod(looping(1, "Error", 5, 4));
    says("error: connect to postgres: unable to connect after 3 tries; last error: refused");
    found(Kind.DATABASE_OUT_OF_REACH);
    absent(Kind.POD_CRASHES);
    says("panic: assignment to entry in nil map");
    Finding crash = found(Kind.POD_CRASHES);
    assertThat(crash.headline()).contains("exit code 1", "nil map");
    assertThat(crash.evidence().toString()).contains("IDLE at 362");
  }

  @Test
  @NearMiss(findings = Kind.POD_CRASHES)
  void aReadyPodThatEndedOnceIsNoCrashLoop() {
    pod(looping(1, "Error", 5, 4));
    says("panic: again");
    found(Kind.POD_CRASHES);
    container(running(2));
    status(
        status ->
            status
                .putArray("conditions")
                .add(PracticeCluster.object("{\"type\":\"Ready\",\"status\":\"True\"}")));
    absent(Kind.POD_CRASHES, Kind.POD_DOES_NOT_RUN);
  }

  @Test
  @NearMiss(findings = Kind.POD_CRASHES)
  void aCrashLoopThatIsOverIsToldFromOneThatGoesOnByHowLongItRuns() {
    pod(ranOn(900));
    absent(Kind.POD_CRASHES);
    container(ranOn(100));
    found(Kind.POD_CRASHES);
  }

  /** It ended four times, and has run for so long since. */
  private static String ranOn(int seconds) {
    Instant started = Instant.now().minusSeconds(seconds);
    return "{\"state\":{\"running\":{\"startedAt\":\"%s\"}},\"lastState\":%s,\"restartCount\":4}"
        .formatted(started, ENDED.formatted(1, "Error", started.minusSeconds(5)));
  }

  @Test
  @NearMiss(findings = Kind.POD_DOES_NOT_RUN)
  void aPodThatMigratesIsToldFromOneThatDoesNothingByItsSession() throws Exception {
    pod(running(200));
    assertThat(found(Kind.POD_DOES_NOT_RUN).headline()).contains("runs, not Ready for 3m");
    Connection migrator = look.coderd("127.0.0.88");
    Scene.run(migrator, "BEGIN; SELECT pg_advisory_xact_lock(1037453835920848937)");
    look.database.later(migrator, "SELECT pg_sleep(20)");
    found(Kind.MIGRATION_WORKS);
    absent(Kind.POD_DOES_NOT_RUN);
  }

  @Test
  @NearMiss(findings = Kind.POD_DOES_NOT_RUN)
  void aPodThatHasJustStartedIsToldFromOneThatShouldBeReadyByNow() {
    pod(running(5));
    absent(Kind.POD_DOES_NOT_RUN);
    container(running(200));
    found(Kind.POD_DOES_NOT_RUN);
  }

  @Test
  @NearMiss(findings = Kind.POD_DOES_NOT_RUN)
  void aPodThatIsNotWantedNeedNotRun() {
    pod(running(200));
    found(Kind.POD_DOES_NOT_RUN);
    deployment(spec -> spec.put("replicas", 1));
    absent(Kind.POD_DOES_NOT_RUN);
  }

  @Test
  @NearMiss(findings = Kind.ROLLOUT_PAUSED)
  void aPausedRolloutIsToldFromOneThatGoesOn() {
    pod(running(5));
    absent(Kind.ROLLOUT_PAUSED);
    deployment(
        spec -> {
          spec.put("paused", true);
          ((ObjectNode) spec.at("/template/spec/containers/1"))
              .put("image", "ghcr.io/coder/coder:v2.29.3");
        });
    assertThat(found(Kind.ROLLOUT_PAUSED).headline())
        .contains("a pod that starts now has the image ghcr.io/coder/coder:v2.26.6");
    deployment(spec -> spec.put("paused", false));
    absent(Kind.ROLLOUT_PAUSED);
  }

  @Test
  @NearMiss(findings = Kind.POD_EVICTED)
  void aPodThatFailedByItselfIsToldFromOneThatWasEvicted() {
    pod(running(5));
    status(status -> status.put("phase", "Failed"));
    absent(Kind.POD_EVICTED);
    status(status -> status.put("reason", "Evicted").put("message", "low on resource: memory"));
    assertThat(found(Kind.POD_EVICTED).headline()).contains("Evicted: low on resource: memory");
  }

  @Test
  @NearMiss(findings = Kind.OUT_OF_MEMORY)
  void aKillByASignalIsToldFromOneForMemoryByItsReason() {
    pod(looping(137, "Error", 5, 2));
    absent(Kind.OUT_OF_MEMORY);
    container(looping(137, "OOMKilled", 5, 2));
    found(Kind.OUT_OF_MEMORY);
  }

  @Test
  @NearMiss(findings = Kind.OUT_OF_MEMORY)
  void aKillForMemoryOfHoursAgoIsNotOfNow() {
    pod(looping(137, "OOMKilled", 4000, 2));
    absent(Kind.OUT_OF_MEMORY);
    container(looping(137, "OOMKilled", 40, 2));
    found(Kind.OUT_OF_MEMORY);
  }

  @Test
  @NearMiss(findings = Kind.OUT_OF_MEMORY)
  void theMemoryOfAnotherContainerIsNotCoderds() {
    Function<String, ObjectNode> killed =
        name ->
            PracticeCluster.object(looping(137, "OOMKilled", 5, 2))
                .put("name", name)
                .put("image", "i")
                .put("imageID", "i")
                .put("ready", false);
    pod(running(5));
    status(status -> status.withArray("/containerStatuses").add(killed.apply("sidecar")));
    absent(Kind.OUT_OF_MEMORY);
    status(status -> status.putArray("containerStatuses").add(killed.apply("coder")));
    found(Kind.OUT_OF_MEMORY);
  }

  private static final String AWAY =
      "error: connect to postgres: unable to connect after 3 tries; last error: refused";

  @Test
  @NearMiss(findings = Kind.DATABASE_OUT_OF_REACH)
  void aPodThatGotOverItsTroubleHasIts() {
    pod(running(5));
    says(AWAY);
    found(Kind.DATABASE_OUT_OF_REACH);
    says(AWAY, "==> Logs will stream in below (press ctrl+c to gracefully exit):");
    absent(Kind.DATABASE_OUT_OF_REACH);
  }

  @Test
  @NearMiss(findings = Kind.DATABASE_OUT_OF_REACH)
  void aPodThatHasASessionReachesItsDatabase() throws Exception {
    pod(running(5));
    says(AWAY);
    found(Kind.DATABASE_OUT_OF_REACH);
    look.coderd("127.0.0.88");
    absent(Kind.DATABASE_OUT_OF_REACH);
  }

  @Test
  @NearMiss(findings = Kind.DATABASE_OUT_OF_REACH)
  void aReadyPodOnceLoggedTroubleAndHasNone() {
    pod(running(5));
    says(AWAY);
    found(Kind.DATABASE_OUT_OF_REACH);
    status(
        status ->
            status
                .putArray("conditions")
                .add(PracticeCluster.object("{\"type\":\"Ready\",\"status\":\"True\"}")));
    absent(Kind.DATABASE_OUT_OF_REACH);
  }
}
