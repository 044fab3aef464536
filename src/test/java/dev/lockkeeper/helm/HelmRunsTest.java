package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.UpgradeRequest;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.HelmRun.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  static HelmDesk desk(Path directory, String script) throws IOException {
    Path helm = directory.resolve("helm");
    Files.writeString(
        helm,
        """
        #!/bin/sh
        case "$1" in
        history) cat "%1$s/revision" ;;
        get) echo 'password: %2$s' ;;
        upgrade) %3$s ;;
        esac
        """
            .formatted(directory, SECRET, script));
    Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(directory.resolve("revision"), "[{\"revision\":3,\"status\":\"deployed\"}]");
    return new HelmDesk(
        Optional.of(new HelmProgram(Optional.of(helm))),
        directory.resolve("runs"),
        "https://charts.example.invalid",
        "2.29.3",
        Optional.empty(),
        () -> "{\"token\":\"" + SECRET + "\"}");
  }

  static UpgradeRequest request() {
    return new UpgradeRequest(
        new HelmRequest.Place("prod", "coder", "coder", 3),
        new UpgradeRequest.Chart("https://charts.example.invalid", "coder", "2.29.3"),
        new UpgradeRequest.Values(3, Optional.empty(), Optional.of(1), Optional.empty(), "", false),
        new HelmRequest.Seen("coder", "uid", 7, 0, "coder:v2.26.6"),
        1,
        Optional.of(3));
  }

  private HelmRun newest() throws IOException {
    return HelmSource.run(RunFolder.newest(directory.resolve("runs")).orElseThrow());
  }

  @Test
  void whatHelmDoesIsDoneAndItsOutputKept() throws IOException {
    Outcome outcome = runs("echo upgraded; echo url postgres://me:pass@db/x").run(request());
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
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

  @Test
  void withoutSetsidNothingIsStarted() throws IOException {
    Outcome outcome =
        new HelmRuns(desk(directory, "true"), directory.resolve("empty").toString()).run(request());
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("setsid");
    assertThat(directory.resolve("runs/1")).doesNotExist();
  }

  @Test
  void whatIsSecretIsPrivateWhileItIsNeededAndGoneAfterwards() throws IOException {
    String script =
        "stat -c '%a %n' values.yaml kubeconfig .; cat values.yaml; tr '\\0' ' ' < /proc/$PPID/cmdline";
    runs(script).run(request());
    Path folder = directory.resolve("runs/1");
    List<String> printed = Files.readAllLines(folder.resolve("output"));
    assertThat(printed).startsWith("600 values.yaml", "600 kubeconfig", "700 .");
    assertThat(printed.get(3)).isEqualTo("password: " + SECRET);
    assertThat(printed.get(4)).contains(Keeper.class.getName()).doesNotContain(SECRET);
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
    Thread wizard = new Thread(() -> runs.run(request()));
    wizard.start();
    // The one before it fetched the values, and is gone by now.
    await().atMost(LONG).until(() -> Files.exists(upgrading) && helm().alive());
    kill("KILL", newest().pid());
    assertThat(newest().state()).isEqualTo(State.RUNNING);
    Files.createFile(go);
    await().atMost(LONG).until(() -> started(State.VANISHED));
    assertThat(newest().status()).isEmpty();
    wizard.join();
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
