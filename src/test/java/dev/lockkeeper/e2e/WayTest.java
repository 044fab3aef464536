package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is expected of the runs that crash follows their runbooks, though most are flown seldom. */
class WayTest {
  @Test
  void theUpgradeIsExpectedToComeToTheStepsOfTheWalkByKeys() {
    End end = CrashIT.Run.UPGRADE.end();
    assertThat(end.steps()).isEqualTo(UpgradeIT.STEPS);
    assertThat(end.intended()).containsExactly("2.2", "3.2", "4.1w", "4.2", "4.3", "6.1w", "6.1");
    assertThat(end.writes()).hasSize(6).filteredOn(it -> it.contains("livenessProbe")).hasSize(2);
  }

  @Test
  void theRecoveryIsExpectedToComeToNoStepOfAnotherChoice() {
    End end = CrashIT.Run.RECOVERY.end();
    assertThat(end.steps())
        .contains("4.9", "5.3", "7.4")
        .doesNotContain("3.6", "3.7", "5.6", "7.4i");
    assertThat(end.intended()).startsWith("2.1", "2.3", "3.2").doesNotContain("3.1", "6.0", "7.1p");
  }
}
