package dev.lockkeeper.evidence;

import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_FAILED;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_INTERRUPTED;
import static dev.lockkeeper.diagnosis.Finding.Kind.MIGRATION_LACKS_RIGHTS;
import static dev.lockkeeper.diagnosis.Finding.Kind.READ_ONLY_DATABASE;
import static dev.lockkeeper.diagnosis.Finding.Kind.SETTING_ENDS_MIGRATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.diagnosis.Advice;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.postgres.Scene;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Migrations that fail alike, for causes that have nothing in common but that. */
@Execution(ExecutionMode.CONCURRENT)
class FailureLookAlikesTest {
  @TempDir Path directory;

  /** A scene of its own, whose database has settings of its own. */
  private interface Play {
    void in(Look look, FailedPod pod) throws Exception;
  }

  private Finding found(Kind kind, Play play) throws Exception {
    try (Look look = Look.open(Files.createTempDirectory(directory, "look"))) {
      play.in(look, new FailedPod(look));
      settles(look);
      return look.found(kind);
    }
  }

  /** What is found instead, of which this is no part. */
  private void assertFoundWithout(Kind absent, Kind instead, Play play) throws Exception {
    try (Look look = Look.open(Files.createTempDirectory(directory, "look"))) {
      play.in(look, new FailedPod(look));
      settles(look);
      look.found(instead);
      assertThat(look.finding(absent)).isEmpty();
    }
  }

  /** Roles are read less often than sessions. */
  private static void settles(Look look) {
    Instant asked = Instant.now();
    look.until(
        seen ->
            seen.freshDatabase()
                .filter(each -> each.roles().isKnown() && each.roles().at().isAfter(asked))
                .isPresent());
  }

  private static void set(Look look, String role, String what) throws Exception {
    Connection boss = look.database.session("boss");
    String database = Scene.ask(boss, "SELECT current_database()");
    Scene.run(boss, "ALTER ROLE %s IN DATABASE %s SET %s".formatted(role, database, what));
  }

  private static void giveAway(Look look, String table) throws Exception {
    Connection boss = look.database.session("boss");
    Scene.run(boss, "ALTER TABLE %s OWNER TO boss".formatted(table));
    Scene.run(boss, "GRANT ALL ON %s TO coder".formatted(table));
  }

  private static final String ALTER = "ALTER TABLE workspaces ADD COLUMN x int";

  private static final Play TIMED_OUT = under("statement_timeout = '200ms'", "SELECT pg_sleep(5)");

  private static final Play NOT_OWNED =
      (look, pod) -> {
        giveAway(look, "workspaces");
        pod.fails(ALTER);
      };

  private static final Play READ_ONLY = under("default_transaction_read_only = on", ALTER);

  private static final Play NULLS = (look, pod) -> pod.fails(ALTER + " NOT NULL");

  private static final Play DEADLOCK =
      (look, pod) -> {
        Connection migrator = pod.session();
        // Whoever looks first for a deadlock is its victim.
        Connection replica = look.database.session("boss", "127.0.0.5", "");
        Scene.run(replica, "SET deadlock_timeout = '1h'; BEGIN; LOCK TABLE users");
        Scene.run(migrator, "BEGIN; LOCK TABLE workspaces");
        look.database.later(replica, "LOCK TABLE workspaces");
        look.until(
            seen -> seen.freshDatabase().filter(each -> !each.waits().isEmpty()).isPresent());
        pod.fails(migrator, "LOCK TABLE users");
      };

  private static final Play LOCK_TIMEOUT =
      (look, pod) -> {
        Scene.run(look.coderd("127.0.0.5"), "BEGIN; LOCK TABLE workspaces IN ACCESS SHARE MODE");
        set(look, "coder", "lock_timeout = '200ms'");
        pod.fails(ALTER);
      };

  /** The words of another failure, as data within those of a duplicate. */
  private static Play rowThatSays(String words) {
    return (look, pod) -> {
      String row = "INSERT INTO names VALUES ('%s')".formatted(words);
      Connection coder = look.database.session();
      Scene.run(coder, "CREATE TABLE names (name text PRIMARY KEY)");
      Scene.run(coder, row);
      pod.fails(row);
    };
  }

