package dev.lockkeeper.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.analysis.SqlFailure.Cause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Lines of coderd's log, and what kind of failure they tell of. */
class SqlFailureTest {
  private static final String UP = "error: connect to postgres: connect to postgres: migrate up: ";

  /** The last lines of a log, and what follows from them. */
  private record Told(String lines, Cause cause, String state, String parameter) {}

  private static Told failed(String message, Cause cause, String parameter) {
    return new Told(
        UP
            + "up: 2 errors occurred:\n\t* run statement: migration failed: "
            + message
            + " in line 0: ALTER TABLE t\n  SET x; (details: pq: "
            + message
            + ")\n"
            + "\t* commit tx on unlock: pq: Could not complete operation in a failed transaction",
        cause,
        "",
        parameter);
  }

  private static List<Told> all() {
    List<Told> rows = new ArrayList<>();
    rows.add(
        failed("canceling statement due to statement timeout", Cause.SETTING, "statement_timeout"));
    rows.add(failed("canceling statement due to user request", Cause.ENDED, ""));
    rows.add(failed("canceling statement due to lock timeout", Cause.LOCK_WAIT, "lock_timeout"));
    rows.add(failed("terminating connection due to administrator command", Cause.ENDED, ""));
    rows.add(failed("deadlock detected, Process 7 waits for ShareLock", Cause.PASSING, ""));
    rows.add(failed("must be owner of table workspace_builds", Cause.RIGHTS, ""));
    rows.add(failed("permission denied for schema public", Cause.RIGHTS, ""));
    rows.add(failed("column \"x\" of relation \"t\" contains null values", Cause.DATA, ""));
    rows.add(failed("relation \"idx\" already exists", Cause.DATA, ""));
    rows.add(failed("out of shared memory", Cause.ROOM, ""));
    rows.add(failed("could not extend file \"base/1/2\": No space left on device", Cause.ROOM, ""));
    rows.add(
        failed(
            "temporary file size exceeds temp_file_limit (1kB)", Cause.SETTING, "temp_file_limit"));
    rows.add(failed("Anweisung wird wegen Zeitüberschreitung abgebrochen", Cause.UNTOLD, ""));
    rows.add(
        failed(
            "duplicate key value violates unique constraint \"u\", Key (name)=(deadlock detected)"
                + " already exists.",
            Cause.DATA,
            ""));
    rows.add(
        new Told(
            UP
                + "migrate setup: ensure version table: create table: pq: cannot execute CREATE"
                + " TABLE in a read-only transaction",
            Cause.PLACE,
            "",
            "default_transaction_read_only"));
    rows.add(
        new Told(
            UP + "migrate setup: pq: permission denied for table migration_cursor",
            Cause.RIGHTS,
            "",
            ""));
    rows.add(new Told(UP + "up: driver: bad connection", Cause.LOST, "", ""));
    rows.add(
        new Told(
            UP + "up: set version: pq: la transacción es de sólo lectura (25006)",
            Cause.PLACE,
            "25006",
            "default_transaction_read_only"));
    rows.add(
        new Told(
            "migration 371 (api_key_scopes): Verklemmung entdeckt (sqlstate=40P01)",
            Cause.PASSING,
            "40P01",
            ""));
    rows.add(
        new Told(
            "migration 371 (deadlock_detected): doppelt (sqlstate=23505)",
            Cause.DATA,
            "23505",
            ""));
    rows.add(
        new Told(
            "migration 371 (x): canceling statement due to lock timeout (sqlstate=55P03) on all 5"
                + " attempts",
            Cause.LOCK_WAIT,
            "55P03",
            "lock_timeout"));
    rows.add(
        new Told(
            UP
                + "up: run statement: migration failed: Anweisung abgebrochen in line 0: ALTER"
                + " (details: pq: Anweisung abgebrochen (57014))",
            Cause.SETTING,
            "57014",
            "statement_timeout"));
    return rows;
  }

  @TestFactory
  List<DynamicTest> everyCauseIsToldFromTheOthers() {
    return all().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.lines().lines().limit(2).toList().toString(),
                    () -> {
                      SqlFailure told =
                          LogFailure.last(row.lines().lines().toList()).orElseThrow().sql();
                      assertThat(told.cause()).isEqualTo(row.cause());
                      assertThat(told.state().orElse("")).isEqualTo(row.state());
                      assertThat(told.parameter().orElse("")).isEqualTo(row.parameter());
                    }))
        .toList();
  }

  @Test
  void theServersSqlstateCountsMoreThanWordsThatLookLikeAnother() {
    LogFailure told =
        LogFailure.last(List.of("migration 7 (x): deadlock detected in row (sqlstate=23514)"))
            .orElseThrow();

    assertThat(told.sql().cause()).isEqualTo(Cause.DATA);
    assertThat(told.sql().inWords()).isFalse();
  }

  @Test
  void whatIsNoFailureOfAMigrationIsNone() {
    assertThat(LogFailure.last(List.of("\t* commit tx on unlock: pq: Could not complete")))
        .isEmpty();
    assertThat(LogFailure.last(List.of("GET /api pq: canceling statement due to user request")))
        .isEmpty();
    assertThat(LogFailure.last(List.of(UP + "up: 2 errors occurred:"))).isEmpty();
  }
}
