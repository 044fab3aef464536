package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A probe that kills the migrating pod is taken out and put back, by keys. */
class ProbesIT {
  @TempDir Path folder;

  @Test
  void theProbeIsTakenOutAtZeroReplicasAndPutBackExactly() throws Exception {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    try (Bastion bastion = Bastion.in(folder);
        Terminal terminal = bastion.lockkeeper("practice", "probe-kills", "--pace", "60")) {
      Walk walk = Walk.wide(terminal);
      Recovery keys = new Recovery(walk);
      terminal.awaits("1.1 See which probes there are", "PRACTICE");
      Witness witness = new Witness(bastion.worlds().get(0));
      witness.endBuilds();
      Deployment before = witness.deployment();

      walk.read("1.1 See which probes there are");
      walk.read("1.2 See what Kubernetes did");
      walk.read("1.3 Read the log of before the restart");
      walk.read("1.4 Is Kubernetes killing the migrating pod?");
      walk.read("1.5 Or does it come from something else?");
      keys.choose("2.1 Choose what happens to the probe", "Take it out for the migration");
      walk.beTheOnlyOperator("2.2");
      walk.read("3.1 See what old ReplicaSets still hold");
      keys.choose("3.2 Choose how far to scale down", "Scale to zero (recommended for an edit)");
      keys.waiveAndConfirm("3.3 Scale to zero");
      keys.waiveAndConfirm("4.1 Take the liveness probe out");
      assertThat(witness.deployment().getSpec().getReplicas()).isZero();
      assertThat(container(witness.deployment()).getLivenessProbe()).isNull();
      keys.waiveAndConfirm("5.1 Start the pod that migrates");
      walk.goOn("5.2 Watch it commit  ✔ done");
      walk.goOn("5.3 See it healthy  ✔ done");
      keys.endOrPass("6.1 Scale back");
      keys.choose("6.3 Choose whether the probe comes back", "Put it back");
      keys.waiveAndConfirm("6.4 Put the liveness probe back");

      Deployment after = witness.deployment();
      assertThat(after.getSpec()).isEqualTo(before.getSpec());
      assertThat(after.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
      assertThat(witness.ask("SELECT version || ' ' || dirty FROM schema_migrations"))
          .containsExactly("401 false");
      assertThat(witness.writesBy("operator")).hasSize(4).allMatch(write -> write.code() == 200);
      walk.leave();
      assertThat(terminal.exitCode()).isZero();
    }
  }

  private static io.fabric8.kubernetes.api.model.Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
  }
}
