package dev.lockkeeper.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every act on the oldest and the newest PostgreSQL, and at length on two between. */
class ActsTest {
  @Nested
  class Postgres13 extends OnVersion {
    Postgres13() {
      super(13);
    }
  }

  @Nested
  @Tag("long")
  class Postgres15 extends OnVersion {
    Postgres15() {
      super(15);
    }
  }

  @Nested
  @Tag("long")
  class Postgres17 extends OnVersion {
    Postgres17() {
      super(17);
    }
  }

  @Nested
  class Postgres18 extends OnVersion {
    Postgres18() {
      super(18);
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  private abstract static class OnVersion
      implements EndingContract,
          BystanderContract,
          TransactionContract,
          RoleContract,
          DoorContract {
    private final int version;
    private StoppableServer server;

    OnVersion(int version) {
      this.version = version;
    }

    @BeforeAll
    void start() throws Exception {
      assumeTrue(ServerBinaries.has(version), "this build has no PostgreSQL " + version);
      server = StoppableServer.startBusy(version);
    }

    @AfterAll
    void stop() throws Exception {
      if (server != null) {
        server.close();
      }
    }

    @Override
    public TestServer server() {
      return server.access();
    }
  }
}
