package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.UninstallRequest;
import dev.lockkeeper.action.UpgradeRequest;
import dev.lockkeeper.action.ValuesRequest;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.HelmRun.State;
import dev.lockkeeper.snapshot.Sha256;
import dev.lockkeeper.snapshot.ValuesFile;
import dev.lockkeeper.trust.ProcessName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of helm, which here is a script that does what the test wants, as a process of its own. */
class HelmRunsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SECRET = "canary-7f3a";

  @TempDir Path directory;

  private HelmRuns runs(String script) throws IOException {
    return new HelmRuns(desk(directory, script), System.getenv("PATH"));
  }

  /**
   * A desk with a helm of this script. Its history says revision 3, and its values hold a secret.
   */
  static HelmConfig desk(Path directory, String script) throws IOException {
    Path helm = directory.resolve("helm");
    Files.writeString(
        helm,
        """
        #!/bin/sh
        case "$1" in
        history)
          if [ -e "%1$s/absent" ]; then cat "%1$s/absent" >&2; exit 1; fi
          cat "%1$s/revision" ;;
        get)
          if [ -e "%1$s/deaf" ]; then echo 'Error: no such revision' >&2; exit 1; fi
          echo 'password: %2$s' ;;
        upgrade|uninstall) %3$s ;;
        esac
        """
            .formatted(directory, SECRET, script));
    Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(directory.resolve("revision"), "[{\"revision\":3,\"status\":\"deployed\"}]");
    return new HelmConfig(
        Optional.of(new HelmProgram(Optional.of(helm))),
        directory.resolve("runs"),
        "https://charts.example.invalid",
        "2.29.3",
        Optional.empty(),
        () -> "{\"token\":\"" + SECRET + "\"}");
  }

  static UpgradeRequest request() {
    return new UpgradeRequest(
        new HelmRequest.Place(Contexts.in("coder"), "coder", 3),
        new UpgradeRequest.Chart("https://charts.example.invalid", "coder", "2.29.3"),
        new UpgradeRequest.Values(3, Optional.empty(), Optional.of(1), Optional.empty(), "", false),
        new HelmRequest.Seen("coder", "uid", 7, 0, "coder:v2.26.6"),
        1,
        Optional.of(3));
  }

  /** The same with the operator's own file, as it is now. */
  private UpgradeRequest withFile(Path file) throws IOException {
    UpgradeRequest.Given given =
        new UpgradeRequest.Given(file.toString(), Sha256.of(Files.readAllBytes(file)).hex());
    UpgradeRequest plain = request();
    return new UpgradeRequest(
        plain.place(),
        plain.chart(),
        new UpgradeRequest.Values(
            0, Optional.of(given), Optional.of(1), Optional.empty(), "", false),
        plain.seen(),
        1,
        Optional.of(3));
  }

  private static HelmRequest.Place at(int revision) {
    return new HelmRequest.Place(Contexts.in("coder"), "coder", revision);
  }

  private ValuesRequest keeping(int revision) {
    return new ValuesRequest(at(revision), 3, directory.resolve("runs/values-3.yaml").toString());
  }

  private HelmRun newest() throws IOException {
    return HelmSource.run(RunFolder.newest(directory.resolve("runs")).orElseThrow());
  }

  @Test
  void whatHelmDoesIsDoneAndItsOutputKept() throws IOException {
    Outcome outcome = runs("echo upgraded; echo url postgres://me:pass@db/x").run(request());
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
    assertThat(outcome.parts()).containsExactly("upgraded", "url postgres://me:…@db/x");
    HelmRun run = newest();
    assertThat(run.state()).isEqualTo(State.ENDED);
    assertThat(run.succeeded()).isTrue();
    assertThat(run.lines()).containsExactly("upgraded", "url postgres://me:…@db/x");
  }

  @Test
  void helmIsToldTheConfirmedWordsAndNoOthers() throws IOException {
    runs("printf '%s|' \"$@\"").run(request());
    Path folder = directory.resolve("runs/1");
    assertThat(Files.readString(folder.resolve("output")))
        .isEqualTo(
            String.join(
                "|",
                Stream.concat(
                        request().arguments(folder.resolve("values.yaml").toString()).stream(),
                        Stream.of("--kubeconfig", folder.resolve("kubeconfig").toString(), ""))
                    .toList()));
  }

  @Test
  void anotherRevisionIsNotUpgraded() throws IOException {
    HelmRuns runs = runs("touch " + directory.resolve("upgraded"));
    Files.writeString(directory.resolve("revision"), "[{\"revision\":4}]");
    Outcome outcome = runs.run(request());
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("at revision 4 and no longer at 3");
    assertThat(directory.resolve("upgraded")).doesNotExist();
  }

  @Test
  void aFailureWithoutARevisionHasChangedNothing() throws IOException {
    Outcome outcome = runs("echo 'Error: no chart' >&2; exit 1").run(request());
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("no new revision", "no chart");
  }

  @Test
  void aFailureWithARevisionIsForTheReleaseToTell() throws IOException {
    String script =
        "echo '[{\"revision\":4}]' > %s; echo 'Error: half' >&2; exit 1"
            .formatted(directory.resolve("revision"));
    Outcome outcome = runs(script).run(request());
    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
    assertThat(outcome.detail()).contains("status 1", "half");
  }

  /** How it ended is known although nothing more can be written. */
  @Test
  void aDiskThatFillsWhileHelmWorksHidesNotHowItEnded() throws Exception {
    Path small = Files.createDirectory(directory.resolve("small"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString())
            .start();
    assumeTrue(mount.waitFor() == 0, "no small file system can be mounted by this user");
    try {
      Files.setPosixFilePermissions(small, PosixFilePermissions.fromString("rwx------"));
      HelmConfig desk =
          desk(small, "cat /dev/zero > %s/filler 2> /dev/null; exit 0".formatted(small));
      HelmRuns runs = new HelmRuns(desk, System.getenv("PATH"));
      Outcome outcome = runs.run(request());
      assertThat(outcome.detail()).isEqualTo("helm succeeded (run 1)");
      assertThat(outcome.result()).isEqualTo(Result.DONE);
      Outcome next = runs.run(request());
      assertThat(next.result()).as("nothing is begun on a full disk").isEqualTo(Result.REFUSED);
      assertThat(small.resolve("runs/2/started")).doesNotExist();
    } finally {
      new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
    }
  }

  @Test
  void withoutSetsidNothingIsStarted() throws IOException {
    Outcome outcome =
        new HelmRuns(desk(directory, "true"), directory.resolve("empty").toString()).run(request());
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("there is no setsid in PATH, so");
    assertThat(directory.resolve("runs/1")).doesNotExist();
  }

  @Test
  void aSetsidThatIsNotRunIsToldWithTheReason() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("odd"));
    Path file = Files.writeString(folder.resolve("setsid"), "");
    Outcome outcome = new HelmRuns(desk(directory, "true"), folder.toString()).run(request());
    assertThat(outcome.detail())
        .contains("that may be run (" + file + " is no program that may be started)");
  }

  @Test
  void whatIsSecretIsPrivateWhileItIsNeededAndGoneAfterwards() throws IOException {
    String script =
        "stat -c '%a %n' values.yaml kubeconfig .; cat values.yaml; tr '\\0' ' ' <"
            + " /proc/$PPID/cmdline";
    runs(script).run(request());
    Path folder = directory.resolve("runs/1");
    List<String> printed = Files.readAllLines(folder.resolve("output"));
    assertThat(printed).startsWith("600 values.yaml", "600 kubeconfig", "700 .");
    assertThat(printed.get(3)).isEqualTo("password: " + SECRET);
    assertThat(printed.get(4)).contains(HelmSupervisor.class.getName()).doesNotContain(SECRET);
    assertThat(newest().lines()).contains("password: …").noneMatch(line -> line.contains(SECRET));
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString).collect(Collectors.toSet()))
          .doesNotContain("values.yaml", "kubeconfig", "scratch");
    }
    assertThat(Files.readString(folder.resolve("request"))).doesNotContain(SECRET);
  }

  @Test
  void theRehearsalShowsWhatTheDeploymentWouldBe() throws IOException {
    String manifest =
        """
        cat <<'EOF'
        NAME: coder
        MANIFEST:
        ---
        kind: Secret
        metadata: {name: s}
        stringData: {password: canary-7f3a}
        ---
        kind: Deployment
        metadata: {name: coder}
        spec:
          replicas: 1
          template: {spec: {containers: [{name: coder, image: 'coder:v2.29.3'}]}}

        NOTES:
        Enjoy: it: all
        EOF
        """;
    Rehearsal rehearsal = runs(manifest).rehearse(request());
    assertThat(rehearsal.verdict()).isEqualTo(Rehearsal.Verdict.ACCEPTED);
    assertThat(rehearsal.lines())
        .containsExactly(
            "replicas: 0 → 1",
            "image: coder:v2.26.6 → coder:v2.29.3",
            "livenessProbe: none",
            "objects of the chart: Deployment, Secret");
    assertThat(directory.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void aChartWithoutTheDeploymentIsRefused() throws IOException {
    Rehearsal rehearsal = runs("echo 'kind: Service'").rehearse(request());
    assertThat(rehearsal.verdict()).isEqualTo(Rehearsal.Verdict.REFUSED);
    assertThat(rehearsal.lines()).singleElement().asString().contains("no deployment/coder");
  }

  @Test
  void helmOutlivesTheProgramThatStartedIt() throws Exception {
    Path go = directory.resolve("go");
    Process wizard =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartingProcess.class.getName(),
                directory.toString(),
                "while [ ! -e %s ]; do sleep 0.1; done; echo through; exit 0".formatted(go))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("wizard.log").toFile())
            .start();
    await().atMost(LONG).until(() -> started(State.RUNNING));
    HelmRun run = newest();
    ProcessHandle keeper = ProcessHandle.of(run.pid()).orElseThrow();
    wizard.destroyForcibly().waitFor();
    kill("HUP", keeper.pid());
    assertThat(keeper.isAlive()).isTrue();
    assertThat(newest().state()).isEqualTo(State.RUNNING);
    Files.createFile(go);
    await().atMost(LONG).until(() -> started(State.ENDED));
    assertThat(newest().succeeded()).isTrue();
    assertThat(newest().lines()).containsExactly("through");
  }

  @Test
  void whoeverLosesItsKeeperIsSeenToWorkAndThenToHaveVanished() throws Exception {
    Path go = directory.resolve("go");
    Path upgrading = directory.resolve("upgrading");
    HelmRuns runs =
        runs("touch %s; while [ ! -e %s ]; do sleep 0.1; done".formatted(upgrading, go));
    CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> runs.run(request()));
    // The one before it fetched the values, and is gone by now.
    await().atMost(LONG).until(() -> Files.exists(upgrading) && helm().alive());
    kill("KILL", newest().pid());
    assertThat(newest().state()).isEqualTo(State.RUNNING);
    assertThat(outcome.get(30, TimeUnit.SECONDS).result()).isEqualTo(Result.DONE);
    assertThat(outcome.get().detail()).contains("without its supervisor, and is followed");
    Files.createFile(go);
    await().atMost(LONG).until(() -> started(State.VANISHED));
    assertThat(newest().status()).isEmpty();
  }

  @Test
  void whereNobodySawTheEndItIsNotSaidThatNothingHappened() throws IOException {
    Outcome outcome = runs("kill -KILL $PPID $$").run(request());
    assertThat(outcome.result()).as(outcome.detail()).isNotEqualTo(Result.REFUSED);
  }

  @Test
  void aFileThatWasChangedSinceIsNotGivenToHelm() throws IOException {
    Path file = Files.writeString(directory.resolve("mine.yaml"), "coder: {replicaCount: 2}");
    UpgradeRequest confirmed = withFile(file);
    Files.writeString(file, "coder: {replicaCount: 9}");
    HelmRuns runs = runs("touch " + directory.resolve("upgraded"));
    Outcome outcome = runs.run(confirmed);
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).isEqualTo(file + " was changed since you confirmed");
    Files.delete(file);
    assertThat(runs.run(confirmed).result()).isEqualTo(Result.REFUSED);
    assertThat(directory.resolve("upgraded")).doesNotExist();
    assertThat(directory.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void theFileThatWasConfirmedIsGivenToHelmAsItIs() throws IOException {
    Path file = Files.writeString(directory.resolve("mine.yaml"), "coder: {replicaCount: 2}");
    Outcome outcome = runs("stat -c %a values.yaml; cat values.yaml").run(withFile(file));
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
    assertThat(newest().lines()).containsExactly("600", "coder: {replicaCount: 2}");
  }

  @Test
  void valuesThatCannotBeReadLeaveNoRunBehind() throws IOException {
    HelmRuns runs = runs("touch " + directory.resolve("upgraded"));
    Files.createFile(directory.resolve("deaf"));
    Outcome outcome = runs.run(request());
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).isEqualTo("the values could not be read: no such revision");
    assertThat(directory.resolve("upgraded")).doesNotExist();
    assertThat(directory.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void aReleaseThatIsNotThereHasNoRevision() throws IOException {
    HelmRuns runs = runs("echo installed");
    Files.writeString(directory.resolve("absent"), "Error: release: not found\n");
    assertThat(runs.run(request()).detail()).isEqualTo("the release is not there any more");
    UpgradeRequest plain = withFile(Files.writeString(directory.resolve("mine.yaml"), "{}"));
    UpgradeRequest install =
        new UpgradeRequest(
            at(0),
            plain.chart(),
            plain.values(),
            HelmRequest.Seen.none("coder"),
            1,
            Optional.empty());
    Outcome outcome = runs.run(install);
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
    Files.delete(directory.resolve("absent"));
    assertThat(runs.run(install).detail())
        .isEqualTo("the release is at revision 3 and no longer at 0");
  }

  @Test
  void anyOtherNoIsNotTakenForAReleaseThatIsGone() throws IOException {
    HelmRuns runs = runs("touch " + directory.resolve("upgraded"));
    Files.writeString(directory.resolve("absent"), "Error: Kubernetes cluster unreachable\n");
    for (int revision : List.of(0, 3)) {
      Outcome outcome =
          runs.run(new UninstallRequest(at(revision), "1.44.3", "", request().seen()));
      assertThat(outcome.result()).isEqualTo(Result.REFUSED);
      assertThat(outcome.detail())
          .isEqualTo("the release could not be asked for: Kubernetes cluster unreachable");
    }
    assertThat(directory.resolve("upgraded")).doesNotExist();
  }

  /** It deletes one object after the other before it writes down that it did. */
  @Test
  void anUninstallationThatFailedMayHaveBegun() throws IOException {
    UninstallRequest request = new UninstallRequest(at(3), "1.44.3", "", request().seen());
    Outcome outcome = runs("echo 'Error: half' >&2; exit 1").run(request);
    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
  }

  @Test
  void valuesAreKeptForNobodyElseToRead() throws IOException {
    Outcome outcome = runs("true").saveValues(keeping(3));
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
    assertThat(outcome.detail()).doesNotContain(SECRET);
    Path file = directory.resolve("runs/values-3.yaml");
    assertThat(file).hasContent("password: " + SECRET);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    ValuesFile seen = new ValuesFiles(desk(directory, "true")).look().orElseThrow();
    assertThat(seen.edited()).isFalse();
    assertThat(seen.revision()).contains(3);
  }

  @Test
  void whatSomebodyMayHaveEditedIsNotWrittenOver() throws IOException {
    HelmRuns runs = runs("true");
    runs.saveValues(keeping(3));
    Path file = Files.writeString(directory.resolve("runs/values-3.yaml"), "mine: 1");
    Outcome outcome = runs.saveValues(keeping(3));
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).isEqualTo(file + " is there already");
    assertThat(file).hasContent("mine: 1");
    assertThat(new ValuesFiles(desk(directory, "true")).look().orElseThrow().edited()).isTrue();
  }

  @Test
  void nothingIsKeptOfAnotherRevisionOrWhenItCannotBeRead() throws IOException {
    HelmRuns runs = runs("true");
    assertThat(runs.saveValues(keeping(4)).detail())
        .isEqualTo("the release is at revision 3 and no longer at 4");
    Files.createFile(directory.resolve("deaf"));
    Outcome outcome = runs.saveValues(keeping(3));
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).isEqualTo("the values cannot be read: no such revision");
    assertThat(directory.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void aHelmThatSaysNothingIsNoAnswer() throws IOException {
    HelmRuns slow =
        new HelmRuns(
            desk(directory, "exec sleep 600"), System.getenv("PATH"), Duration.ofMillis(500));
    Rehearsal rehearsal = slow.rehearse(request());
    assertThat(rehearsal.verdict()).isEqualTo(Rehearsal.Verdict.NOT_ASKED);
    assertThat(directory.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void valuesThatCannotBeReadAreNoAnswerEither() throws IOException {
    HelmRuns runs = runs("true");
    Files.createFile(directory.resolve("deaf"));
    Rehearsal rehearsal = runs.rehearse(request());
    assertThat(rehearsal.verdict()).isEqualTo(Rehearsal.Verdict.NOT_ASKED);
    assertThat(rehearsal.lines()).containsExactly("the values cannot be read: no such revision");
  }

  private ProcessName helm() throws IOException {
    RunFolder folder = RunFolder.newest(directory.resolve("runs")).orElseThrow();
    String noted = folder.read(RunFolder.STARTED).orElseThrow().getProperty("helm");
    return ProcessName.parse(noted).orElseThrow();
  }

  private boolean started(State state) throws IOException {
    Path runs = directory.resolve("runs");
    Optional<RunFolder> folder = RunFolder.newest(runs);
    return folder.isPresent()
        && folder.get().read(RunFolder.STARTED).isPresent()
        && folder.get().read(RunFolder.STARTED).get().containsKey("helm")
        && HelmSource.run(folder.get()).state() == state;
  }

  private static void kill(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }
}
