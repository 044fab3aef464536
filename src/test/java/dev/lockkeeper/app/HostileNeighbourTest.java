package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.trust.AnotherUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others lay down where the program looks, or send by mail, runs nothing and opens nothing.
 */
class HostileNeighbourTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");

  /** In the words of credential plugins: a program that leaves a trace. */
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: there
      contexts: [{name: there, context: {cluster: c, user: u, namespace: coder}}]
      clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: "%s", interactiveMode: Never}}}]
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private Path trace;
  private Path kubeconfig;
  private Path planted;

  @BeforeEach
  void lay() throws IOException {
    trace = folder.resolve("trace");
    Path plugin = Files.writeString(folder.resolve("plugin"), "#!/bin/sh\ntouch '" + trace + "'\n");
    Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
    kubeconfig = Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG.formatted(plugin));
    environment.putAll(
        Map.of(
            "LANG", "C.UTF-8",
            "HOME", folder.toString(),
            "XDG_CONFIG_HOME", folder.resolve("config").toString(),
            "XDG_STATE_HOME", folder.resolve("state").toString()));
  }

  @AfterEach
  void clear() throws IOException {
    if (planted != null) {
      new ProcessBuilder("rm", "-rf", planted.toString()).start();
    }
  }

  @Test
  void aMailedJournalOpensNothing() throws IOException {
    Path mailed = journal(folder.resolve("mail"));
    assertThat(run("journal", "verify", mailed.toString())).isEqualTo(2);
    assertThat(said()).contains("END NOT ANCHORED", "a file alone names no cluster to ask");
    assertThat(run("journal", "show", mailed.toString())).isZero();
    assertThat(trace).doesNotExist();
  }

  /** Asked for, the cluster is; but by the operator's own kubeconfig, never by the one it names. */
  @Test
  void aMailedJournalIsAskedAboutByOnesOwnKubeconfigOnly() throws IOException {
    Path mailed = journal(folder.resolve("mail"));
    assertThat(run("journal", "verify", "--lease", mailed.toString())).isEqualTo(2);
    assertThat(said()).contains("the cluster cannot be asked", "No kubeconfig was found");
    assertThat(trace).doesNotExist();
  }

  /** The plugin is one that runs where it may, so that its absence elsewhere says something. */
  @Test
  void aRunOfOnesOwnIsAskedAboutWhereItLed() throws IOException {
    Path own = journal(folder.resolve("state/lockkeeper/runs"));
    assertThat(run("journal", "verify", Runs.name(own))).isEqualTo(2);
    assertThat(trace).exists();
  }

  @Test
  void aPlantedPracticeFolderIsNotLookedInto() throws IOException {
    AnotherUser.isNeeded();
    planted =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve(
                "lockkeeper-practice-%s-%d"
                    .formatted(System.getProperty("user.name"), System.nanoTime()));
    Path run = journal(folder.resolve("bait"));
    AnotherUser.does(
        """
        mkdir -m 755 $1; mkdir -p $1/runs/29991231-000000-coder-upgrade; echo ready > $1/ready
        echo "$2 1970-01-01T00:00:00Z" > $1/pid; echo upgrade > $1/scenario
        printf %s "$3" > $1/runs/29991231-000000-coder-upgrade/journal.jsonl
        touch $1/control.sock
        """,
        planted, ProcessHandle.current().pid(), Files.readString(run));
    assertThat(run("journal", "list")).isZero();
    assertThat(said()).doesNotContain("29991231");
    assertThat(run("journal", "verify")).isEqualTo(6);
    assertThat(run("resume")).isEqualTo(6);
    assertThat(run("resume", "29991231-000000-coder-upgrade")).isEqualTo(6);
    assertThat(trace).doesNotExist();
  }

  @Test
  void aStateFolderOfAnotherUserIsRefused() throws IOException {
    AnotherUser.isNeeded();
    planted = Files.createTempDirectory(Path.of("/tmp"), "lk-state");
    AnotherUserOwns.all(journal(planted.resolve("lockkeeper/runs")), planted);
    environment.put("XDG_STATE_HOME", planted.toString());
    assertThat(run("journal", "verify")).isEqualTo(6);
    assertThat(said()).contains("belongs to another user");
    assertThat(trace).doesNotExist();
  }

  private static final class AnotherUserOwns {
    static void all(Path journal, Path root) throws IOException {
      for (Path each = journal; each.startsWith(root); each = each.getParent()) {
        Files.setAttribute(each, "unix:uid", 65533);
      }
    }
  }

  @Test
  void aConfigurationThatDoesNotHoldStopsWhateverConnects() throws IOException {
    Path own = journal(folder.resolve("state/lockkeeper/runs"));
    Path config = Files.createDirectories(folder.resolve("config/lockkeeper"));
    Path file = Files.createSymbolicLink(config.resolve("config.yaml"), Path.of("gone.yaml"));
    assertThat(run("check", "--kubeconfig", kubeconfig.toString())).isEqualTo(78);
    assertThat(said()).contains("config.yaml", "correct or remove the link");
    assertThat(run("journal", "verify", Runs.name(own))).isEqualTo(78);
    Files.delete(file);
    Files.writeString(file, "contexts: []\n");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(run("check", "--kubeconfig", kubeconfig.toString())).isEqualTo(78);
    assertThat(said()).contains("may be changed by others");
    assertThat(trace).doesNotExist();
  }

  private Path journal(Path runs) throws IOException {
    try (JournalFile file = new Runs(runs).begin("coder-upgrade", AT)) {
      file.append(
          Entry.started(
              AT,
              "coder-upgrade",
              Map.of(
                  "deployment", "coder",
                  "namespace", "coder",
                  "kubeconfig", kubeconfig.toString())));
      return file.path();
    }
  }

  private int run(String... words) {
    out.reset();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Lockkeeper.run(
        new Start(environment, stream, stream), new PrintWriter(stream, true), words);
  }

  /** Without the breaks that the width makes. */
  private String said() {
    return String.join(" ", out.toString(StandardCharsets.UTF_8).split("\\s+"));
  }
}
