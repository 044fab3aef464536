package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import dev.lockkeeper.practice.apiserver.RequestLog;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole upgrade by keys, from the first screen until nothing of the world is left. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class UpgradeIT {
  private static final String TARGET = "ghcr.io/coder/coder:v2.29.3";
  static final List<String> STEPS =
      List.of(
          "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "3.1", "3.1s", "3.2",
          "3.3", "4.1", "4.1w", "4.2", "4.3", "5.1", "5.2", "6.1s", "6.1w", "6.1", "6.2", "6.3",
          "6.4");

  @TempDir Path folder;

  @Test
  void theWholeUpgradeIsWalkedByKeysAndLeavesWhatItPromised() throws Exception {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    try (Bastion bastion = Bastion.in(folder);
        Terminal terminal = bastion.lockkeeper("practice", "--pace", "2")) {
      Walk walk = Walk.wide(terminal);
      terminal.awaits("1.1 Know what is installed", "PRACTICE", "v2.26.6 → v2.29.3", "Pods 3/3");
      Witness witness = bastion.witness(terminal);
      ProcessHandle world = witness.process();

      prepare(walk, terminal, witness);
      walk.chooseZero();
      scaleDown(walk, terminal);
      upgrade(walk, terminal);
      migrate(walk, terminal);
      scaleBack(walk, terminal, witness);

      databaseIsMigrated(witness);
      clusterIsUpgraded(witness.deployment());
      onlySixWritesWereAsked(witness);
      journalTellsIt(witness);

      List<ProcessHandle> inhabitants = world.descendants().toList();
      walk.leave();
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.leftOver()).isEmpty();
      assertThat(bastion.worlds()).isEmpty();
      terminal.awaits(
          "the world's processes have ended",
          () -> !world.isAlive() && inhabitants.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  private static void prepare(Walk walk, Terminal terminal, Witness witness) {
    walk.read("1.1 Know what is installed");
    walk.nameWindow();
    terminal.awaits("1.3 Look at the path", "39 migrations, 363 to 401", "api_keys");
    walk.read("1.3 Look at the path");
    terminal.awaits("1.4 See what blocks a migration", "is idle in transaction");
    walk.read("1.4 See what blocks a migration");
    terminal.awaits("no HPA, KEDA, Argo CD or Flux acts on it");
    walk.read("1.5 See what changes replicas");
    terminal.awaits("│ 1.6 Think of users", "no build is running or pending");
    witness.endBuilds();
    terminal.awaits("0 running, 0 pending");
    walk.read("1.6 Think of users and builds");
    walk.attestBackup();
    walk.beTheOnlyOperator("2.2");
    walk.lookAtHelm();
  }

  private static void scaleDown(Walk walk, Terminal terminal) {
    walk.askToScaleDown();
    terminal.awaits("--current-replicas=3", "Undo", "sessions end");
    walk.confirm("Scale deployment/coder from 3 to 0.");
    terminal.awaits("3.2 Scale down  ✔ done", "! bring back 3 replicas");
    walk.goOn("3.2 Scale down");
    terminal.awaits(
        "3.3 Wait until it is drained  ✔ done", "0 pods · 0 coderd sessions", "no pods: scaled");
    walk.goOn("3.3 Wait until it is drained");
  }

  private static void upgrade(Walk walk, Terminal terminal) {
    walk.choose("4.1 Choose who upgrades", 2, "The wizard changes the image");
    walk.begin("4.1w Give the migration", "show plan", "Change the liveness probe of");
    terminal.awaits("no pod restarts: the deployment wants 0 replicas", "patch deployment/coder");
    walk.accept("Change the liveness probe of");
    terminal.awaits("! put the liveness probe back");
    walk.goOn("4.1w Give the migration time  ✔ done");
    walk.begin("4.2 Change the version", "show plan", "Change the image of");
    terminal.awaits("--context practice", "no pod starts yet", "! bring back 3");
    walk.confirm("Change the image of deployment/coder");
    walk.goOn("4.2 Change the version  ✔ done");
    walk.begin("4.3 Start the pod", "show plan", "Scale deployment/coder from 0 to 1.");
    terminal.awaits("--current-replicas=0", "the only way back", "No undo");
    walk.swear("practice/coder");
    walk.goOn("4.3 Start the pod that migrates  ✔ done");
  }

  private static void migrate(Walk walk, Terminal terminal) {
    String flying = terminal.awaits("IN FLIGHT by pid ", "schema 362 → 401 (39)");
    assertThat(flying).containsPattern("\\(coder-[0-9a-f]+-[0-9a-z]{5}\\)");
    terminal.awaits(
        "5.1 Watch it commit  ✔ done", "COMMITTED 362 → 401", "! bring back 3 replicas");
    walk.goOn("5.1 Watch it commit");
    walk.goOn("5.2 See that it is healthy  ✔ done");
  }

  private static void scaleBack(Walk walk, Terminal terminal, Witness witness) {
    walk.read("6.1s Resume the autoscalers");
    walk.begin("6.1w Put the liveness probe", "show plan", "Change the liveness probe of");
    walk.confirm("Change the liveness probe of");
    walk.goOn("6.1w Put the liveness probe back  ✔ done");
    walk.begin("6.1 Scale back", "show plan", "Scale deployment/coder from 1 to 3.");
    walk.confirm("Scale deployment/coder from 1 to 3.");
    walk.goOn("6.1 Scale back  ✔ done");
    String well = terminal.awaits("6.2 See that all is well  ✔ done", "! tell Helm");
    // The row of the pod that was replaced with its probe may be live for a moment longer.
    assertThat(well).contains("Pods 3/3").containsPattern("\\d live rows for 3");
    walk.goOn("6.2 See that all is well");
    terminal.awaits("6.3 Tell Helm", "revision 1 of coder says 2.26.6");
    witness.hideReleases();
    walk.begin("6.3 Tell Helm", "answer", "names now");
    walk.answer("names now", "v2.29.3");
    walk.readTo("6.4 Resume GitOps");
    assertThat(terminal.awaits(": finished", "All steps are over"))
        .contains("nothing is owed")
        .doesNotContain("─ owed ─", "! bring back", "! tell Helm");
  }

  private static void databaseIsMigrated(Witness witness) {
    assertThat(witness.ask("SELECT version || ' ' || dirty FROM schema_migrations"))
        .containsExactly("401 false");
    assertThat(witness.ask("SELECT DISTINCT version FROM replicas WHERE stopped_at IS NULL"))
        .singleElement()
        .asString()
        .startsWith("v2.29.3");
  }

  private static void clusterIsUpgraded(Deployment deployment) {
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
    assertThat(deployment.getStatus().getReadyReplicas()).isEqualTo(3);
    assertThat(deployment.getSpec().getTemplate().getSpec().getContainers())
        .singleElement()
        .satisfies(container -> assertThat(container.getImage()).isEqualTo(TARGET));
  }

  private static void onlySixWritesWereAsked(Witness witness) {
    List<RequestLog.Entry> writes = witness.writesBy("operator");
    String deployment = "/apis/apps/v1/namespaces/coder/deployments/coder";
    assertThat(writes)
        .extracting(write -> write.method() + " " + write.path().replaceAll("\\?.*", ""))
        .containsExactly(
            "PATCH " + deployment + "/scale",
            "PATCH " + deployment,
            "PATCH " + deployment,
            "PATCH " + deployment + "/scale",
            "PATCH " + deployment,
            "PATCH " + deployment + "/scale");
    assertThat(writes).allMatch(write -> write.code() == 200);
    assertThat(writes)
        .allSatisfy(
            write ->
                assertThat(Witness.operations(write))
                    .anyMatch(operation -> operation.startsWith("test /metadata/uid ")));
    assertScales(writes.get(0), 3, 0);
    assertScales(writes.get(3), 0, 1);
    assertScales(writes.get(5), 1, 3);
    List<String> probes = List.of(probe(writes.get(1)), probe(writes.get(4)));
    assertThat(probes.get(0)).contains("\"failureThreshold\":360");
    assertThat(probes.get(1)).doesNotContain("\"failureThreshold\":360");
    String image = "/spec/template/spec/containers/0/image ";
    assertThat(Witness.operations(writes.get(2)))
        .contains("test " + image + "ghcr.io/coder/coder:v2.26.6", "replace " + image + TARGET)
        .anyMatch(operation -> operation.startsWith("test /metadata/generation "));
  }

  private static String probe(RequestLog.Entry write) {
    return StreamSupport.stream(write.body().orElseThrow().spliterator(), false)
        .filter(operation -> operation.path("op").asText().equals("replace"))
        .map(operation -> operation.path("value").toString())
        .findFirst()
        .orElseThrow();
  }

  private static void assertScales(RequestLog.Entry write, int from, int to) {
    assertThat(Witness.operations(write))
        .contains("test /spec/replicas " + from, "add /spec/replicas " + to)
        .hasSize(3);
  }

  private static void journalTellsIt(Witness witness) {
    Path runs = witness.world().resolve("runs");
    List<Entry> journal = Witness.journal(runs);
    assertThat(journal.get(0).kind()).isEqualTo(Kind.STARTED);
    assertThat(journal.get(journal.size() - 1).kind()).isEqualTo(Kind.FINISHED);
    assertThat(journal)
        .filteredOn(entry -> entry.kind() == Kind.COMPLETED)
        .extracting(Entry::step)
        .containsExactlyElementsOf(STEPS);
    assertThat(journal)
        .filteredOn(UpgradeIT::acts)
        .extracting(entry -> entry.kind() + " " + entry.step() + " " + entry.value(Entry.SUMMARY))
        .containsExactly(
            "INTENDED 2.2 take the operator's lease",
            "DONE 2.2 take the operator's lease",
            "INTENDED 3.2 scale deployment/coder from 3 to 0",
            "DONE 3.2 scale deployment/coder from 3 to 0",
            "INTENDED 4.1w change the liveness probe of deployment/coder",
            "DONE 4.1w change the liveness probe of deployment/coder",
            "INTENDED 4.2 change the image of deployment/coder to " + TARGET,
            "DONE 4.2 change the image of deployment/coder to " + TARGET,
            "INTENDED 4.3 scale deployment/coder from 0 to 1",
            "DONE 4.3 scale deployment/coder from 0 to 1",
            "INTENDED 6.1w change the liveness probe of deployment/coder",
            "DONE 6.1w change the liveness probe of deployment/coder",
            "INTENDED 6.1 scale deployment/coder from 1 to 3",
            "DONE 6.1 scale deployment/coder from 1 to 3");
    assertThat(Witness.read(Witness.journalFile(runs))).doesNotContain(witness.password());
  }

  private static boolean acts(Entry entry) {
    return List.of(Kind.INTENDED, Kind.DONE, Kind.REFUSED, Kind.UNKNOWN).contains(entry.kind());
  }
}
