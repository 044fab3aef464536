package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.SchemaTable.State;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watch over a server that stops, freezes, comes back, and is busy migrating. */
class DatabaseSourceTest {
  private static final Pace QUICK =
      new Pace(
          Duration.ofMillis(50),
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          Duration.ofMillis(200));

  private final List<Observed<Database>> seen = new CopyOnWriteArrayList<>();
  private static StoppableServer server;
  private Scene scene;
  private DatabaseSource source;

  @BeforeAll
  static void startServer() throws Exception {
    server = StoppableServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void watch() throws Exception {
    scene = Scene.coder(server.access());
    source = new DatabaseSource(scene.address("coder"), QUICK);
    source.watch(seen::add);
    awaitKnown();
  }

  @AfterEach
  void stop() throws Exception {
    source.close();
    scene.close();
  }

  private Observed<Database> last() {
    return seen.get(seen.size() - 1);
  }

  private void awaitKnown() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !seen.isEmpty() && last().isKnown() && usageKnown(last()));
  }

  private static boolean usageKnown(Observed<Database> observed) {
    return observed.value().orElseThrow().usage().builds().isKnown();
  }

  private void awaitLost() {
    await().atMost(Duration.ofSeconds(5)).until(() -> !last().isKnown());
  }

  @Test
  void aStoppedServerIsLostAndFoundAgain() throws Exception {
    String before = last().value().orElseThrow().identity().startedAt();
    server.stop();
    awaitLost();
    assertThat(last().value()).as("the last value stays").isPresent();
    Instant at = last().at();
    await().until(() -> last().reason().contains("Nothing accepts connections"));
    assertThat(last().at()).as("and goes on ageing").isEqualTo(at);
    server.resume();
    awaitKnown();
    assertThat(last().value().orElseThrow().identity().startedAt()).isNotEqualTo(before);
    assertThat(seen).noneMatch(observed -> observed.reason().contains("c4nary"));
  }

  @Test
  void aFrozenBackendIsLostInThreeSecondsAndReplaced() throws Exception {
    int ours = ourPid();
    signal("-STOP", ours);
    Instant frozen = Instant.now();
    awaitLost();
    assertThat(Duration.between(frozen, Instant.now())).isLessThan(Duration.ofSeconds(4));
    awaitKnown();
    signal("-CONT", ours);
  }

  @Test
  void aTerminatedSessionIsReplaced() throws Exception {
    int ours = ourPid();
    Scene.ask(scene.session("postgres"), "SELECT pg_terminate_backend(" + ours + ")");
    awaitLost();
    awaitKnown();
    assertThat(ourPid()).isNotEqualTo(ours);
  }

  private int ourPid() throws Exception {
    String query = "SELECT pid FROM pg_stat_activity WHERE application_name = 'lockkeeper'";
    return Integer.parseInt(Scene.ask(scene.session("postgres"), query));
  }

  private static void signal(String name, int pid) throws Exception {
    assertThat(new ProcessBuilder("kill", name, String.valueOf(pid)).start().waitFor()).isZero();
  }

  @Test
  void nothingIsSeenAfterTheWatchIsClosed() throws Exception {
    source.close();
    int count = seen.size();
    String sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lockkeeper'";
    Connection admin = scene.session("postgres");
    await().until(() -> Scene.ask(admin, sessions).equals("0"));
    assertThat(seen.size()).isBetween(count, count + 1);
  }

  /** A hundred looks a second at who blocks whom, while migrators come and go before our eyes. */
  @Test
  void theMonitorNeverBlocksAndNeverIdlesInATransaction() throws Exception {
    scene.oldReplica();
    Connection migrating = scene.migrator();
    scene.later(migrating, "ALTER TABLE workspaces ADD COLUMN x int");
    scene.later(scene.session(), "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
    scene.later(scene.session(), "TRUNCATE schema_migrations");
    Connection admin = scene.session("postgres");
    int from = seen.size();
    Instant end = Instant.now().plusSeconds(2);
    // A slow machine takes longer for as many looks.
    while (Instant.now().isBefore(end) || seen.size() - from <= 5) {
      assertThat(Scene.ask(admin, OURS_AS_BLOCKER)).isEqualTo("0");
      assertThat(Scene.ask(admin, OURS_IDLE_IN_TRANSACTION)).isEqualTo("0");
      Thread.sleep(10);
    }
    List<Observed<Database>> during = seen.subList(from, seen.size());
    assertThat(during).hasSizeGreaterThan(5).allMatch(Observed::isKnown);
    assertThat(last().value().orElseThrow().schema().state()).isEqualTo(State.LOCKED);
    assertThat(last().value().orElseThrow().waits()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(last().value().orElseThrow().usage().builds())
        .as("read before, and not asked now")
        .matches(builds -> builds.value().isPresent() && !builds.isKnown());
  }

  @Test
  void aMigratorIsNotHeldUpByTheMonitor() throws Exception {
    Connection migrating = scene.session();
    for (int version = 363; version < 393; version++) {
      Scene.run(migrating, "BEGIN; SET LOCAL lock_timeout = '400ms'; TRUNCATE schema_migrations");
      Scene.run(migrating, "INSERT INTO schema_migrations VALUES (" + version + ", false); COMMIT");
      Thread.sleep(20);
    }
    await().until(() -> last().value().orElseThrow().schema().version().equals(Optional.of(392L)));
    assertThat(seen).allMatch(Observed::isKnown);
    assertThat(seen)
        .as("never takes a truncated table for an empty one")
        .noneMatch(observed -> observed.value().orElseThrow().schema().state() == State.EMPTY);
  }

  private static final String OURS_AS_BLOCKER =
      "SELECT count(*) FROM pg_stat_activity AS waiting, unnest(pg_blocking_pids(waiting.pid)) AS b"
          + " (pid) JOIN pg_stat_activity AS ours ON ours.pid = b.pid WHERE ours.application_name ="
          + " 'lockkeeper'";

  private static final String OURS_IDLE_IN_TRANSACTION =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lockkeeper' AND state LIKE"
          + " 'idle in transaction%' AND clock_timestamp() - state_change > interval '1 s'";
}