  /** Its session fails at this, under a setting of Coder's role. */
  private static Play under(String setting, String statement) {
    return (look, pod) -> {
      set(look, "coder", setting);
      pod.fails(statement);
    };
  }

  @Test
  @NearMiss(findings = SETTING_ENDS_MIGRATION)
  void aStatementThatSomebodyCancelledIsNotEndedByASetting() throws Exception {
    assertFoundWithout(
        SETTING_ENDS_MIGRATION,
        MIGRATION_INTERRUPTED,
        (look, pod) -> {
          set(look, "coder", "statement_timeout = '1h'");
          Connection migrator = pod.session();
          Connection boss = look.database.session("boss");
          look.database.later(
              boss, "SELECT pg_sleep(0.3), pg_cancel_backend(%d)".formatted(Scene.pid(migrator)));
          pod.fails(migrator, "SELECT pg_sleep(5)");
        });

    Finding twin = found(SETTING_ENDS_MIGRATION, TIMED_OUT);
    assertThat(twin.evidence())
        .anySatisfy(
            each ->
                assertThat(each.text())
                    .contains(
                        "statement_timeout = 200ms, set for the role coder in this database"));
    assertThat(twin.advice()).isInstanceOf(Advice.Act.class);
  }

  @Test
  @NearMiss(findings = SETTING_ENDS_MIGRATION)
  void wrongDataUnderATimeoutAreNotTheTimeoutsWork() throws Exception {
    assertFoundWithout(
        SETTING_ENDS_MIGRATION,
        MIGRATION_FAILED,
        under("statement_timeout = '200ms'", ALTER + " NOT NULL"));

    found(SETTING_ENDS_MIGRATION, TIMED_OUT);
  }

  @Test
  @NearMiss(findings = SETTING_ENDS_MIGRATION)
  void aSessionThatSomebodyEndedIsNotOneThatWasIdleForTooLong() throws Exception {
    assertFoundWithout(
        SETTING_ENDS_MIGRATION,
        MIGRATION_INTERRUPTED,
        (look, pod) -> {
          set(look, "coder", "idle_in_transaction_session_timeout = '1h'");
          Connection migrator = pod.session();
          Scene.run(migrator, "BEGIN");
          Connection boss = look.database.session("boss");
          Scene.run(boss, "SELECT pg_terminate_backend(%d)".formatted(Scene.pid(migrator)));
          pod.fails(migrator, "SELECT 1", "SELECT 1");
        });

    Finding twin =
        found(
            SETTING_ENDS_MIGRATION,
            (look, pod) -> {
              set(look, "coder", "idle_in_transaction_session_timeout = '200ms'");
              Connection migrator = pod.session();
              Scene.run(migrator, "BEGIN");
              Connection boss = look.database.session("boss");
              Scene.run(boss, "SELECT pg_sleep(1)");
              pod.fails(migrator, "SELECT 1", "SELECT 1");
            });
    assertThat(twin.headline()).contains("idle-in-transaction timeout");
  }

  @Test
  @NearMiss(findings = MIGRATION_LACKS_RIGHTS)
  void anotherTableThatIsNotItsOwnIsNoReason() throws Exception {
    assertFoundWithout(
        MIGRATION_LACKS_RIGHTS,
        MIGRATION_FAILED,
        (look, pod) -> {
          giveAway(look, "users");
          pod.fails(ALTER + " NOT NULL");
        });

    Finding twin = found(MIGRATION_LACKS_RIGHTS, NOT_OWNED);
    assertThat(twin.advice().text()).contains("ALTER TABLE workspaces OWNER TO coder");
  }

  @Test
  @NearMiss(findings = MIGRATION_LACKS_RIGHTS)
  void aRowThatSpeaksOfRightsIsWrongData() throws Exception {
    assertFoundWithout(
        MIGRATION_LACKS_RIGHTS, MIGRATION_FAILED, rowThatSays("must be owner of table workspaces"));

    found(MIGRATION_LACKS_RIGHTS, NOT_OWNED);
  }

  @Test
  @NearMiss(findings = MIGRATION_LACKS_RIGHTS)
  void aTableThatWasGivenBackAsksForNoAct() throws Exception {
    Finding mended =
        found(
            MIGRATION_LACKS_RIGHTS,
            (look, pod) -> {
              NOT_OWNED.in(look, pod);
              Scene.run(look.database.session("boss"), "ALTER TABLE workspaces OWNER TO coder");
            });

    assertThat(mended.advice()).isInstanceOf(Advice.FindOut.class);
    assertThat(found(MIGRATION_LACKS_RIGHTS, NOT_OWNED).advice()).isInstanceOf(Advice.Act.class);
  }

