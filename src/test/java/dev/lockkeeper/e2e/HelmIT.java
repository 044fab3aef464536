package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import dev.lockkeeper.practice.apiserver.RequestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the wizard lets Helm do, by keys, with the Helm that is part of it. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class HelmIT {
  private static final String TARGET = "ghcr.io/coder/coder:v2.29.3";
  private static final String SECRET = "hunter2-in-the-clear";
  private static final String BROKEN = "  bad: [1, 2\n";

  @TempDir Path folder;

  private Bastion bastion;

  @BeforeEach
  void sitDown() throws IOException {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    bastion = Bastion.in(folder).withoutHelm();
  }

  @AfterEach
  void standUp() {
    bastion.close();
  }

  @Test
  void theWizardRunsHelmUpgradeAndGivesTheValuesBack() throws IOException {
    try (Terminal terminal = bastion.lockkeeper("practice", "--pace", "4")) {
      HelmWalk helm = new HelmWalk(Walk.wide(terminal));
      Witness witness = begin(terminal);
      helm.choose();
      helm.keep();
      onlyTheOwnerReads(kept(witness));
      assertThat(Files.readString(kept(witness))).contains("replicaCount: 3", "CODER_ACCESS_URL");
      helm.goOnFromKept();
      assertThat(helm.upgrade())
          .contains("--reset-values", "coder.replicaCount=1")
          .contains("✔ image: ");
      helm.goOnFromUpgrade();
      helm.migrate();
      assertThat(told(witness))
          .containsExactly("1 superseded 2.26.6, 3 replicas", "2 deployed 2.29.3, 1 replicas");
      helm.giveBack();
      isUpgraded(witness);
      assertThat(acts(witness)).containsExactlyElementsOf(wholeWay(kept(witness)));
      saysNoSecret(witness, witness.password());
      assertThat(terminal.alarms()).as("nothing wanted an act, for nothing was wrong").isEmpty();
      leave(terminal);
    }
  }

  @Test
  void helmGoesOnWhenTheWizardIsKilledAndIsNotRunTwice() {
    Witness witness;
    try (Terminal terminal = bastion.lockkeeper("practice", "--pace", "4")) {
      HelmWalk helm = new HelmWalk(Walk.wide(terminal));
      witness = begin(terminal);
      helm.choose();
      helm.keep();
      helm.goOnFromKept();
      helm.upgrade();
      terminal.awaits(
          "helm was started", () -> !Witness.files(witness.world(), "started").isEmpty());
      terminal.program().destroyForcibly();
      assertThat(terminal.exitCode()).isEqualTo(128 + 9);
      assertThat(Witness.files(witness.world(), "ended")).as("helm still works").isEmpty();
      assertThat(acts(witness)).last().asString().startsWith("INTENDED 4.2h");
    }
    try (Terminal terminal = bastion.lockkeeper("resume")) {
      HelmWalk helm = new HelmWalk(Walk.wide(terminal));
      terminal.awaits("│ 4.2h Run helm upgrade  ✔ done", "helm ended with status 0 (run 1)");
      helm.goOnFromUpgrade();
      helm.migrate();
      assertThat(told(witness))
          .containsExactly("1 superseded 2.26.6, 3 replicas", "2 deployed 2.29.3, 1 replicas");
      helm.giveBack();
      isUpgraded(witness);
      assertThat(Witness.files(witness.world(), "request")).as("one run each").hasSize(2);
      assertThat(acts(witness))
          .filteredOn(act -> act.startsWith("INTENDED"))
          .extracting(act -> act.split(" ")[1])
          .containsExactly("2.2", "3.2", "4.1h", "4.2h", "6.1h");
      leave(terminal);
    }
  }

  /** It changed nothing yet, so nothing is lost by its end; a token and a program would be left. */
  @Test
  void aHangUpDuringTheDryRunLeavesNothingBehind() throws Exception {
    try (Terminal terminal = bastion.lockkeeper("practice", "--pace", "4")) {
      HelmWalk helm = new HelmWalk(Walk.wide(terminal));
      Witness witness = begin(terminal);
      Path runs = witness.world().resolve("runs");
      helm.choose();
      helm.keep();
      helm.goOnFromKept();
      helm.open();
      terminal.awaits(
          "Helm is asked what it would do", () -> !Witness.files(runs, "values.yaml").isEmpty());
      terminal.hangUp();
      assertThat(terminal.exitCode()).isEqualTo(128 + 1);
      assertThat(terminal.leftOver()).isEmpty();
      assertThat(started(runs)).as("no helm goes on").isEmpty();
      assertThat(bastion.lockkeeper("releases").exitCode()).as("whatever comes next").isZero();
      for (String name : List.of("kubeconfig", "values.yaml", "helm-linux-amd64.so")) {
        assertThat(Witness.files(runs, name)).as(name).isEmpty();
      }
      try (Stream<Path> left = Files.list(folder.resolve("run"))) {
        assertThat(left.map(each -> each.getFileName().toString()))
            .allMatch(name -> name.startsWith("lockkeeper-practice-"));
      }
      assertThat(told(witness)).containsExactly("1 deployed 2.26.6, 3 replicas");
      assertThat(acts(witness)).last().asString().startsWith("DONE 4.1h");
    }
  }

  /** The processes that were told of something in this folder. */
  private static List<String> started(Path folder) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  @Test
  void aRevisionThatHangsIsForgottenAndNothingThatRunsIsTouched() {
    try (ServedWorld world = ServedWorld.start(bastion, "helm-pending", 4)) {
      Bastion inside =
          bastion
              .with("KUBECONFIG", world.kubeconfig().toString())
              .with("CODER_PG_CONNECTION_URL", world.databaseUrl());
      Witness witness = world.witness();
      List<String> pods = witness.pods();
      long generation = witness.deployment().getMetadata().getGeneration();
      assertThat(told(witness))
          .containsExactly("1 deployed 2.26.6, 3 replicas", "2 pending-upgrade 2.29.3, 3 replicas");
      try (Terminal terminal = inside.lockkeeper("run", "helm-pending")) {
        Walk walk = Walk.wide(terminal);
        forget(walk);
        walk.leave();
        assertThat(terminal.exitCode()).isZero();
      }
      assertThat(told(witness)).containsExactly("1 deployed 2.26.6, 3 replicas");
      assertThat(witness.pods()).isEqualTo(pods).hasSize(3);
      assertThat(witness.deployment().getMetadata().getGeneration()).isEqualTo(generation);
      assertThat(witness.writesBy("operator"))
          .singleElement()
          .satisfies(
              write -> {
                assertThat(write.method() + " " + write.path())
                    .startsWith(
                        "DELETE /api/v1/namespaces/coder/secrets/sh.helm.release.v1.coder.v2");
                assertThat(write.code()).isEqualTo(200);
              });
      assertThat(world.stop()).isEqualTo(130);
    }
  }

  private static void forget(Walk walk) {
    walk.begins();
    walk.terminal().awaits("history: 2 pending-upgrade, 1 deployed");
    walk.read("1.1 See the release");
    walk.read("1.2 See what runs");
    walk.begin("1.3 Make sure that no helm runs", "answer", "Whom or what");
    walk.answer("Whom or what", "Ana, and the pipeline");
    walk.beTheOnlyOperator("1.4");
    walk.choose("2.1 Choose the fix", "Forget the revision");
    walk.begin("2.2 Forget the revision", "show plan", "Forget revision 2 of the release coder");
    walk.swear("practice/coder");
    walk.goOn("2.2 Forget the revision  ✔ done");
    walk.terminal().awaits("3.1 See that it serves", "revision 1 of coder says 2.26.6");
  }

  @Tag("long")
  @Test
  void aPinnedImageIsTakenOutOfTheKeptFileWhichMustBeWhole() throws IOException {
    try (Terminal terminal = bastion.lockkeeper("practice", "helm-pinned-tag", "--pace", "4")) {
      Walk walk = Walk.wide(terminal);
      HelmWalk helm = new HelmWalk(walk);
      Witness witness = begin(terminal);
      helm.choose();
      helm.keep();
      String own = Files.readString(kept(witness));
      String edited = edited(own);

      Files.writeString(kept(witness), edited + BROKEN);
      String wrong =
          terminal.awaits(
              "values-1.yaml:", "line %d, column 1: ".formatted(edited.lines().count() + 2));
      assertThat(wrong).doesNotContain(SECRET);
      helm.goOnFromKept();
      isStopped(terminal, "your values are in a file on this machine");

      Files.writeString(kept(witness), own);
      terminal.awaits("coder.image.tag is v2.26.6 in the values");
      isStopped(terminal, "the values let the image follow the chart");

      Files.writeString(kept(witness), edited);
      String question = helm.ask();
      assertThat(question)
          .contains("✔ image: ghcr.io/coder/coder:v2.26.6 → " + TARGET, "values of file ")
          .doesNotContain(SECRET);
      Files.writeString(kept(witness), edited + BROKEN);
      walk.swear("practice/coder");
      terminal.awaits("✖ fail    your values are in a file", "└ enter check not passed");
      assertThat(Witness.files(witness.world(), "request")).isEmpty();

      Files.writeString(kept(witness), edited);
      helm.upgrade();
      helm.goOnFromUpgrade();
      helm.migrate();
      helm.giveBack();
      assertThat(told(witness))
          .containsExactly(
              "1 superseded 2.26.6, 3 replicas",
              "2 superseded 2.29.3, 1 replicas",
              "3 deployed 2.29.3, 3 replicas");
      assertThat(witness.revisions().get(2).values().toString())
          .contains(SECRET)
          .doesNotContain("v2.26.6");
      assertThat(
              witness
                  .deployment()
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getContainers()
                  .get(0)
                  .getImage())
          .isEqualTo(TARGET);
      saysNoSecret(witness, SECRET);
      leave(terminal);
    }
  }

  private static String edited(String own) {
    String pin = "  image:\n    tag: v2.26.6\n";
    String first = "  env:\n";
    assertThat(own).contains(pin, first);
    return own.replace(pin, "")
        .replace(first, first + "  - name: CODER_OIDC_CLIENT_SECRET\n    value: " + SECRET + "\n");
  }

  private static void isStopped(Terminal terminal, String check) {
    terminal.awaits("│ 4.2h Run helm upgrade", check + "  MUST", "└ enter check not passed");
    terminal.press("Enter");
    assertThat(terminal.awaits("▲ wanted: " + check)).doesNotContain("esc cancel");
  }

  @Tag("long")
  @Test
  void whatIsUninstalledIsInstalledAgainFromTheKeptValues() throws IOException {
    try (Terminal terminal = bastion.lockkeeper("practice", "v1-immutable", "--pace", "4")) {
      CoderV1Walk legacy = new CoderV1Walk(Walk.wide(terminal));
      terminal.awaits("1.1 See that this is a Coder v1");
      Witness witness = bastion.witness(terminal);
      List<String> pods = witness.pods();
      legacy.prepare();
      onlyTheOwnerReads(kept(witness));
      legacy.isRefusedElsewhere("failed to replace object: field is immutable");
      legacy.uninstall();
      assertThat(witness.revisions()).isEmpty();
      assertThat(witness.pods()).isEmpty();
      legacy.install();
      assertThat(told(witness)).singleElement().asString().startsWith("1 deployed 1.25.0");
      assertThat(witness.pods()).hasSize(1).doesNotContainAnyElementsOf(pods);
      assertThat(acts(witness))
          .filteredOn(act -> act.contains(" 4."))
          .containsExactly(
              "INTENDED 4.4 helm uninstall coder, with all that it made",
              "DONE 4.4 helm uninstall coder, with all that it made",
              "INTENDED 4.5 helm install coder from coder-1.25.0",
              "DONE 4.5 helm install coder from coder-1.25.0");
      saysNoSecret(witness, witness.password());
      leave(terminal);
    }
  }

  private Witness begin(Terminal terminal) {
    terminal.awaits("1.1 Know what is installed");
    Witness witness = bastion.witness(terminal);
    witness.endBuilds();
    return witness;
  }

  private void leave(Terminal terminal) {
    Walk.wide(terminal).leave();
    assertThat(terminal.exitCode()).isZero();
    assertThat(bastion.worlds()).isEmpty();
  }

  private static Path kept(Witness witness) {
    List<Path> files = Witness.files(witness.world(), "values-1.yaml");
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static void onlyTheOwnerReads(Path file) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static List<String> told(Witness witness) {
    return witness.revisions().stream().map(HelmRecord::told).toList();
  }

  /** By database, Deployment, Helm's own record, and who wrote to the Deployment. */
  private static void isUpgraded(Witness witness) {
    assertThat(witness.ask("SELECT version || ' ' || dirty FROM schema_migrations"))
        .containsExactly("401 false");
    assertThat(told(witness))
        .containsExactly(
            "1 superseded 2.26.6, 3 replicas",
            "2 superseded 2.29.3, 1 replicas",
            "3 deployed 2.29.3, 3 replicas");
    assertThat(witness.revisions().get(2).values()).isEqualTo(witness.revisions().get(0).values());
    assertThat(witness.deployment().getSpec().getReplicas()).isEqualTo(3);
    assertThat(witness.deployment().getStatus().getReadyReplicas()).isEqualTo(3);
    assertThat(witness.deployment().getSpec().getTemplate().getSpec().getContainers())
        .singleElement()
        .satisfies(container -> assertThat(container.getImage()).isEqualTo(TARGET));
    assertThat(witness.writesBy("operator"))
        .filteredOn(HelmIT::isJsonPatch)
        .singleElement()
        .satisfies(
            write ->
                assertThat(Witness.operations(write))
                    .contains("test /spec/replicas 3", "add /spec/replicas 0"));
  }

  /** The wizard sends these alone, and Helm none. */
  private static boolean isJsonPatch(RequestLog.Entry write) {
    return write.body().filter(body -> body.isArray()).isPresent();
  }

  private static List<String> wholeWay(Path kept) {
    return List.of(
            "2.2 take the operator's lease",
            "3.2 scale deployment/coder from 3 to 0",
            "4.1h keep the values of revision 1 in " + kept,
            "4.2h helm upgrade coder to coder-2.29.3, 0 → 1 replicas",
            "6.1h helm upgrade coder to coder-2.29.3, 1 → 3 replicas")
        .stream()
        .flatMap(act -> List.of("INTENDED " + act, "DONE " + act).stream())
        .toList();
  }

  private static List<String> acts(Witness witness) {
    return Witness.journal(witness.world().resolve("runs")).stream()
        .filter(
            entry ->
                List.of(Kind.INTENDED, Kind.DONE, Kind.REFUSED, Kind.UNKNOWN)
                    .contains(entry.kind()))
        .map(entry -> entry.kind() + " " + entry.step() + " " + entry.value(Entry.SUMMARY))
        .toList();
  }

  /** Neither in the journal nor in what helm printed; and its own copies are gone. */
  private static void saysNoSecret(Witness witness, String secret) {
    Path runs = witness.world().resolve("runs");
    assertThat(Witness.read(Witness.journalFile(runs))).doesNotContain(secret);
    for (String name : List.of("output", "request", "started", "ended", "keeper.log")) {
      assertThat(Witness.files(runs, name))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Witness.read(file)).doesNotContain(secret));
    }
    assertThat(Witness.files(runs, "values.yaml")).isEmpty();
    assertThat(Witness.files(runs, "kubeconfig")).isEmpty();
  }
}
