package dev.lockkeeper.practice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.trust.Untrusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that are copied from one that was filled once. */
class TemplateTest {
  @TempDir Path folder;
  private final AtomicInteger filled = new AtomicInteger();
  private final Content content =
      new Content(List.of("a table with one row"), (server, progress) -> fill(server));
  private Path cache;

  @BeforeEach
  void shareTheProgramsAlone() throws IOException {
    cache = Files.createDirectory(folder.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
    Path programs = Path.of("target", "practice-cache").toAbsolutePath();
    Path home = Binaries.under(programs).home();
    Files.createSymbolicLink(cache.resolve(home.getFileName()), home);
  }

  private void fill(PostgresServer server) throws SQLException {
    filled.incrementAndGet();
    run(server, "CREATE TABLE content AS SELECT now() AS made");
  }

  private PostgresServer start(String world) throws Exception {
    return PostgresServer.start(
        Files.createDirectory(folder.resolve(world)), cache, content, line -> {});
  }

  @Test
  void itIsMadeOnceAndEachCopyIsAClusterOfItsOwn() throws Exception {
    try (PostgresServer one = start("one");
        PostgresServer other = start("other")) {
      assertThat(filled).hasValue(1);
      assertThat(ask(one, "SELECT made FROM content"))
          .isEqualTo(ask(other, "SELECT made FROM content"));
      assertThat(identifier(one)).isNotEqualTo(identifier(other));
      run(one, "DROP TABLE content");
      assertThat(ask(other, "SELECT count(*) FROM content")).isEqualTo("1");
    }
    assertThat(Files.readString(folder.resolve("one").resolve("postgres.log")))
        .doesNotContain("WARNING", "FATAL", "PANIC", "redo starts");
  }

  /** The number is in each file of the log; a server that finds another there does not start. */
  @Test
  void aCopyIsDurableLikeAnyOther() throws Exception {
    Path world = Files.createDirectory(folder.resolve("world"));
    Path kept = folder.resolve("kept");
    Path cut = world.resolve("postgres").resolve("data");
    String identifier;
    try (PostgresServer server = PostgresServer.start(world, cache, content, line -> {})) {
      identifier = identifier(server);
      run(server, "CREATE TABLE more AS SELECT generate_series(1, 1000) AS n");
      copy(cut, kept);
    }
    Files.deleteIfExists(kept.resolve("postmaster.pid"));
    DataDirectory data =
        new DataDirectory(
            kept,
            new Commands(Binaries.under(cache), ServerUser.find(), world.resolve("postgres.log")));
    data.commands()
        .run(
            data.commands().words("postgres", "--single", "-D", kept.toString(), "postgres"),
            "SELECT 'rows ' || count(*) FROM more\n"
                + "SELECT 'is ' || system_identifier FROM pg_control_system()\n");
    assertThat(Files.readString(world.resolve("postgres.log")))
        .contains("redo starts", "\"rows 1000\"", "\"is " + identifier + "\"");
  }

  @Test
  void whoMakesOneAtTheSameTimeDisturbsNobody() throws Exception {
    List<CompletableFuture<String>> starts = new ArrayList<>();
    for (String world : List.of("one", "two", "three")) {
      starts.add(
          CompletableFuture.supplyAsync(
              () -> {
                try (PostgresServer server = start(world)) {
                  return identifier(server);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    Set<String> identifiers = new HashSet<>();
    for (CompletableFuture<String> each : starts) {
      identifiers.add(each.join());
    }
    assertThat(identifiers).hasSize(3);
    try (Stream<Path> all = Files.list(cache)) {
      assertThat(all.map(each -> each.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("postgres-"))
          .singleElement()
          .asString()
          .startsWith("database-postgres-");
    }
  }

  @Test
  void oneThatIsNotWholeIsMadeAnew() throws Exception {
    start("first").close();
    Path template = template();
    Files.writeString(template.resolve("data").resolve("global").resolve("1262"), "torn");
    try (PostgresServer server = start("second")) {
      assertThat(ask(server, "SELECT count(*) FROM content")).isEqualTo("1");
    }
    Files.delete(template.resolve("files"));
    start("third").close();
    assertThat(filled).hasValue(3);
    start("fourth").close();
    assertThat(filled).hasValue(3);
  }

  @Test
  void thatOfAnotherWeekIsRemovedWhenOneIsMade() throws Exception {
    Path old = Files.createDirectories(cache.resolve("database-postgres-6fbec422-0-w2000"));
    start("world").close();
    assertThat(old).doesNotExist();
  }

  /** Whoever can write to it chooses what is in the database, and what its server runs. */
  @Test
  void oneThatOthersMayEnterIsRefused() throws Exception {
    start("first").close();
    for (Path each : List.of(folder, cache)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(template(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> start("second"))
        .isInstanceOf(Untrusted.class)
        .hasMessageContaining(template().toString());
  }

  @Test
  void itHoldsNoPassword() throws Exception {
    String first;
    try (PostgresServer one = start("one")) {
      first = ask(one, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'");
    }
    try (PostgresServer other = start("other")) {
      assertThat(ask(other, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'"))
          .startsWith("SCRAM-SHA-256$")
          .isNotEqualTo(first);
    }
    assertThat(template().resolve("password")).doesNotExist();
    assertThat(Files.readString(template().resolve("data").resolve("pg_hba.conf")))
        .doesNotContain("trust");
  }

  private Path template() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.filter(each -> each.getFileName().toString().startsWith("database-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(
            each, to.resolve(from.relativize(each).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static String identifier(PostgresServer server) throws SQLException {
    return ask(server, "SELECT system_identifier FROM pg_control_system()");
  }

  private static void run(PostgresServer server, String sql) throws SQLException {
    try (Connection session = server.superuser("postgres");
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(PostgresServer server, String sql) throws SQLException {
    try (Connection session = server.superuser("postgres");
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
