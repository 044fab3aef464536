package dev.lockkeeper.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.kubernetes.config.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The server's clock, beside ours. */
class HeartbeatTest {
  @Test
  void theServersClockIsComparedWithOurs() throws Exception {
    try (FaultyApi faulty = new FaultyApi("{\"metadata\":{\"uid\":\"u\"}}");
        ApiServer api = faulty.api(new Credentials.Fixed(Optional.empty()))) {
      Heartbeat.Beat beat =
          new Heartbeat(api, "coder", "coder", Duration.ofSeconds(5))
              .ask(Optional.empty(), false)
              .get();
      assertThat(beat.trouble()).isEmpty();
      assertThat(beat.skew().orElseThrow().abs()).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void aClockThatIsNotShownIsNotKnown() {
    assertThat(Times.ofHeader(null)).isEmpty();
    assertThat(Times.ofHeader("half past nine")).isEmpty();
    assertThat(Times.ofHeader("Wed, 04 Mar 2026 21:05:00 GMT"))
        .contains(Instant.parse("2026-03-04T21:05:00Z"));
  }
}
