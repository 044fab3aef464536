package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.analysis.WhatIsLost;
import dev.lockkeeper.analysis.WhatIsLost.Fate;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a session whose client may die is what its server does when the client dies. */
class DeadClientTest {
  /** As golang-migrate sends a file: one message, and the server alone goes through it. */
  private static final String MIGRATION =
      "DO $$ BEGIN ALTER TABLE users ADD COLUMN b3 int; PERFORM pg_sleep(2); END $$";

  @TempDir Path directory;

  @Test
  void aMigrationOutsideOfATransactionCommitsThoughItsClientIsDead() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection migrator = look.coderd("127.0.0.1");
      Scene.run(migrator, "SELECT pg_advisory_lock(" + oldKey(look) + ")");
      Scene.run(migrator, "UPDATE schema_migrations SET version = 169, dirty = true");

      WhatIsLost said = dies(look, migrator, MIGRATION);

      assertThat(said.fate()).isEqualTo(Fate.LIKELY_COMMITS);
      assertThat(said.left()).contains("most likely commits");
      assertThat(said.ended()).doesNotContain("Nothing is lost");
      assertThat(columns(look)).isEqualTo("1");
      assertThat(
              Scene.ask(
                  look.database.session(), "SELECT version FROM schema_migrations WHERE dirty"))
          .isEqualTo("169");
    }
  }

  @Test
  void aMigrationInATransactionOfItsClientIsRolledBack() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection migrator = look.coderd("127.0.0.1");
      Scene.run(migrator, "BEGIN; SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
      Thread.sleep(100);

      WhatIsLost said = dies(look, migrator, MIGRATION);

      assertThat(said.fate()).isEqualTo(Fate.LIKELY_ROLLS_BACK);
      assertThat(said.left()).contains("most likely rolls back");
      assertThat(columns(look)).isEqualTo("0");
    }
  }

  @Test
  void onlyWhoWaitsForItsClientIsSureToLoseWhatItHasOpen() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection session = look.coderd("127.0.0.1");
      Scene.run(session, "BEGIN; ALTER TABLE users ADD COLUMN b3 int");
      int pid = Scene.pid(session);
      Database database =
          look.until(
                  seen ->
                      seen.freshDatabase().stream()
                          .flatMap(all -> all.backend(pid).stream())
                          .anyMatch(Backend::idleInTransaction))
              .freshDatabase()
              .orElseThrow();
      session.abort(Runnable::run);

      WhatIsLost said = WhatIsLost.of(database.backend(pid).orElseThrow(), database);
      assertThat(said.fate()).isEqualTo(Fate.ROLLS_BACK);
      assertThat(said.ended()).startsWith("Nothing is lost");
      await().until(() -> columns(look).equals("0"));
    }
  }

  @Test
  void aStatementOfNoTransactionUnderTheNewLockCommits() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection migrator = look.coderd("127.0.0.1");
      Scene.run(migrator, "SELECT pg_advisory_lock(" + MigrationLock.KEY + ")");

      WhatIsLost said = dies(look, migrator, MIGRATION);

      assertThat(said.fate()).isEqualTo(Fate.LIKELY_COMMITS);
      assertThat(columns(look)).isEqualTo("1");
    }
  }

  @Test
  void aCommitThatWasSentWithTheStatementIsNotCalledLost() throws Exception {
    try (Look look = Look.open(directory)) {
      Connection session = look.coderd("127.0.0.1");
      Scene.run(session, "BEGIN; SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
      Thread.sleep(100);

      WhatIsLost said =
          dies(look, session, "ALTER TABLE users ADD COLUMN b3 int; SELECT pg_sleep(2); COMMIT");

      assertThat(said.fate()).isEqualTo(Fate.LIKELY_ROLLS_BACK);
      assertThat(said.ended()).doesNotContain("Nothing is lost");
      assertThat(columns(look)).isEqualTo("1");
    }
  }

  private static long oldKey(Look look) {
    Database database = look.look().freshDatabase().orElseThrow();
    return MigrationLock.keyBefore25(database.identity().name(), "public");
  }

  /** What is said while it works; then its client dies, and the server goes on until it is done. */
  private static WhatIsLost dies(Look look, Connection session, String statement) throws Exception {
    int pid = Scene.pid(session);
    look.database.later(session, statement);
    Snapshot seen =
        look.until(each -> each.freshDatabase().stream().anyMatch(all -> sleeps(all, pid)));
    Database database = seen.freshDatabase().orElseThrow();
    session.abort(Runnable::run);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Scene.ask(
                        look.database.session(),
                        "SELECT pid FROM pg_stat_activity WHERE pid = " + pid)
                    .isEmpty());
    return WhatIsLost.of(database.backend(pid).orElseThrow(), database);
  }

  private static boolean sleeps(Database database, int pid) {
    return database
        .backend(pid)
        .filter(backend -> backend.activity().waitEvent().filter("PgSleep"::equals).isPresent())
        .flatMap(Backend::state)
        .filter("active"::equals)
        .isPresent();
  }

  private static String columns(Look look) throws Exception {
    return Scene.ask(
        look.database.session(),
        "SELECT count(*) FROM information_schema.columns WHERE table_name = 'users' AND column_name"
            + " = 'b3'");
  }
}
