package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import dev.lockkeeper.practice.apiserver.RequestLog;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A probe that kills the migrating pod is taken out and put back, by keys. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ProbesIT {
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/coder/deployments/coder";

  @TempDir Path folder;

  @Test
  void theProbeThatKillsIsTakenOutAtZeroReplicasAndPutBackExactly() throws Exception {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    try (Bastion bastion = Bastion.in(folder);
        Terminal terminal = bastion.lockkeeper("practice", "probe-kills", "--pace", "40")) {
      Walk walk = Walk.wide(terminal);
      Recovery keys = new Recovery(walk);
      terminal.awaits("1.1 See which probes there are", "PRACTICE", "The liveness probe kills");
      Witness witness = bastion.witness(terminal);
      Deployment before = witness.deployment();

      decide(walk, keys);
      keys.waiveAndConfirm("3.3 Scale to zero");
      assertThat(witness.deployment().getSpec().getReplicas()).isZero();
      keys.confirm("4.1 Take the liveness probe out", "Take the liveness probe out of");
      assertThat(liveness(witness.deployment())).isNull();
      keys.waiveAndConfirm("5.1 Start the pod that migrates");
      walk.goOn("5.2 Watch it commit  ✔ done");
      walk.goOn("5.3 See that it is healthy  ✔ done");
      keys.pass("6.1 Scale back");
      keys.choose("6.3 Choose whether the probe comes back", "Put it back");
      keys.confirm(
          "6.4 Put the liveness probe back", "Put the liveness probe of deployment/coder back.");
      terminal.awaits(": finished", "All steps are over", "nothing is owed");

      Deployment after = witness.deployment();
      assertThat(liveness(after)).isEqualTo(liveness(before)).isNotNull();
      assertThat(after.getSpec()).isEqualTo(before.getSpec());
      assertThat(witness.ask("SELECT version || ' ' || dirty FROM schema_migrations"))
          .containsExactly("401 false");
      onlyFourWritesWereAsked(witness);
      journalTellsIt(witness);
      walk.leave();
      assertThat(terminal.exitCode()).isZero();
      assertThat(bastion.worlds()).isEmpty();
    }
  }

  /** From the first look to how far it is scaled down. */
  private static void decide(Walk walk, Recovery keys) {
    walk.read("1.1 See which probes there are");
    walk.read("1.2 See what Kubernetes did");
    walk.read("1.3 Read the previous log");
    walk.read("1.4 Is Kubernetes killing the migrating pod?");
    walk.read("1.5 Or is it something else?");
    keys.choose("2.1 Choose what happens to the probe", "Take it out for the migration");
    walk.beTheOnlyOperator("2.2");
    walk.read("3.1 Look at old ReplicaSets");
    keys.choose("3.2 Choose how far to scale down", "Scale to zero (recommended for an edit)");
  }

  private static void onlyFourWritesWereAsked(Witness witness) {
    List<RequestLog.Entry> writes = witness.writesBy("operator");
    assertThat(writes)
        .extracting(write -> write.method() + " " + write.path().replaceAll("\\?.*", ""))
        .containsExactly(
            "PATCH " + DEPLOYMENT + "/scale",
            "PATCH " + DEPLOYMENT,
            "PATCH " + DEPLOYMENT + "/scale",
            "PATCH " + DEPLOYMENT);
    assertThat(writes).allMatch(write -> write.code() == 200);
  }

  private static void journalTellsIt(Witness witness) {
    assertThat(Witness.journal(witness.world().resolve("runs")))
        .filteredOn(entry -> entry.kind() == Kind.DONE)
        .extracting(Entry::step)
        .containsExactly("2.2", "3.3", "4.1", "5.1", "6.4");
  }

  private static Probe liveness(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getLivenessProbe();
  }
}
