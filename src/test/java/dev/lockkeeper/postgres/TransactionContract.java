package dev.lockkeeper.postgres;

import static dev.lockkeeper.postgres.Acted.assertResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.RepairRequest;
import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prepared transactions, the database's door and the dirty row on any server. */
interface TransactionContract {
  TestServer server();

  private static PreparedRequest rollback(Acted acted, String gid) throws Exception {
    PreparedTransaction seen =
        acted.scene().read("monitor").prepared().stream()
            .filter(each -> each.gid().equals(gid))
            .findFirst()
            .orElseThrow();
    return new PreparedRequest(acted.identity(), gid, seen.owner(), seen.preparedAt());
  }

  private static void prepare(Acted acted, int workspace, String gid) throws Exception {
    Connection session = acted.scene().session();
    Scene.run(session, "BEGIN; INSERT INTO workspaces VALUES (%d, 'p')".formatted(workspace));
    Scene.run(
        session,
        Scene.ask(session, "SELECT format('PREPARE TRANSACTION %L', $gid$" + gid + "$gid$)"));
  }

  private static List<String> gids(Acted acted) throws Exception {
    return acted.scene().read("monitor").prepared().stream()
        .map(PreparedTransaction::gid)
        .sorted()
        .toList();
  }

  @Test
  default void theRightPreparedTransactionIsRolledBackHoweverItIsCalled() throws Exception {
    String hostile = "it's \\ \"x\"; DROP TABLE workspaces; -- ? {d} $1";
    try (Acted acted = Acted.upon(server())) {
      prepare(acted, 11, hostile);
      prepare(acted, 12, "other");
      try {
        Outcome stranger = acted.as("watcher").rollBack(rollback(acted, hostile));
        Outcome owner = acted.as("coder").rollBack(rollback(acted, hostile));

        assertResult(stranger, Result.REFUSED);
        assertThat(stranger.detail()).contains("role watcher may not do it", "42501");
        assertResult(owner, Result.DONE);
        assertThat(gids(acted)).containsExactly("other");
        assertThat(Scene.ask(acted.admin(), "SELECT count(*) FROM workspaces")).isEqualTo("1");
      } finally {
        Scene.run(acted.scene().session(), "ROLLBACK PREPARED 'other'");
      }
    }
  }