  @Test
  @NearMiss(findings = READ_ONLY_DATABASE)
  void aTransactionThatAsksForReadingAloneIsNoDefault() throws Exception {
    Finding alone = found(READ_ONLY_DATABASE, (look, pod) -> pod.fails("BEGIN READ ONLY", ALTER));

    assertThat(alone.advice()).isInstanceOf(Advice.FindOut.class);
    assertThat(found(READ_ONLY_DATABASE, READ_ONLY).advice()).isInstanceOf(Advice.Act.class);
  }

  @Test
  @NearMiss(findings = READ_ONLY_DATABASE)
  void anotherRolesDefaultIsNotCoders() throws Exception {
    assertFoundWithout(
        READ_ONLY_DATABASE,
        MIGRATION_FAILED,
        (look, pod) -> {
          set(look, "watcher", "default_transaction_read_only = on");
          NULLS.in(look, pod);
        });

    Finding twin = found(READ_ONLY_DATABASE, READ_ONLY);
    assertThat(twin.advice().text()).contains("RESET default_transaction_read_only");
  }

  @Test
  @NearMiss(findings = READ_ONLY_DATABASE)
  void aRowThatSpeaksOfReadOnlyIsWrongData() throws Exception {
    assertFoundWithout(
        READ_ONLY_DATABASE, MIGRATION_FAILED, rowThatSays("in a read-only transaction"));

    found(READ_ONLY_DATABASE, READ_ONLY);
  }

  @Test
  @NearMiss(findings = {MIGRATION_INTERRUPTED, SETTING_ENDS_MIGRATION})
  void whoWaitsForALockAndIsEndedByTheStatementsTimeDidNotMeetTheLocksBound() throws Exception {
    assertFoundWithout(
        MIGRATION_INTERRUPTED,
        SETTING_ENDS_MIGRATION,
        (look, pod) -> {
          Scene.run(look.coderd("127.0.0.5"), "BEGIN; LOCK TABLE workspaces IN ACCESS SHARE MODE");
          set(look, "coder", "statement_timeout = '200ms'");
          pod.fails(ALTER);
        });

    Finding twin = found(MIGRATION_INTERRUPTED, LOCK_TIMEOUT);
    assertThat(twin.advice().text()).contains("RESET lock_timeout");
  }

  @Test
  @NearMiss(findings = {MIGRATION_INTERRUPTED, MIGRATION_FAILED})
  void aRowThatSpeaksOfADeadlockIsWrongData() throws Exception {
    assertFoundWithout(MIGRATION_INTERRUPTED, MIGRATION_FAILED, rowThatSays("deadlock detected"));

    assertFoundWithout(MIGRATION_FAILED, MIGRATION_INTERRUPTED, DEADLOCK);
  }

  @Test
  @NearMiss(findings = {MIGRATION_INTERRUPTED, MIGRATION_FAILED})
  void nullsAreThereAgainAtTheNextAttemptAndALockMayNotBe() throws Exception {
    assertFoundWithout(MIGRATION_INTERRUPTED, MIGRATION_FAILED, NULLS);
    assertFoundWithout(MIGRATION_FAILED, MIGRATION_INTERRUPTED, LOCK_TIMEOUT);
  }

  @Test
  @NearMiss(findings = MIGRATION_FAILED)
  void aTimeoutIsNoReasonToGoBackToAnotherImage() throws Exception {
    assertFoundWithout(MIGRATION_FAILED, SETTING_ENDS_MIGRATION, TIMED_OUT);

    assertThat(found(MIGRATION_FAILED, NULLS).advice().text()).contains("previous image");
  }

  @Test
  @NearMiss(findings = MIGRATION_FAILED)
  void anotherRolesTableIsNoReasonToGoBackToAnotherImage() throws Exception {
    assertFoundWithout(MIGRATION_FAILED, MIGRATION_LACKS_RIGHTS, NOT_OWNED);

    found(MIGRATION_FAILED, NULLS);
  }
}
