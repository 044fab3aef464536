package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.Database;
import org.junit.jupiter.api.Test;

class StandbyTest {
  @Test
  void aStandbySaysSoAndItsLogPositionIsNotRead() throws Exception {
    try (StoppableServer server = StoppableServer.start();
        Scene scene = Scene.coder(server.access())) {
      server.stop();
      server.becomeStandby();
      server.resume();

      Database seen = scene.read();

      assertThat(seen.identity().standby()).isTrue();
      assertThat(seen.load().growth().walBytes()).isZero();
      assertThat(seen.load().growth().databaseBytes()).isPositive();
      assertThat(seen.schema().version()).contains(362L);
    }
  }
}
