package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A wizard that was killed in the middle of an upgrade, and another one that goes on. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ResumeIT {
  @TempDir Path folder;

  private Bastion bastion;

  @BeforeEach
  void sitDown() throws IOException {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    bastion = Bastion.in(folder);
  }

  @AfterEach
  void standUp() {
    bastion.close();
  }

  @Test
  void aKilledWizardIsResumedWhereItWasAndRepeatsNothing() {
    killAfterScaleDown();
    Path world = bastion.worlds().get(0);
    Witness witness = new Witness(world);
    assertThat(witness.process().isAlive()).isTrue();

    try (Terminal terminal = bastion.lockkeeper("resume")) {
      Walk walk = Walk.wide(terminal);
      String screen =
          terminal.awaits("│ 3.3 Wait until it is drained", "! bring back 3 replicas", "PRACTICE");
      assertThat(screen).contains("✔ 3.2 Scale down");
      walk.goOn("3.3 Wait until it is drained  ✔ done");
      terminal.awaits("│ 4.1 Choose who upgrades", "choose one of 3");

      assertThat(witness.writesBy("operator"))
          .singleElement()
          .satisfies(scale -> assertThat(scale.path()).contains("/deployments/coder/scale"));
      assertThat(kinds(world)).containsSubsequence(Kind.INTENDED, Kind.DONE, Kind.RESUMED);
      assertThat(Witness.journal(world.resolve("runs")))
          .filteredOn(entry -> entry.kind() == Kind.INTENDED)
          .extracting(Entry::step)
          .containsExactly("2.2", "3.2");

      walk.leave();
      assertThat(terminal.exitCode()).isZero();
      assertThat(bastion.worlds()).isEmpty();
    }
  }

  private void killAfterScaleDown() {
    try (Terminal terminal = bastion.lockkeeper("practice", "--pace", "3")) {
      Walk walk = Walk.wide(terminal);
      terminal.awaits("1.1 Know what is installed");
      bastion.witness(terminal).endBuilds();
      walk.prepare();
      walk.chooseZero();
      walk.scaleDown();
      terminal.awaits("3.2 Scale down  ✔ done");
      terminal.program().destroyForcibly();
      assertThat(terminal.exitCode()).isEqualTo(128 + 9);
    }
  }

  private static List<Kind> kinds(Path world) {
    return Witness.journal(world.resolve("runs")).stream().map(Entry::kind).toList();
  }
}
