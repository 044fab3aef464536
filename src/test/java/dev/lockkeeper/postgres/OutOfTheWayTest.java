package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.practice.server.PostgresServer;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watching beside tables of a size at which counting takes a while. */
class OutOfTheWayTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int LOOKS = 40;
  private static final Pace QUICK =
      new Pace(
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofMillis(200));
  private static final String LARGE =
      """
      ALTER TABLE api_keys SET UNLOGGED;
      INSERT INTO api_keys
        SELECT i, now() - i * interval '1 second' FROM generate_series(1000, 2500000) AS i;
      ANALYZE api_keys
      """;

  @TempDir private static Path directory;
  private static PostgresServer server;
  private static Scene scene;

  @BeforeAll
  static void start() throws Exception {
    Path cache = Files.createDirectories(Path.of("target", "practice-cache").toAbsolutePath());
    Path world = Files.createDirectory(directory.resolve("world"));
    server = PostgresServer.start(world, cache, progress -> {});
    try (Connection superuser = server.superuser("postgres")) {
      Scene.run(superuser, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'boss'");
    }
    scene = Scene.empty(new TestServer(server.port(), "boss", "boss"));
    // It is closed: a session that rests counts what it read for ten seconds more.
    try (Connection setUp = scene.session()) {
      Scene.run(setUp, Scene.tables());
      Scene.run(setUp, LARGE);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    scene.close();
    server.close();
  }

  @Test
  void aTableThatTakesLongToCountIsEstimated() throws Exception {
    List<Observed<Database>> seen = new CopyOnWriteArrayList<>();
    try (DatabaseSource source = new DatabaseSource(scene.address("coder"), QUICK)) {
      source.watch(seen::add);
      Database.ApiKeys keys =
          await()
              .atMost(LIMIT)
              .until(
                  () -> last(seen).flatMap(each -> each.coder().apiKeys().value()),
                  Optional::isPresent)
              .orElseThrow();
      assertThat(keys.estimated()).isTrue();
      assertThat(keys.total()).isBetween(2_000_000L, 3_000_000L);
      assertThat(keys.expired()).isBetween(keys.total() / 2, keys.total());
    }
  }

  @Test
  void nothingIsReadThroughWhileSomebodyMigrates() throws Exception {
    List<Observed<Database>> seen = new CopyOnWriteArrayList<>();
    try (Connection migrator = scene.migrator();
        DatabaseSource source = new DatabaseSource(scene.address("coder"), QUICK)) {
      String before = settled();
      source.watch(seen::add);
      await().atMost(LIMIT).until(() -> seen.size() > LOOKS);
      assertThat(scans()).isEqualTo(before);
      assertThat(last(seen).orElseThrow().usage().builds().reason()).contains("migrates");
      Scene.run(migrator, "ROLLBACK");
      await()
          .atMost(LIMIT)
          .until(() -> last(seen).filter(each -> each.usage().builds().isKnown()).isPresent());
      await().atMost(LIMIT).until(() -> !scans().equals(before));
    }
  }

  @Test
  void aMigratorThatComesInTheMiddleHardlyWaits() throws Exception {
    List<Observed<Database>> seen = new CopyOnWriteArrayList<>();
    Duration longest = Duration.ZERO;
    try (Connection migrator = scene.session();
        DatabaseSource source = new DatabaseSource(scene.address("coder"), QUICK)) {
      source.watch(seen::add);
      await().atMost(LIMIT).until(() -> last(seen).isPresent());
      for (int i = 0; i < LOOKS; i++) {
        Instant start = Instant.now();
        Scene.run(migrator, "BEGIN; SET LOCAL lock_timeout = '1s'; LOCK TABLE api_keys; ROLLBACK");
        Duration waited = Duration.between(start, Instant.now());
        longest = waited.compareTo(longest) > 0 ? waited : longest;
      }
    }
    System.out.printf(
        "longest wait of a migrator, with 2.5 million keys: %d ms%n", longest.toMillis());
  }

  private static Optional<Database> last(List<Observed<Database>> seen) {
    return seen.isEmpty() ? Optional.empty() : seen.get(seen.size() - 1).value();
  }

  /** What was read before is counted when its session has ended or said so. */
  private static String settled() throws Exception {
    await().atMost(LIMIT).until(() -> watchers().equals("0"));
    String last = "";
    String now = scans();
    while (!now.equals(last)) {
      last = now;
      TimeUnit.MILLISECONDS.sleep(1500);
      now = scans();
    }
    return now;
  }

  private static String watchers() throws Exception {
    try (Connection other = scene.session("boss")) {
      return Scene.ask(
          other, "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'lockkeeper%'");
    }
  }

  /** How often each table of Coder's was read through or looked up. */
  private static String scans() throws Exception {
    try (Connection other = scene.session("boss")) {
      return Scene.ask(
          other,
          "SELECT string_agg(concat_ws(' ', relname, seq_scan, idx_scan), ', ' ORDER BY relname)"
              + " FROM pg_stat_user_tables WHERE relname IN ('users', 'workspace_agents',"
              + " 'provisioner_jobs', 'api_keys')");
    }
  }
}
