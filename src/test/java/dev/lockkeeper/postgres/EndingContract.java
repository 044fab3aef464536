package dev.lockkeeper.postgres;

import static dev.lockkeeper.postgres.Acted.assertResult;
import static dev.lockkeeper.postgres.Acted.lives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Session;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How sessions end on any server: the named ones, for the named reason, and nobody else. */
interface EndingContract {
  TestServer server();

  @Test
  default void whoBlocksTheMigrationEndsAndItGoesOn() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection old = acted.scene().oldReplica();
      Connection bystander = acted.scene().session();
      Connection migrator = acted.scene().migrator();
      acted.scene().later(migrator, "ALTER TABLE workspaces ADD COLUMN x int");
      acted.scene().readUntil(database -> !database.waits().isEmpty());

      Outcome outcome =
          acted.as("coder").end(acted.end(Grounds.BLOCKS_MIGRATION, old, bystander, migrator));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts())
          .containsExactly(
              Scene.pid(old) + " coder: ended",
              Scene.pid(bystander) + " coder: left alone: it no longer blocks the migration",
              Scene.pid(migrator) + " coder: protected: it is the migrator");
      assertThat(outcome.detail()).isEqualTo("3 sessions: 1 ended, 2 left alone");
      acted.scene().readUntil(database -> database.waits().isEmpty());
      assertThat(lives(bystander)).isTrue();
      assertThat(lives(migrator)).isTrue();
      assertThat(lives(old)).isFalse();
    }
  }

  @Test
  default void whoBlocksTheMigrationThroughAnotherEndsToo() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection far = acted.scene().session();
      Scene.run(far, "BEGIN; LOCK TABLE users IN SHARE MODE");
      Connection near = acted.scene().oldReplica();
      acted.scene().later(near, "UPDATE users SET deleted = true");
      acted.scene().readUntil(database -> database.waits().size() == 1);
      acted.scene().later(acted.scene().migrator(), "ALTER TABLE workspaces ADD COLUMN x int");
      acted.scene().readUntil(database -> database.waits().size() == 2);

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.BLOCKS_MIGRATION, far));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.detail()).isEqualTo(Scene.pid(far) + " coder: ended");
      assertThat(acted.there(Scene.pid(near))).isTrue();
    }
  }

  @Test
  default void whereNobodyHoldsTheMigrationLockWhoKeepsTheTableClosedCounts() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection old = acted.scene().oldReplica();
      Connection keeper = acted.scene().session();
      Scene.run(keeper, "BEGIN; TRUNCATE schema_migrations");
      acted.scene().later(keeper, "ALTER TABLE workspaces ADD COLUMN x int");
      acted.scene().readUntil(database -> !database.waits().isEmpty());

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.BLOCKS_MIGRATION, old, keeper));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts().get(0)).endsWith("ended");
      assertThat(outcome.parts().get(1)).endsWith("protected: it is the migrator");
    }
  }

  @Test
  default void whoNoLongerBlocksIsLeftAlone() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection old = acted.scene().oldReplica();
      acted.scene().later(acted.scene().migrator(), "ALTER TABLE workspaces ADD COLUMN x int");
      acted.scene().readUntil(database -> !database.waits().isEmpty());
      EndRequest request = acted.end(Grounds.BLOCKS_MIGRATION, old);
      Scene.run(old, "ROLLBACK");

      Outcome outcome = acted.as("coder").end(request);

      assertResult(outcome, Result.REFUSED);
      assertThat(outcome.detail()).endsWith("left alone: it no longer blocks the migration");
      assertThat(lives(old)).isTrue();
    }
  }

  @Test
  default void anOrphanEndsOnlyAsLongAsItHasToDoWithTheMigrationLock() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection holder = acted.scene().migrator();
      Connection waiter = acted.scene().session();
      acted.scene().later(waiter, "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
      acted.scene().readUntil(database -> !database.migrationLock().waiters().isEmpty());
      Connection other = acted.scene().session();
      int pid = Scene.pid(waiter);
      int migrator = Scene.pid(holder);
      Scene.run(other, "SELECT pg_advisory_lock(4)");

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.ORPHANED, waiter, holder, other));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts())
          .containsExactly(
              pid + " coder: ended",
              migrator + " coder: ended",
              Scene.pid(other)
                  + " coder: left alone: it neither holds the migration lock nor waits for it any"
                  + " more");
    }
  }

  /** A session lock that outlives its transactions, with a key of the database's own. */
  private static Connection migratorBefore25(Acted acted) throws Exception {
    Connection migrator = acted.scene().session();
    long key = MigrationLock.keyBefore25(acted.identity().name(), "public");
    Scene.run(migrator, "SELECT pg_advisory_lock(" + key + ")");
    return migrator;
  }

  @Test
  default void whoBlocksAMigratorOfBefore25EndsAndTheMigratorDoesNot() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection old = acted.scene().oldReplica();
      Connection migrator = migratorBefore25(acted);
      acted.scene().later(migrator, "ALTER TABLE workspaces ADD COLUMN x int");
      acted.scene().readUntil(database -> !database.waits().isEmpty());

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.BLOCKS_MIGRATION, migrator, old));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts())
          .containsExactly(
              Scene.pid(migrator) + " coder: protected: it is the migrator",
              Scene.pid(old) + " coder: ended");
      acted.scene().readUntil(database -> database.waits().isEmpty());
    }
  }

  @Test
  default void anOrphanOfAnyReleaseEndsAndAnotherAdvisoryLockIsNone() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection before25 = migratorBefore25(acted);
      Connection waiter = acted.scene().session();
      long key = MigrationLock.keyBefore25(acted.identity().name(), "public");
      int waits = Scene.pid(waiter);
      acted.scene().later(waiter, "SELECT pg_advisory_lock(" + key + ")");
      Connection another = acted.scene().session();
      Scene.run(another, "SELECT pg_advisory_lock(" + (key ^ 1) + ")");
      acted.scene().readUntil(database -> !database.migrationLock().waiters().isEmpty());

      Outcome outcome =
          acted.as("coder").end(acted.end(Grounds.ORPHANED, waiter, before25, another));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts().get(0)).isEqualTo(waits + " coder: ended");
      assertThat(outcome.parts().get(1)).endsWith("ended");
      assertThat(outcome.parts().get(2)).contains("left alone: it neither holds");
      assertThat(lives(another)).isTrue();
    }
  }

  @Test
  default void anOrphanBetweenTwoMigrationsEnds() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection idle = acted.scene().session();
      Scene.run(idle, "SELECT pg_advisory_lock(" + MigrationLock.KEY + ")");

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.ORPHANED, idle));

      assertResult(outcome, Result.DONE);
      assertThat(lives(idle)).isFalse();
    }
  }

  @Test
  default void anOrphanThatOnlyKeepsTheTableClosedEnds() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection keeper = acted.scene().session();
      Scene.run(keeper, "BEGIN; TRUNCATE schema_migrations");
      Connection reader = acted.scene().session();
      Scene.run(reader, "BEGIN; SELECT count(*) FROM workspaces");

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.ORPHANED, keeper, reader));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts().get(0)).endsWith("ended");
      assertThat(outcome.parts().get(1)).contains("left alone");
      assertThat(lives(reader)).isTrue();
    }
  }

  @Test
  default void whoeverCallsItselfAToolIsNotCoderds() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection coderd = acted.scene().session();
      Connection psql = acted.named("coder", "psql");

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.CODERD, coderd, psql));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts().get(0)).endsWith("ended");
      assertThat(outcome.parts().get(1)).contains("left alone: it is not coderd's");
      assertThat(lives(psql)).isTrue();
    }
  }

  @Test
  default void aSessionThatCameBackIsAnotherOne() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection before = acted.scene().session();
      EndRequest request = acted.end(Grounds.DATABASE, before);
      int pid = Scene.pid(before);
      before.close();
      await().until(() -> !acted.there(pid));
      Connection again = acted.scene().session();

      Outcome outcome = acted.as("coder").end(request);

      assertResult(outcome, Result.DONE);
      assertThat(outcome.detail()).isEqualTo(pid + " coder: gone already");
      assertThat(lives(again)).isTrue();
    }
  }

  /** As after a reuse of the process id, which {@link PidReuseTest} brings about for real. */
  @Test
  default void aLiveProcessIdWithAnotherStartIsGuardedAgainst() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection innocent = acted.scene().session();
      Session now = acted.seen(Scene.pid(innocent));
      Session earlier =
          new Session(now.pid(), "2020-01-01 00:00:00.000001+00", now.user(), now.who());

      Outcome outcome =
          acted
              .as(server().superuser())
              .end(
                  new EndRequest(
                      acted.identity(),
                      EndRequest.Manner.TERMINATE,
                      Grounds.DATABASE,
                      List.of(earlier)));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.detail()).endsWith("gone already");
      assertThat(lives(innocent)).isTrue();
    }
  }

  @Test
  default void aSessionOfAnotherDatabaseIsLeftAlone() throws Exception {
    try (Acted acted = Acted.upon(server());
        Scene elsewhere = Scene.empty(server())) {
      Connection other = elsewhere.session();

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.DATABASE, other));

      assertResult(outcome, Result.REFUSED);
      assertThat(outcome.detail()).endsWith("left alone: it is in another database");
      assertThat(lives(other)).isTrue();
    }
  }

  @Test
  default void eachSessionHasAResultOfItsOwnWhateverOurRightsAre() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection first = acted.scene().session();
      Connection strange = acted.scene().session("watcher");
      Connection last = acted.scene().session();
      EndRequest request = acted.end(Grounds.DATABASE, first, strange, last);

      Outcome none = acted.as("monitor").end(request);
      Outcome some = acted.as("keeper").end(request);

      assertResult(none, Result.REFUSED);
      assertThat(none.parts()).hasSize(3).allMatch(part -> part.endsWith("(42501)"));
      assertThat(none.parts().get(1))
          .isEqualTo(Scene.pid(strange) + " watcher: refused: role monitor may not end it (42501)");
      assertResult(some, Result.DONE);
      assertThat(some.detail()).isEqualTo("3 sessions: 2 ended, 1 refused");
      assertThat(some.parts().get(1)).contains("refused: role keeper may not end it (42501)");
      assertThat(some.parts().get(2)).endsWith("ended");
      assertThat(lives(strange)).isTrue();
    }
  }

  @Test
  default void coderdsOwnRoleEndsItsOwnAndLeavesWhatItCannotSee() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection own = acted.scene().session();
      Connection strange = acted.scene().session("watcher");

      Outcome outcome = acted.as("coder").end(acted.end(Grounds.DATABASE, strange, own));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts().get(0))
          .contains("left alone: our role may not see whether it is the same session");
      assertThat(outcome.parts().get(1)).endsWith("ended");
      assertThat(lives(strange)).isTrue();
    }
  }

  @Test
  default void aRoleThatMaySignalEndsEverybodyButSuperusers() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection own = acted.scene().session();
      Connection boss = acted.scene().session(server().superuser());
      EndRequest request = acted.end(Grounds.DATABASE, boss, own);

      Outcome ordinary = acted.as("signaller").end(request);
      boolean livedOn = lives(boss);
      Outcome superuser = acted.as(server().superuser()).end(request);

      assertResult(ordinary, Result.DONE);
      assertThat(ordinary.parts().get(0))
          .contains("protected: the superuser " + server().superuser());
      assertThat(ordinary.parts().get(1)).endsWith("ended");
      assertThat(livedOn).isTrue();
      assertThat(superuser.parts().get(0)).endsWith("ended");
      assertThat(superuser.parts().get(1)).endsWith("gone already");
    }
  }

  @Test
  default void aRunningStatementIsCancelled() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection busy = acted.scene().session();
      acted.scene().later(busy, "SELECT pg_sleep(60)");
      acted.scene().readUntil(database -> sleeps(database, busy));

      Outcome outcome = acted.as("coder").end(acted.cancel(Grounds.DATABASE, busy));

      assertResult(outcome, Result.DONE);
      assertThat(outcome.detail()).isEqualTo(Scene.pid(busy) + " coder: its statement ended");
      assertThat(lives(busy)).isTrue();
    }
  }

  private static boolean sleeps(Database database, Connection session) {
    try {
      return database
          .backend(Scene.pid(session))
          .filter(backend -> backend.query().contains("pg_sleep"))
          .flatMap(dev.lockkeeper.snapshot.Backend::state)
          .filter("active"::equals)
          .isPresent();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  default void whoIsIdleInATransactionWouldNotNoticeACancel() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection old = acted.scene().oldReplica();

      Outcome outcome = acted.as("coder").end(acted.cancel(Grounds.DATABASE, old));

      assertResult(outcome, Result.REFUSED);
      assertThat(outcome.detail()).contains("idle in a transaction and would not notice a cancel");
      Scene.run(old, "COMMIT");
      assertThat(Scene.ask(acted.admin(), "SELECT name FROM workspaces WHERE id = 1"))
          .isEqualTo("x");
    }
  }
}
