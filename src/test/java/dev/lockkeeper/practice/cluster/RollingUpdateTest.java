package dev.lockkeeper.practice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.practice.apiserver.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingUpdateTest {
  private static RollingUpdate of(int replicas, Object surge, Object unavailable) {
    return RollingUpdate.of(
        Json.object(
            "spec",
            Json.object(
                "replicas",
                replicas,
                "strategy",
                Json.object(
                    "rollingUpdate",
                    Json.object("maxSurge", surge, "maxUnavailable", unavailable)))));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 1, 0", "3, 1, 0", "4, 1, 1", "5, 2, 1", "8, 2, 2"})
  void aQuarterRoundsUpForSurgeAndDownForUnavailability(int replicas, int surge, int unavailable) {
    assertThat(of(replicas, "25%", "25%"))
        .isEqualTo(new RollingUpdate(replicas, surge, unavailable));
  }

  @Test
  void neitherSurgeNorUnavailabilityWouldNeverEnd() {
    assertThat(of(3, 0, 0)).isEqualTo(new RollingUpdate(3, 0, 1));
  }

  @Test
  void theNewReplicaSetGrowsIntoTheSurgeOnly() {
    RollingUpdate limits = of(4, "25%", "25%");
    assertThat(limits.newSize(0, 4)).isEqualTo(1);
    assertThat(limits.newSize(1, 5)).isEqualTo(1);
    assertThat(limits.newSize(3, 4)).isEqualTo(4);
  }

  /** Editing the probe in the middle of a rollout deletes the pod that migrates. */
  @Test
  void midRolloutTheMigratingPodIsTheOneThatMayGo() {
    assertThat(of(3, "25%", "25%").removable(4, 0)).isEqualTo(1);
    assertThat(of(1, "25%", "25%").removable(2, 0)).isEqualTo(1);
    assertThat(of(3, "25%", "25%").removable(4, 1)).isZero();
  }
}
