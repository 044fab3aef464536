package dev.lockkeeper.postgres;

import static dev.lockkeeper.postgres.Acted.assertResult;
import static dev.lockkeeper.postgres.Acted.lives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** The operating system gives a process id to somebody else: forced here, not waited for. */
class PidReuseTest {
  @Test
  void whoeverGotTheProcessIdOfAnEndedSessionLives() throws Exception {
    assumeTrue(PidSpace.allowed(), "this machine allows no process namespace of our own");
    try (StoppableServer server = StoppableServer.create()) {
      PidSpace space = PidSpace.open();
      server.resumeIn(space);
      try (Acted acted = Acted.upon(server.access())) {
        Connection victim = acted.scene().session();
        int pid = Scene.pid(victim);
        EndRequest request = acted.end(Grounds.DATABASE, victim);
        victim.close();
        await().until(() -> !acted.there(pid));
        space.nextPid(pid);
        Connection innocent = acted.scene().session();
        assertThat(Scene.pid(innocent)).as("the same process id").isEqualTo(pid);

        Outcome outcome = acted.as(server.access().superuser()).end(request);

        assertResult(outcome, Result.DONE);
        assertThat(outcome.detail()).isEqualTo(pid + " coder: gone already");
        assertThat(lives(innocent)).isTrue();
        assertThat(acted.as("coder").end(acted.end(Grounds.DATABASE, innocent)).detail())
            .isEqualTo(pid + " coder: ended");
      }
    }
  }
}
