package dev.lockkeeper.practice.coderd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.practice.cluster.Container;
import dev.lockkeeper.practice.cluster.ContainerRuntime.Spec;
import dev.lockkeeper.practice.server.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoderdTest {
  private static final String OLD = "ghcr.io/coder/coder:v2.26.6";
  private static final String NEW = "ghcr.io/coder/coder:v2.29.3";
  private static final String LOCK_HOLDERS =
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 241551044"
          + " AND objid = 1626191913 AND objsubid = 1 AND granted";
  private static final String WAITING_MIGRATORS =
      "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (" + LOCK_HOLDERS + ")";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger NUMBER = new AtomicInteger(1);

  @TempDir static Path world;
  private static PostgresServer server;
  private static DatabaseAddress filled;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private DatabaseAddress database;
  private CoderdRuntime runtime;

  @BeforeAll
  static void fill() throws Exception {
    Path cache = Path.of("target", "practice-cache").toAbsolutePath();
    server = PostgresServer.start(world, cache, CoderDatabase.filled(), line -> {});
    filled = CoderDatabase.open(server);
    CoderDatabase.begin(server, filled, 362, line -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void copy() throws SQLException {
    String name = "coder" + NUMBER.incrementAndGet();
    try (Connection superuser = server.superuser("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE coder OWNER coder");
    }
    database = new DatabaseAddress(filled.host(), filled.port(), name, "coder", filled.password());
    runtime = runtime(50, Optional.empty());
  }

  @AfterEach
  void end() {
    runtime.close();
  }

  @Test
  void theDatabaseIsLikeThatOfACompany() throws SQLException {
    assertThat(number("SELECT count(*) FROM api_keys")).isEqualTo(120_000);
    assertThat(number("SELECT count(*) FROM api_keys WHERE expires_at < now() - interval '7 days'"))
        .isEqualTo(30_000);
    assertThat(number("SELECT count(*) FROM workspace_builds")).isEqualTo(30_000);
    assertThat(number("SELECT count(*) FROM provisioner_jobs WHERE job_status = 'running'"))
        .isEqualTo(3);
    assertThat(number("SELECT count(*) FROM users WHERE last_seen_at > now() - interval '1 hour'"))
        .isBetween(1, 20);
    assertThat(number("SELECT version FROM schema_migrations")).isEqualTo(362);
    assertThat(number("SELECT reltuples FROM pg_class WHERE relname = 'api_keys'"))
        .isEqualTo(120_000);
  }

  @Test
  void aReplicaAnswersAndHasSessionsFromItsOwnAddress() throws Exception {
    Container coderd = start("coder-a", "127.9.1.1", OLD);

    await().atMost(PATIENCE).until(() -> healthy("127.9.1.1"));
    assertThat(get("127.9.1.1", "/api/v2/buildinfo")).contains("\"version\":\"v2.26.6+");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        number(
                            "SELECT count(*) FROM pg_stat_activity WHERE client_addr = '127.9.1.1'"
                                + " AND application_name = '' AND usename = 'coder'"))
                    .isEqualTo(7));
    String row =
        "SELECT count(*) FROM replicas WHERE hostname = 'coder-a' AND version LIKE 'v2.26.6+%'";
    assertThat(number(row + " AND stopped_at IS NULL")).isEqualTo(1);

    coderd.terminate();

    await().atMost(PATIENCE).until(() -> coderd.exitCode().isPresent());
    assertThat(coderd.exitCode()).hasValue(0);
    assertThat(number(row + " AND stopped_at IS NOT NULL")).isEqualTo(1);
    await().atMost(PATIENCE).until(() -> number(sessionsOf("127.9.1.1")) == 0);
    assertThatThrownBy(() -> get("127.9.1.1", "/healthz")).isInstanceOf(IOException.class);
  }

  @Test
  void aMigrationHoldsItsLockAndTheVersionTableUntilItCommits() throws Exception {
    runtime = runtime(10, Optional.empty());
    Container coderd = start("coder-b", "127.9.1.2", NEW);

    await().atMost(PATIENCE).until(() -> versionTableIsLocked());
    assertThat(number(LOCK_HOLDERS)).isPositive();
    assertThatThrownBy(() -> get("127.9.1.2", "/healthz")).isInstanceOf(HttpTimeoutException.class);
    coderd.terminate();
    assertThat(log)
        .filteredOn(line -> !line.isEmpty())
        .containsExactly(
            "Started HTTP listener at http://0.0.0.0:8080",
            "View the Web UI: https://coder.example.com");

    await().atMost(PATIENCE).until(() -> coderd.exitCode().isPresent());
    assertThat(number("SELECT version FROM schema_migrations WHERE NOT dirty")).isEqualTo(401);
    assertThat(number("SELECT count(*) FROM api_keys WHERE scopes IS NULL")).isZero();
    assertThat(number("SELECT count(*) FROM api_keys")).isEqualTo(90_000);
  }

  @Test
  void everyBundledMigrationRuns() throws Exception {
    start("coder-c", "127.9.1.3", "ghcr.io/coder/coder:v2.30.0");

    await()
        .atMost(PATIENCE)
        .until(
            () -> log.contains("==> Logs will stream in below (press ctrl+c to gracefully exit):"));
    assertThat(number("SELECT version FROM schema_migrations WHERE NOT dirty")).isEqualTo(412);
    await().atMost(PATIENCE).until(() -> healthy("127.9.1.3"));
  }

  @Test
  void anOpenTransactionOfAnOldReplicaBlocksTheMigration() throws Exception {
    runtime =
        runtime(
            100,
            Optional.of(
                new Hold(1, "UPDATE api_keys SET last_used = now() WHERE id = 'k000000001'")));
    Container old = start("coder-old", "127.9.1.4", OLD);
    await()
        .atMost(PATIENCE)
        .until(() -> number(sessionsOf("127.9.1.4") + " AND state = 'idle in transaction'") == 1);

    Container fresh = start("coder-new", "127.9.1.5", NEW);

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                number(
                        "SELECT count(*) FROM pg_stat_activity migrator JOIN pg_stat_activity"
                            + " holder ON holder.pid = ANY (pg_blocking_pids(migrator.pid)) WHERE"
                            + " migrator.client_addr = '127.9.1.5' AND holder.client_addr ="
                            + " '127.9.1.4' AND holder.state = 'idle in transaction'")
                    == 1);
    old.kill();
    await().atMost(PATIENCE).until(() -> healthy("127.9.1.5"));
    assertThat(fresh.exitCode()).isEmpty();
  }

  @Test
  void aKilledMigratorLeavesItsBackendWithItsLocks() throws Exception {
    runtime = runtime(1, Optional.empty());
    try (Connection reader = session()) {
      reader.setAutoCommit(false);
      readsAllButTheVersion(reader);
      Container coderd = start("coder-d", "127.9.1.6", NEW);
      await().atMost(PATIENCE).until(() -> number(WAITING_MIGRATORS) == 1);
      int migrator = number(LOCK_HOLDERS);

      coderd.kill();

      assertThat(coderd.exitCode()).hasValue(137);
      assertThat(number(LOCK_HOLDERS)).isEqualTo(migrator);
      assertThat(versionTableIsLocked()).isTrue();
    }
    // Only when it has something to tell does the server notice that nobody listens.
    await().atMost(PATIENCE).until(() -> !versionTableIsLocked());
    assertThat(number("SELECT version FROM schema_migrations")).isEqualTo(362);
  }

  /** As long as somebody reads them a migrator gets no further. */
  private static void readsAllButTheVersion(Connection reader) throws SQLException {
    try (Statement statement = reader.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables"
                    + " WHERE schemaname = 'public' AND tablename <> 'schema_migrations'")) {
      tables.next();
      String all = tables.getString(1);
      statement.execute("LOCK TABLE " + all + " IN ACCESS SHARE MODE");
    }
  }

  @Test
  void aContainerThatEndedBeforeItServedCanBeStartedAgainAtOnce() throws Exception {
    Container first = start("coder-h", "127.9.1.10", NEW);
    await().atMost(PATIENCE).until(() -> versionTableIsLocked());
    // As a liveness probe does: it is heard when the migration is over.
    first.terminate();
    await().atMost(PATIENCE).until(() -> first.exitCode().isPresent());

    Container second = start("coder-h", "127.9.1.10", NEW);

    await().atMost(PATIENCE).until(() -> healthy("127.9.1.10"));
    assertThat(second.exitCode()).isEmpty();
  }

  @Test
  void anImageOlderThanTheSchemaGivesUp() throws Exception {
    execute("UPDATE schema_migrations SET version = 401");

    Container coderd = start("coder-e", "127.9.1.7", OLD);

    await().atMost(PATIENCE).until(() -> coderd.exitCode().isPresent());
    assertThat(coderd.exitCode()).hasValue(1);
    assertThat(log)
        .contains(
            "error: connect to postgres: connect to postgres: migrate up: up: no migration found"
                + " for version 401: read down for version 401 .: file does not exist");
  }

  @Test
  void aTerminatedMigratorRollsEverythingBackAndSaysSo() throws Exception {
    runtime = runtime(1, Optional.empty());
    Container coderd = start("coder-f", "127.9.1.8", NEW);
    await().atMost(PATIENCE).until(() -> versionTableIsLocked());

    execute("SELECT pg_terminate_backend(" + number(LOCK_HOLDERS) + ")");

    await().atMost(PATIENCE).until(() -> coderd.exitCode().isPresent());
    assertThat(coderd.exitCode()).hasValue(1);
    assertThat(String.join("\n", log))
        .contains("terminating connection due to administrator command")
        .doesNotContain(filled.password());
    assertThat(number("SELECT version FROM schema_migrations WHERE NOT dirty")).isEqualTo(362);
  }

  @Test
  void aFrozenMigratorKeepsItsTransactionAndSaysNothing() throws Exception {
    runtime = runtime(20, Optional.empty());
    Container coderd = start("coder-i", "127.9.1.11", NEW);
    await().atMost(PATIENCE).until(() -> versionTableIsLocked());

    runtime.freeze("127.9.1.11");

    await()
        .atMost(PATIENCE)
        .until(() -> number(sessionsOf("127.9.1.11") + " AND state = 'idle in transaction'") == 1);
    Thread.sleep(500);
    assertThat(number(LOCK_HOLDERS)).isPositive();
    assertThat(coderd.exitCode()).isEmpty();
    coderd.kill();
    await().atMost(PATIENCE).until(() -> number(LOCK_HOLDERS) == 0);
  }

  @Test
  void aContainerThatRunsOutOfMemoryIsKilledAndSaysSo() throws Exception {
    Container coderd = start("coder-j", "127.9.1.12", OLD);

    runtime.runOutOfMemory("127.9.1.12");

    assertThat(coderd.exitCode()).hasValue(137);
    assertThat(coderd.outOfMemory()).isTrue();
  }

  @Test
  void theDatabaseOfACoderV1IsRefusedUntouched() throws Exception {
    execute("CREATE TABLE migration_cursor (id integer)");

    Container coderd = start("coder-k", "127.9.1.13", NEW);

    await().atMost(PATIENCE).until(() -> coderd.exitCode().isPresent());
    assertThat(coderd.exitCode()).hasValue(1);
    assertThat(log)
        .contains(
            "error: connect to postgres: connect to postgres: migrate up: migrate setup: currently"
                + " connected to a Coder v1 database, aborting database setup");
    assertThat(number("SELECT version FROM schema_migrations")).isEqualTo(362);
  }

  @Test
  void anUnknownImageCannotBePulled() {
    assertThat(runtime.pull("ghcr.io/coder/coder:v9.9.9"))
        .hasValueSatisfying(why -> assertThat(why).endsWith("coder:v9.9.9: not found"));
    assertThat(runtime.pull(NEW)).isEmpty();
  }

  private static CoderdRuntime runtime(double pace, Optional<Hold> hold) {
    CoderdRuntime runtime = new CoderdRuntime(Releases.bundled(), pace, hold);
    runtime.begin();
    runtime.settle();
    return runtime;
  }

  private Container start(String pod, String address, String image) {
    Map<String, String> environment =
        Map.of(
            "CODER_PG_CONNECTION_URL",
            database.url(),
            "CODER_ACCESS_URL",
            "https://coder.example.com");
    return runtime.start(new Spec(pod, address, image, environment), log::add);
  }

  private static String sessionsOf(String address) {
    return "SELECT count(*) FROM pg_stat_activity WHERE client_addr = '" + address + "'";
  }

  private static String get(String address, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":8080" + path))
            .timeout(Duration.ofSeconds(1))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static boolean healthy(String address) throws InterruptedException {
    try {
      return get(address, "/healthz").equals("OK");
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean versionTableIsLocked() throws SQLException {
    try (Connection connection = session();
        Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '100ms'");
      statement.execute("SELECT version FROM schema_migrations");
      return false;
    } catch (SQLException locked) {
      assertThat(locked.getSQLState()).isEqualTo("55P03");
      return true;
    }
  }

  private int number(String query) throws SQLException {
    try (Connection connection = session();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = session();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection session() throws SQLException {
    return server.superuser(database.database());
  }
}
