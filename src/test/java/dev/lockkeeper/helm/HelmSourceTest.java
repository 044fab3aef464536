package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.ValuesFile;
import dev.lockkeeper.trust.ProcessName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of files and runs as long as somebody looks. */
class HelmSourceTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final AtomicReference<Observed<Helm>> seen =
      new AtomicReference<>(Observed.notYet(Instant.now()));

  private HelmSource looking() throws IOException {
    return new HelmSource(HelmRunsTest.desk(directory, "true"), seen::set);
  }

  private Optional<Helm> helm() {
    return seen.get().value();
  }

  private Path run(String name, Map<String, String> started, Map<String, String> ended)
      throws IOException {
    Path path = Files.createDirectories(directory.resolve("runs").resolve(name));
    RunFolder folder = new RunFolder(path);
    RunFolder.secret(folder.values(), "password: canary");
    RunFolder.secret(folder.kubeconfig(), "token: canary");
    folder.write(RunFolder.REQUEST, Map.of("digest", "d" + name));
    folder.write(RunFolder.STARTED, started);
    if (!ended.isEmpty()) {
      folder.write(RunFolder.ENDED, ended);
    }
    return path;
  }

  private static Map<String, String> by(ProcessName keeper) {
    return Map.of("keeper", keeper.toString(), "at", Instant.now().toString());
  }

  /** Whose pid was given to another process since. */
  private static final ProcessName GONE = new ProcessName(1, 1);

  private static Map<String, String> end(String status) {
    return Map.of("status", status, "stage", "helm", "at", Instant.now().toString());
  }

  @Test
  void whatIsEditedIsSeenWithinSeconds() throws IOException {
    Path file = Files.createDirectories(directory.resolve("runs")).resolve("values-3.yaml");
    Files.writeString(file, "coder: {replicaCount: 3}");
    try (HelmSource source = looking()) {
      await().atMost(LONG).until(() -> replicas().equals(Optional.of(3)));
      Files.writeString(file, "coder: {replicaCount: 12}");
      await().atMost(Duration.ofSeconds(60)).until(() -> replicas().equals(Optional.of(12)));
      Files.writeString(file, "coder: {");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> helm().flatMap(Helm::values).filter(each -> !each.usable()).isPresent());
      assertThat(source).isNotNull();
    }
  }

  private Optional<Integer> replicas() {
    return helm()
        .flatMap(Helm::values)
        .filter(ValuesFile::usable)
        .map(each -> each.values().replicas());
  }

  @Test
  void secretsOfRunsThatAreOverAreRemovedAtTheStartAndThoseOfOthersNot() throws IOException {
    Path ended = run("1", by(GONE), end("0"));
    Path vanished = run("2", by(GONE), Map.of());
    Path working = run("3", by(ProcessName.of(ProcessHandle.current().pid())), Map.of());
    Path newest = run("4", by(GONE), Map.of());
    Path look = Files.createDirectories(directory.resolve("runs/look-123"));
    try (HelmSource source = looking()) {
      assertThat(source).isNotNull();
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                for (Path each : new Path[] {ended, vanished, newest}) {
                  assertThat(each.resolve("values.yaml")).doesNotExist();
                  assertThat(each.resolve("kubeconfig")).doesNotExist();
                  assertThat(each.resolve("request")).exists();
                }
                assertThat(look).doesNotExist();
              });
      assertThat(working.resolve("values.yaml")).exists();
      assertThat(working.resolve("kubeconfig")).exists();
    }
  }

  @Test
  void aNoteThatMakesNoSenseIsToldAndLookedAtAgain() throws IOException {
    Path run = run("1", by(GONE), end("nonsense"));
    try (HelmSource source = looking()) {
      assertThat(source).isNotNull();
      await()
          .atMost(LONG)
          .until(() -> seen.get().reason().startsWith("helm's runs cannot be read: "));
      new RunFolder(run).write(RunFolder.ENDED, end("1"));
      await()
          .atMost(LONG)
          .until(() -> helm().flatMap(Helm::run).filter(each -> !each.succeeded()).isPresent());
    }
  }
}
