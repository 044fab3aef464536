package dev.lockkeeper.evidence;

import static dev.lockkeeper.diagnosis.Finding.Kind.ORPHAN_BACKEND;
import static dev.lockkeeper.diagnosis.Finding.Kind.OTHER_SESSION_BLOCKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndOrphans;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.diagnosis.Advice;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.Sighting;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whether the client of a session has ended: what proves it, and what only looks like it. */
@Execution(ExecutionMode.CONCURRENT)
class LifeAndDeathTest {
  private static final String POD = "coder-5d-b";
  private static final String ADDRESS = "127.0.0.21";
  private static final String NOWHERE = "127.0.0.99";

  @TempDir Path directory;
  private Look look;
  private Pods pods;

  @BeforeEach
  void open() throws Exception {
    look = Look.as(directory, "monitor");
    pods = new Pods(look.cluster);
    pods.forget("coder-5d-a");
  }

  @AfterEach
  void close() throws Exception {
    look.close();
  }

  /** A migrator in its transaction, which waits for its client. */
  private Connection migrator(String address) throws Exception {
    Connection migrator = look.coderd(address);
    Scene.run(migrator, "BEGIN; SELECT pg_advisory_xact_lock(1037453835920848937)");
    Scene.run(migrator, "TRUNCATE schema_migrations");
    return migrator;
  }

