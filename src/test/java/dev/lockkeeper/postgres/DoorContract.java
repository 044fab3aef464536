package dev.lockkeeper.postgres;

import static dev.lockkeeper.postgres.Acted.assertResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.SchemaTable;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What can be seen and done on any server while the database takes no new sessions. */
interface DoorContract {
  TestServer server();

  private static void close(Acted acted) throws Exception {
    assertResult(
        acted
            .as("coder")
            .limit(new ConnectionLimitRequest(acted.identity(), -1, ConnectionLimitRequest.CLOSED)),
        Result.DONE);
  }

  @Test
  default void sessionsBehindAClosedDoorCanStillBeEnded() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      Connection left = acted.scene().session();
      Connection named = acted.named("coder", "psql");
      close(acted);
      EndRequest request = acted.end(Grounds.CODERD, left, named);

      Outcome outcome = acted.as("coder").end(request);

      assertResult(outcome, Result.DONE);
      assertThat(outcome.parts().get(0)).endsWith("coder: ended");
      assertThat(outcome.parts().get(1)).contains("left alone: it is not coderd's");
      assertThat(Acted.lives(left)).isFalse();
      assertThat(Acted.lives(named)).isTrue();
    }
  }

  @Test
  default void whoComesBackToAClosedDoorSeesSessionsAndLocksAndNotTheSchema() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      int migrator = Scene.pid(acted.scene().migrator());
      Database before = acted.scene().read("monitor");
      close(acted);

      Database seen = acted.scene().read("monitor");

      assertThat(seen.identity()).isEqualTo(before.identity());
      assertThat(seen.backends()).extracting(Backend::pid).contains(migrator);
      assertThat(seen.migrationLock().holder()).contains(migrator);
      assertThat(seen.load().slots().value().orElseThrow().databaseLimit()).isZero();
      assertThat(seen.schema().state()).isEqualTo(SchemaTable.State.UNREADABLE);
      assertThat(seen.schema().detail()).contains("connection limit 0");
      assertThat(seen.replicas().reason()).contains("connection limit 0");
    }
  }

  @Test
  default void theTablesOfAnotherDatabaseAreNotTakenForOurs() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      acted.scene().oldReplica();
      close(acted);

      assertThat(acted.scene().read("monitor").locks())
          .allSatisfy(lock -> assertThat(lock.relation()).isEmpty());
    }
  }

  @Test
  default void aRoleWithoutAConnectionLeftIsNoClosedDoor() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      acted.role("crowded", "LOGIN PASSWORD '%s' CONNECTION LIMIT 0");

      assertThatThrownBy(() -> acted.scene().read("crowded"))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("has no connection left for role crowded");
    }
  }

  @Test
  default void theWatchGoesInAgainWhenTheDoorIsOpen() throws Exception {
    try (Acted acted = Acted.upon(server());
        DatabaseSource source = new DatabaseSource(acted.scene().address("coder"), Pace.normal())) {
      close(acted);
      AtomicReference<Observed<Database>> seen = new AtomicReference<>();
      source.watch(seen::set);
      await().until(() -> state(seen).equals(Optional.of(SchemaTable.State.UNREADABLE)));

      ConnectionLimitRequest open =
          new ConnectionLimitRequest(acted.identity(), ConnectionLimitRequest.CLOSED, -1);
      assertResult(acted.as("coder").limit(open), Result.DONE);

      await().until(() -> state(seen).equals(Optional.of(SchemaTable.State.READ)));
    }
  }

  private static Optional<SchemaTable.State> state(AtomicReference<Observed<Database>> seen) {
    return Optional.ofNullable(seen.get())
        .filter(Observed::isKnown)
        .flatMap(Observed::value)
        .map(database -> database.schema().state());
  }
}
