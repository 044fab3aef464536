package dev.lockkeeper.worlds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {
  private static final WorldOptions FAST = WorldOptions.defaults().withPace(20);

  @TempDir Path root;

  @Test
  void aWorldIsEnteredHeldResumedAndLeftWithoutATrace() throws Exception {
    List<String> progress = new CopyOnWriteArrayList<>();
    WorldClient client = WorldClient.start(WorldClient.newDirectory(), FAST);
    Path directory = client.directory();
    try {
      client.awaitReady(progress::add);
      client.hold();
      ProcessHandle process = process(directory);

      assertThat(progress).anyMatch(line -> line.startsWith("starting the replicas"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      assertThat(deployment(client).getStatus().getReadyReplicas()).isEqualTo(3);
      assertThat(client.databaseUrl()).startsWith("postgres://coder:");
      assertThat(client.requests()).isNotEmptyFile();

      client.close();
      WorldClient resumed = WorldClient.attach(directory);
      assertThat(process.isAlive()).isTrue();
      List<ProcessHandle> children = process.descendants().toList();
      assertThat(children).isNotEmpty();

      resumed.leave();

      assertThat(directory).doesNotExist();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !process.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
      assertThatThrownBy(() -> WorldClient.attach(directory)).isInstanceOf(IOException.class);
    } finally {
      killIfAlive(directory);
    }
  }

  @Test
  void aWorldThatNobodyHoldsEndsByItself() throws Exception {
    WorldClient client =
        WorldClient.start(root.resolve("world"), FAST.withGrace(Duration.ofSeconds(1)));
    try {
      client.awaitReady(line -> {});
      client.hold();
      Thread.sleep(1500);
      assertThat(client.directory()).exists();

      client.close();

      await().atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(client.directory()));
    } finally {
      killIfAlive(client.directory());
    }
  }

  /** Nothing is put where nobody said, and a socket has no room below a long name. */
  @Test
  void aFolderWithALongNameIsRefusedOrPassedOver() throws Exception {
    Path far = Files.createDirectories(root.resolve("x".repeat(80)));
    assertThatThrownBy(() -> WorldFiles.fresh(far))
        .hasMessageContaining(far + " has too long a name for the socket")
        .hasMessageContaining("XDG_RUNTIME_DIR");
    assertThat(far).isEmptyDirectory();
    assertThat(WorldFiles.root(Map.of("XDG_RUNTIME_DIR", far.toString()))).isNotEqualTo(far);
  }

  @Test
  void whatAKilledWorldLeavesIsSweptAndALivingOneIsNot() throws Exception {
    Path dead = Files.createDirectory(root.resolve(WorldFiles.prefix() + "dead"));
    Path living = Files.createDirectory(root.resolve(WorldFiles.prefix() + "living"));
    Path other = Files.createDirectory(root.resolve("something-else"));
    Files.writeString(dead.resolve("pid"), "999999999 2026-01-01T00:00:00Z\n");
    Files.writeString(living.resolve("pid"), WorldFiles.name(ProcessHandle.current()) + "\n");

    WorldClient.sweep(root);

    assertThat(dead).doesNotExist();
    assertThat(living).exists();
    assertThat(other).exists();
  }

  @Test
  void aWorldThatCannotBeMadeSaysWhyAndLeavesNothing() throws Exception {
    WorldClient client =
        WorldClient.start(root.resolve("world"), FAST.withScenario("no-such-scenario"));

    assertThatThrownBy(() -> client.awaitReady(line -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("there is no scenario \"no-such-scenario\"");
    assertThat(client.directory()).doesNotExist();
  }

  private static Deployment deployment(WorldClient client) {
    Config config = Config.fromKubeconfig(new File(client.kubeconfig().toString()));
    try (KubernetesClient kubernetes = new KubernetesClientBuilder().withConfig(config).build()) {
      return kubernetes.apps().deployments().inNamespace("coder").withName("coder").get();
    }
  }

  private static ProcessHandle process(Path directory) throws IOException {
    String pid = Files.readString(directory.resolve("pid")).split(" ")[0];
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static void killIfAlive(Path directory) throws IOException {
    if (Files.exists(directory.resolve("pid"))) {
      process(directory).destroyForcibly();
    }
  }
}