  @Test
  default void anotherTransactionOfTheSameNameIsLeftAlone() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      prepare(acted, 11, "g");
      PreparedRequest request = rollback(acted, "g");
      Scene.run(acted.scene().session(), "COMMIT PREPARED 'g'");
      Outcome gone = acted.as("coder").rollBack(request);
      prepare(acted, 12, "g");
      try {
        Outcome another = acted.as("coder").rollBack(request);

        assertResult(gone, Result.REFUSED);
        assertThat(gone.detail()).startsWith("gone already");
        assertResult(another, Result.REFUSED);
        assertThat(another.detail()).contains("another transaction of the same name");
        assertThat(gids(acted)).containsExactly("g");
      } finally {
        Scene.run(acted.scene().session(), "ROLLBACK PREPARED 'g'");
      }
    }
  }

  /** What stands in the way of a migrator that does this. */
  private static Blockers blockers(Acted acted, String statement) throws Exception {
    Connection migrator = acted.scene().migrator();
    acted.scene().later(migrator, statement);
    int pid = Scene.pid(migrator);
    return Blockers.of(
        acted
            .scene()
            .readUntil(
                "monitor", seen -> seen.waits().stream().anyMatch(wait -> wait.pid() == pid)));
  }

  private static void preparing(Acted acted, String gid, String... statements) throws Exception {
    Connection session = acted.scene().session();
    Scene.run(session, "BEGIN; " + String.join("; ", statements));
    Scene.run(session, "PREPARE TRANSACTION '" + gid + "'");
  }

  private static void forget(Acted acted, String... gids) throws SQLException {
    Connection admin = acted.admin();
    for (String gid : gids) {
      String there = "SELECT gid FROM pg_prepared_xacts WHERE gid = '" + gid + "'";
      if (!Scene.ask(admin, there).isEmpty()) {
        Scene.run(admin, "ROLLBACK PREPARED '" + gid + "'");
      }
    }
  }

  @Test
  default void thePreparedTransactionThatBlocksIsToldFromTheOlderOneThatDoesNot() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      preparing(acted, "innocent-old", "INSERT INTO users (id) VALUES (901)");
      preparing(acted, "guilty-new", "INSERT INTO workspaces VALUES (11, 'p')");
      try {
        Blockers blockers = blockers(acted, "ALTER TABLE workspaces ADD COLUMN y int");

        assertThat(blockers.prepared())
            .extracting(PreparedTransaction::gid)
            .containsExactly("guilty-new");
        assertThat(blockers.untold()).isFalse();
      } finally {
        forget(acted, "innocent-old", "guilty-new");
      }
    }
  }

  @Test
  default void aRowThatWasChangedWithinASavepointIsItsPreparedTransactions() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      preparing(acted, "innocent", "UPDATE workspaces SET name = 'i' WHERE id = 1000");
      preparing(
          acted,
          "guilty",
          "SAVEPOINT s",
          "UPDATE workspaces SET name = 'g' WHERE id = 1",
          "RELEASE SAVEPOINT s");
      try {
        Blockers blockers = blockers(acted, "UPDATE workspaces SET name = 'm' WHERE id = 1");

        assertThat(blockers.prepared())
            .extracting(PreparedTransaction::gid)
            .containsExactly("guilty");
      } finally {
        forget(acted, "innocent", "guilty");
      }
    }
  }

  @Test
  default void whoeverBlocksBesidesIsSaidToBlockStill() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      preparing(acted, "one", "INSERT INTO workspaces VALUES (11, 'p')");
      preparing(acted, "two", "INSERT INTO workspaces VALUES (12, 'p')");
      Connection old = acted.scene().oldReplica();
      try {
        Blockers blockers = blockers(acted, "ALTER TABLE workspaces ADD COLUMN y int");

        assertThat(blockers.prepared())
            .extracting(PreparedTransaction::gid)
            .containsExactly("one", "two");
        assertThat(blockers.roots()).hasSize(3).contains(Scene.pid(old));
      } finally {
        forget(acted, "one", "two");
      }
    }
  }

  @Test
  default void aPreparedTransactionThatHoldsTheMigrationLockIsNamed() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      preparing(acted, "innocent", "INSERT INTO workspaces VALUES (11, 'p')");
      preparing(
          acted,
          "keeper",
          "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")",
          "INSERT INTO workspaces VALUES (12, 'p')");
      try {
        Database alone = acted.scene().read("monitor");
        Connection next = acted.scene().session();
        acted.scene().later(next, "SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
        Database waiting =
            acted.scene().readUntil("monitor", seen -> !seen.migrationLock().waiters().isEmpty());

        assertThat(List.of(alone, waiting))
            .allSatisfy(
                seen ->
                    assertThat(Blockers.of(seen).prepared())
                        .extracting(PreparedTransaction::gid)
                        .containsExactly("keeper"));
        assertThat(Blockers.of(waiting).waiter()).contains(Scene.pid(next));
      } finally {
        forget(acted, "innocent", "keeper");
      }
    }
  }

  @Test
  default void theDoorIsClosedAndOpenedAgain() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      PostgresOperations coder = acted.as("coder");
      ConnectionLimitRequest close =
          new ConnectionLimitRequest(acted.identity(), -1, ConnectionLimitRequest.CLOSED);
      ConnectionLimitRequest open =
          new ConnectionLimitRequest(close.database(), ConnectionLimitRequest.CLOSED, -1);

      Outcome closed = coder.limit(close);
      assertThatThrownBy(() -> acted.scene().session())
          .hasMessageContaining("too many connections");
      Outcome opened = coder.limit(open);

      assertResult(closed, Result.DONE);
      assertThat(closed.detail()).isEqualTo("connection limit -1 -> 0, through database postgres");
      assertResult(opened, Result.DONE);
      assertThat(acted.scene().session()).isNotNull();
    }
  }

  @Test
  default void aDoorThatSomebodyElseMovedIsLeftAlone() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      ConnectionLimitRequest close =
          new ConnectionLimitRequest(acted.identity(), -1, ConnectionLimitRequest.CLOSED);
      String name = close.database().name();
      Scene.run(acted.admin(), "ALTER DATABASE %s CONNECTION LIMIT 50".formatted(name));

      Outcome outcome = acted.as("coder").limit(close);
      Outcome stranger = acted.as("watcher").limit(close);

      assertResult(outcome, Result.REFUSED);
      assertThat(outcome.detail()).contains("no longer what you saw: 50, not -1");
      assertResult(stranger, Result.REFUSED);
      assertThat(stranger.detail()).contains("role watcher may not do it", "owner");
      assertThat(limit(acted)).isEqualTo("50");
    }
  }

  private static String limit(Acted acted) throws SQLException {
    return Scene.ask(
        acted.admin(), "SELECT datconnlimit FROM pg_database WHERE datname = current_database()");
  }

  @Test
  default void nobodyClosesADoorThatHeCouldNotOpenAgain() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      acted.role("shut_in", "LOGIN PASSWORD '%s'");
      String name = acted.identity().name();
      Scene.run(acted.admin(), "ALTER DATABASE %s OWNER TO shut_in".formatted(name));
      onlyInto(acted, name, "REVOKE CONNECT ON DATABASE %s FROM PUBLIC");
      try {
        ConnectionLimitRequest close =
            new ConnectionLimitRequest(acted.identity(), -1, ConnectionLimitRequest.CLOSED);

        Outcome outcome = acted.as("shut_in").limit(close);
        Outcome boss = acted.as(server().superuser()).limit(close);

        assertResult(outcome, Result.REFUSED);
        assertThat(outcome.detail())
            .contains("whoever sets this limit could not put it back")
            .contains("role shut_in is no superuser");
        assertResult(boss, Result.DONE);
      } finally {
        onlyInto(acted, name, "GRANT CONNECT ON DATABASE %s TO PUBLIC");
      }
    }
  }

  private static void onlyInto(Acted acted, String name, String change) throws SQLException {
    String others =
        Scene.ask(
            acted.admin(),
            "SELECT string_agg(format('%s', datname), ';') FROM pg_database WHERE datallowconn AND datname <> '%s'"
                .formatted(change.replace("%s", "%I"), name));
    Scene.run(acted.admin(), others);
  }

  private static RepairRequest repair(Acted acted) throws Exception {
    return new RepairRequest(acted.identity(), "public", 362, 361);
  }

  private static Acted dirty(TestServer server) throws Exception {
    Acted acted = Acted.upon(server);
    Scene.run(acted.admin(), "UPDATE schema_migrations SET dirty = true");
    return acted;
  }

  private static String row(Acted acted) throws SQLException {
    return Scene.ask(
        acted.admin(), "SELECT string_agg(version || ' ' || dirty, ', ') FROM schema_migrations");
  }

  @Test
  default void theDirtyRowIsRepairedOnce() throws Exception {
    try (Acted acted = dirty(server())) {
      Outcome stranger = acted.as("monitor").repair(repair(acted));
      Outcome outcome = acted.as("coder").repair(repair(acted));
      Outcome again = acted.as("coder").repair(repair(acted));

      assertResult(stranger, Result.REFUSED);
      assertThat(stranger.detail()).contains("role monitor may not do it");
      assertResult(outcome, Result.DONE);
      assertThat(outcome.detail()).isEqualTo("committed; now it says 361 clean");
      assertResult(again, Result.REFUSED);
      assertThat(again.detail())
          .isEqualTo("nothing was changed: the row is no longer what you saw: 361 clean");
      assertThat(row(acted)).isEqualTo("361 false");
    }
  }

  @Test
  default void aRowThatWasNotSeenIsNotRepaired() throws Exception {
    for (String change :
        List.of(
            "UPDATE schema_migrations SET dirty = false",
            "UPDATE schema_migrations SET version = 363",
            "INSERT INTO schema_migrations VALUES (363, true)",
            "DELETE FROM schema_migrations")) {
      try (Acted acted = dirty(server())) {
        Scene.run(acted.admin(), change);
        String before = row(acted);

        Outcome outcome = acted.as("coder").repair(repair(acted));

        assertResult(outcome, Result.REFUSED);
        assertThat(outcome.detail()).contains("no longer what you saw");
        assertThat(row(acted)).isEqualTo(before);
      }
    }
  }

  @Test
  default void nothingIsRepairedWhileSomebodyMigratesOrHoldsTheTable() throws Exception {
    for (String hold :
        List.of(
            "SELECT pg_advisory_lock(" + MigrationLock.KEY + ")",
            "SELECT pg_advisory_lock(%d)",
            "LOCK TABLE schema_migrations IN ACCESS SHARE MODE")) {
      try (Acted acted = dirty(server())) {
        Connection migrator = acted.scene().session();
        long former = MigrationLock.keyBefore25(acted.identity().name(), "public");
        Scene.run(migrator, "BEGIN; " + hold.formatted(former));

        Outcome outcome = acted.as("coder").repair(repair(acted));

        assertResult(outcome, Result.REFUSED);
        assertThat(outcome.detail()).containsAnyOf("migration lock", "holds a lock on it");
        Scene.run(migrator, "COMMIT; SELECT pg_advisory_unlock_all()");
        assertResult(acted.as("coder").repair(repair(acted)), Result.DONE);
      }
    }
  }
}
