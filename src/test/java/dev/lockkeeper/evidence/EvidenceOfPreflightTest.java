package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.Verdict.Answer;
import dev.lockkeeper.check.database.NoBackupRuns;
import dev.lockkeeper.check.database.NobodyInTheWay;
import dev.lockkeeper.check.migration.SchemaIsClean;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.RunFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked before an upgrade passes only where it was seen, on a real server. */
class EvidenceOfPreflightTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;
  private Look look;

  @BeforeEach
  void open() throws Exception {
    look = Look.open(directory);
    aim(look);
  }

  private static void aim(Look at) {
    at.run(facts -> facts.remembering(RunFacts.TARGET, "v2.29.3"));
  }

  @AfterEach
  void close() throws Exception {
    look.close();
  }

  @Test
  void aTableOfAnotherSchemaIsInNobodysWay() throws Exception {
    Connection other = look.database.session("coder", "127.0.0.77", "billing");
    Scene.run(other, "CREATE SCHEMA billing; CREATE TABLE billing.api_keys (id int)");
    Scene.run(other, "BEGIN; LOCK TABLE billing.api_keys");
    becomes(new NobodyInTheWay(), Answer.PASS);
    Scene.run(other, "ROLLBACK; BEGIN; LOCK TABLE api_keys IN ACCESS SHARE MODE");
    assertThat(becomes(new NobodyInTheWay(), Answer.FAIL).evidence()).contains("api_keys");
  }

  @Test
  void aPreparedTransactionOnATableIsInTheWay() throws Exception {
    Connection other = look.database.session("coder", "127.0.0.77", "reports");
    Scene.run(other, "CREATE TABLE reports (id int)");
    Scene.run(other, "BEGIN; INSERT INTO reports VALUES (1); PREPARE TRANSACTION 'aside'");
    becomes(new NobodyInTheWay(), Answer.PASS);
    Scene.run(other, "BEGIN; LOCK TABLE api_keys IN SHARE MODE; PREPARE TRANSACTION 'guilty'");
    assertThat(becomes(new NobodyInTheWay(), Answer.FAIL).evidence())
        .contains("guilty")
        .doesNotContain("aside");
    Scene.run(other, "ROLLBACK PREPARED 'guilty'");
    Scene.run(other, "ROLLBACK PREPARED 'aside'");
  }

  @Test
  void aReportThatRunsIsInTheWayAndAQuickQueryIsNot() throws Exception {
    Connection report = look.database.session("coder", "127.0.0.77", "report");
    look.database.later(report, "SELECT pg_sleep(60) FROM api_keys LIMIT 1");
    look.look();
    assertThat(verdict(new NobodyInTheWay()).answer())
        .as("it may be over soon")
        .isEqualTo(Answer.PASS);
    assertThat(becomes(new NobodyInTheWay(), Answer.FAIL).evidence())
        .contains("busy in transaction");
  }

  @Test
  void whoMayNotReadTheNumberDoesNotKnowWhatIsPending() throws Exception {
    becomes(new NobodyInTheWay(), Answer.PASS);
    try (Look blind = Look.as(Files.createDirectory(directory.resolve("blind")), "monitor")) {
      aim(blind);
      assertThat(becomes(blind, new NobodyInTheWay(), Answer.UNKNOWN).evidence())
          .contains("schema number");
    }
  }

  @Test
  void toolsOfOtherDatabasesBackUpToo() throws Exception {
    becomes(new NoBackupRuns(), Answer.PASS);
    Connection archiver = look.database.session("coder", "127.0.0.9", "pg_receivewal");
    look.look();
    assertThat(becomes(new NoBackupRuns(), Answer.PASS).passed())
        .as("an archiver never ends and is no backup")
        .isTrue();
    archiver.close();
    Connection tool = look.database.elsewhere("pgBackRest [backup]");
    assertThat(becomes(new NoBackupRuns(), Answer.FAIL).evidence())
        .contains("pgBackRest [backup]", "database postgres");
    tool.close();
    becomes(new NoBackupRuns(), Answer.PASS);
  }

  @Test
  void twoRowsAreNoNumber() throws Exception {
    becomes(new SchemaIsClean(), Answer.PASS);
    Scene.run(look.database.session(), "INSERT INTO schema_migrations VALUES (401, true)");
    assertThat(becomes(new SchemaIsClean(), Answer.FAIL).evidence())
        .contains("more than one row (362, 401 dirty)");
    assertThat(look.found(Kind.NO_SCHEMA).headline()).contains("more than one row");
    assertThat(MigrationState.of(look.now()).headline()).contains("more than one row");
  }

  @Test
  void rowsThatAreHiddenAreNotAbsent() throws Exception {
    Connection boss = look.database.session("boss");
    Scene.run(boss, "ALTER TABLE schema_migrations OWNER TO boss");
    Scene.run(boss, "GRANT SELECT ON schema_migrations TO coder");
    Scene.run(boss, "ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY");
    assertThat(becomes(new SchemaIsClean(), Answer.UNKNOWN).evidence()).contains("Row security");
    Scene.run(boss, "CREATE POLICY seen ON schema_migrations USING (true)");
    becomes(new SchemaIsClean(), Answer.PASS);
  }

  @Test
  void rightsOnColumnsAreRights() throws Exception {
    Connection boss = look.database.session("boss");
    Scene.run(boss, "ALTER TABLE schema_migrations OWNER TO boss");
    Scene.run(boss, "REVOKE ALL ON schema_migrations FROM PUBLIC, coder");
    Scene.run(boss, "GRANT SELECT (version) ON schema_migrations TO coder");
    becomes(new SchemaIsClean(), Answer.UNKNOWN);
    Scene.run(boss, "GRANT SELECT (dirty) ON schema_migrations TO coder");
    becomes(new SchemaIsClean(), Answer.PASS);
  }

  @Test
  void aViewIsNamedAsAView() throws Exception {
    Connection boss = look.database.session("boss");
    Scene.run(boss, "ALTER TABLE schema_migrations RENAME TO hidden_migrations");
    Scene.run(boss, "CREATE VIEW schema_migrations AS SELECT * FROM hidden_migrations");
    assertThat(becomes(new SchemaIsClean(), Answer.UNKNOWN).evidence()).contains("is a view");
  }

  @Test
  void golangMigratesOwnToolIsAMigrator() throws Exception {
    Connection tool = look.database.session("boss", "127.0.0.8", "");
    String database = Scene.ask(tool, "SELECT current_database()");
    long other = MigrationLock.keyBefore25("/x", "public");
    Scene.run(tool, "SELECT pg_advisory_lock(%d)".formatted(other));
    Scene.run(tool, "UPDATE schema_migrations SET dirty = true");
    assertThat(look.found(Kind.DIRTY).headline()).contains("362");
    long key = MigrationLock.keyBefore25("/" + database, "public");
    Scene.run(tool, "SELECT pg_advisory_lock(%d)".formatted(key));
    look.until(each -> MigrationState.of(each).underWay());
    assertThat(look.finding(Kind.DIRTY)).isEmpty();
  }

  @Test
  void theKeyOfTheToolIsTheOneThatItTakes() {
    assertThat(MigrationLock.oldKeys("coder", Set.of("public"))).contains(2080378551L, 4187539795L);
  }

  @Test
  void anIndexThatAFailedBuildLeftIsNamedAndOneThatIsBeingBuiltIsNot() throws Exception {
    Scene.run(look.database.session(), "CREATE TABLE twins (id int)");
    Scene.run(look.database.session(), "INSERT INTO twins VALUES (1), (1)");
    Connection holder = look.database.session();
    Scene.run(holder, "BEGIN; INSERT INTO twins VALUES (2)");
    Connection builder = look.database.session();
    look.database.later(builder, "CREATE UNIQUE INDEX CONCURRENTLY one ON twins (id)");
    await()
        .atMost(LIMIT)
        .until(
            () ->
                look.now().freshDatabase().stream()
                    .flatMap(each -> each.load().upkeep().value().stream())
                    .anyMatch(upkeep -> !upkeep.invalid().isEmpty()));
    assertThat(look.finding(Kind.INVALID_INDEX)).as("it is being built").isEmpty();
    Scene.run(holder, "COMMIT");
    assertThat(look.found(Kind.INVALID_INDEX).headline()).contains("one of twins");
  }

  private Verdict verdict(Check check) {
    return check.evaluate(look.now(), look.knowledge);
  }

  private Verdict becomes(Check check, Answer answer) {
    return becomes(look, check, answer);
  }

  private static Verdict becomes(Look look, Check check, Answer answer) {
    look.look();
    return await()
        .atMost(LIMIT)
        .until(
            () -> check.evaluate(look.now(), look.knowledge),
            verdict -> Set.of(answer).contains(verdict.answer()));
  }
}