  /** Looks until its pod was reported to run well after it was seen there. */
  private void watch(Connection session) throws Exception {
    int pid = Scene.pid(session);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> host(look.now(), pid).filter(Sighting.Host::confirmed).isPresent());
  }

  private static Optional<Sighting.Host> host(Snapshot seen, int pid) {
    return seen.freshDatabase()
        .flatMap(database -> database.backend(pid))
        .flatMap(seen.sightings()::of)
        .flatMap(Sighting::host);
  }

  private static List<Pod> pods(Snapshot seen) {
    return seen.freshCluster().map(Cluster::pods).orElse(List.of());
  }

  private Optional<Plan> plan() {
    return look.proposal(new EndOrphans()).plan();
  }

  private Optional<Finding> orphan(Snapshot seen) {
    return Diagnosis.of(seen, look.knowledge).stream()
        .filter(each -> each.kind() == ORPHAN_BACKEND)
        .findFirst();
  }

  private void assertProven() {
    Finding found = look.found(ORPHAN_BACKEND);
    assertThat(found.certainty()).isEqualTo(Certainty.PROVEN);
    assertThat(found.advice()).isInstanceOf(Advice.Act.class);
    assertThat(plan().orElseThrow().phrase()).doesNotContain("doubt");
  }

  private void assertLikely(String alike) {
    look.found(ORPHAN_BACKEND);
    assertLikely(look.look(), alike);
  }

  /** What one knows who looks for the first time. */
  private Snapshot newcomer() {
    Snapshot seen = look.look();
    return Snapshot.empty(seen.now(), seen.run())
        .withCluster(seen.cluster())
        .withDatabase(seen.database());
  }

  private void assertLikely(Snapshot seen, String alike) {
    Finding found = orphan(seen).orElseThrow();
    assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
    assertThat(found.advice()).isInstanceOf(Advice.FindOut.class);
    assertThat(found.alike()).anyMatch(each -> each.contains(alike));
    Plan plan = new EndOrphans().propose(seen, look.knowledge).plan().orElseThrow();
    assertThat(plan.phrase()).endsWith("-in-doubt");
    assertThat(plan.effects()).anyMatch(line -> line.contains(alike));
  }

  private void assertSilent() {
    assertSilent(look.look());
  }

  private void assertSilent(Snapshot seen) {
    assertThat(orphan(seen)).isEmpty();
    assertThat(new EndOrphans().propose(seen, look.knowledge).plan()).isEmpty();
  }

  /** Its client sends another statement after the container's end: somebody else is its client. */
  @Test
  @NearMiss(findings = ORPHAN_BACKEND, acts = "end-orphans")
  void whoSpeaksAfterTheContainersEndLives() throws Exception {
    pods.run(POD, ADDRESS, "node-1");
    Connection migrator = migrator(ADDRESS);
    watch(migrator);
    assertSilent();
    pods.end(POD);
    assertProven();

    Scene.run(migrator, "SELECT 1");
    assertSilent();
  }

  /** The same pod at the same address, and a session of the container that came after the end. */
  @Test
  @NearMiss(findings = ORPHAN_BACKEND, acts = "end-orphans")
  void aSessionOfTheNextContainerLives() throws Exception {
    pods.run(POD, ADDRESS, "node-1");
    Connection first = migrator(ADDRESS);
    watch(first);
    pods.end(POD);
    assertProven();
    first.close();

    pods.startAgain(POD);
    look.until(seen -> pods(seen).stream().anyMatch(pod -> pod.startedAt().isPresent()));
    migrator(ADDRESS);
    assertSilent();
  }

  /** The pod's object is gone, which says nothing; its node's kubelet would have killed it. */
  @Test
  @NearMiss(findings = ORPHAN_BACKEND, acts = "end-orphans")
  void aPodThatWasForgottenProvesNothing() throws Exception {
    pods.run(POD, ADDRESS, "node-2");
    Connection migrator = migrator(ADDRESS);
    watch(migrator);
    pods.forget(POD);
    look.until(seen -> seen.freshCluster().isPresent() && pods(seen).isEmpty());
    assertSilent();
    migrator.close();

    pods.run("coder-5d-c", "127.0.0.22", "node-1");
    watch(migrator("127.0.0.22"));
    pods.forget("coder-5d-c");
    assertLikely("a process that lives on");
  }

  /** Its pod was deleted by force on a lost node, and another pod has the address now. */
  @Test
  @NearMiss(findings = ORPHAN_BACKEND, acts = "end-orphans")
  void whoInheritsAnAddressIsNotTheClient() throws Exception {
    pods.run(POD, ADDRESS, "node-2");
    Connection migrator = migrator(ADDRESS);
    watch(migrator);
    pods.forget(POD);
    pods.run("coder-5d-c", ADDRESS, "node-1");
    Snapshot seen =
        look.until(each -> pods(each).stream().anyMatch(pod -> pod.name().equals("coder-5d-c")));
    assertThat(Candidates.who(backend(seen, migrator), seen)).doesNotContain("coder-5d-c");
    assertSilent();

    // The pod that has it now is not taken for one that is gone.
    migrator.close();
    Connection own = migrator(ADDRESS);
    Snapshot later = look.until(each -> holds(each, own));
    assertThat(Candidates.who(backend(later, own), later)).startsWith("coder-5d-c");
    pods.end("coder-5d-c");
    look.found(ORPHAN_BACKEND);
  }

  /** Who looks for the first time finds a session that is older than the pod at its address. */
  @Test
  @NearMiss(findings = ORPHAN_BACKEND, acts = "end-orphans")
  void aSessionThatIsOlderThanThePodAtItsAddressIsAnothers() throws Exception {
    Connection migrator = migrator(ADDRESS);
    Connection young = look.coderd(NOWHERE);
    Scene.ask(young, "SELECT pg_sleep(18)");
    pods.run(POD, ADDRESS, "node-1");
    look.until(seen -> !pods(seen).isEmpty());
    assertLikely(newcomer(), "another container, pod or process");

    migrator.close();
    Connection own = migrator(ADDRESS);
    look.until(seen -> holds(seen, own));
    assertSilent(newcomer());
  }

  private static boolean holds(Snapshot seen, Connection session) {
    return seen.freshDatabase()
        .flatMap(Database::migrator)
        .filter(pid -> pid == pid(session))
        .isPresent();
  }

  private static Backend backend(Snapshot seen, Connection session) {
    return seen.freshDatabase().orElseThrow().backend(pid(session)).orElseThrow();
  }

  /** The last report of a pod that is deleted may be the first of its end. */
  @Test
  void theLastReportOfADeletedPodCounts() throws Exception {
    pods.run(POD, ADDRESS, "node-1");
    watch(migrator(ADDRESS));
    pods.end(POD);
    pods.forget(POD);
    assertProven();
  }

  /** A pod that runs and has no session of its own is behind a relay; one that has is not. */
  @Test
  @NearMiss(findings = ORPHAN_BACKEND, acts = "end-orphans")
  void aRunningPodWithoutASessionIsProbablyTheClient() throws Exception {
    pods.run(POD, ADDRESS, "node-1");
    migrator(NOWHERE);
    stopped("coder-5d-x");
    assertSilent(newcomer());

    look.coderd(ADDRESS);
    assertLikely(newcomer(), "relay");
  }

  /**
   * No pod is there, and somebody migrates by hand: who has seen the statements change knows it.
   */
  @Test
  @NearMiss(findings = ORPHAN_BACKEND, acts = "end-orphans")
  void whoseStatementsChangeLives() throws Exception {
    Connection migrator = migrator(NOWHERE);
    stopped("coder-5d-x");
    look.look();
    Scene.run(migrator, "CREATE TABLE by_hand (id int)");
    assertSilent();
    assertLikely(newcomer(), "relay");
  }

  /** A client of another role is no orphan of coderd's, whatever its name and address. */
  @Test
  @NearMiss(findings = ORPHAN_BACKEND)
  void anotherRolesClientIsNoOrphan() throws Exception {
    pods.run(POD, ADDRESS, "node-1");
    Connection migrator = migrator(ADDRESS);
    Scene.run(look.coderd(ADDRESS), "GRANT SELECT ON api_keys TO watcher");
    Connection report = look.database.session("watcher", NOWHERE, "");
    Scene.run(report, "BEGIN; SELECT count(*) FROM api_keys");
    Connection old = look.coderd(NOWHERE);
    Scene.run(old, "BEGIN; SELECT count(*) FROM users");
    stopped("coder-5d-x");
    look.database.later(
        migrator, "ALTER TABLE api_keys ADD COLUMN x int; ALTER TABLE users ADD COLUMN x int");
    Finding other = look.found(OTHER_SESSION_BLOCKS);
    assertThat(other.advice()).isInstanceOf(Advice.FindOut.class);
    assertThat(other.advice().text()).contains("Ask its owner");
    assertThat(orphan(newcomer())).isEmpty();

    report.close();
    look.until(seen -> behind(seen, old));
    assertThat(orphan(newcomer()).orElseThrow().headline())
        .contains("its client has most likely ended");
  }

  private static boolean behind(Snapshot seen, Connection blocker) {
    return seen.freshDatabase().orElseThrow().waits().stream()
        .anyMatch(wait -> wait.blockers().contains(pid(blocker)));
  }

  private static int pid(Connection session) {
    try {
      return Scene.pid(session);
    } catch (SQLException gone) {
      throw new AssertionError(gone);
    }
  }

  /** Long enough after the sessions of the scene began the kubelet stops a pod that is gone. */
  private void stopped(String pod) throws Exception {
    Thread.sleep(1100);
    pods.killing(pod);
    look.until(seen -> seen.freshCluster().filter(all -> !all.events().isEmpty()).isPresent());
  }

  /** What is at the address besides coderd's container may be the client. */
  @Test
  void aSidecarLeavesADoubt() throws Exception {
    pods.runWithSidecar(POD, ADDRESS, "node-1");
    watch(migrator(ADDRESS));
    pods.end(POD);
    assertLikely("another container");
  }

  @Test
  void anAddressThatTwoPodsHadLeavesADoubt() throws Exception {
    pods.run(POD, ADDRESS, "node-1");
    watch(migrator(ADDRESS));
    pods.run("coder-5d-c", ADDRESS, "node-1");
    look.until(seen -> pods(seen).size() == 2);
    pods.end(POD);
    assertLikely("another container, pod or process");
  }

  @Test
  void aNodeThatIsNotReadyLeavesADoubt() throws Exception {
    pods.run(POD, ADDRESS, "node-2");
    watch(migrator(ADDRESS));
    pods.end(POD);
    assertLikely("its node is not Ready");
  }
}
