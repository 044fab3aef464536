package dev.lockkeeper.kubernetes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.Credentials.CredentialException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecPluginTest {
  private static final String KUBECONFIG =
      """
      current-context: c
      contexts:
      - {name: c, context: {cluster: c, user: u, namespace: coder}}
      clusters:
      - {name: c, cluster: {server: 'https://10.0.0.1:6443'}}
      users:
      - name: u
        user:
          exec:
            apiVersion: client.authentication.k8s.io/v1
            command: ./plugin
            args: ["get token", "$(touch INJECTED)", "a;b"]
            env: [{name: FLAVOUR, value: sweet}]
            provideClusterInfo: true
      """;

  @TempDir Path directory;

  @Test
  void argumentsReachThePluginAsTheyStandAndNoShellSeesThem() throws Exception {
    script("printf '%s\\n' \"$@\" > argv; cat > input; printf %s \"$FLAVOUR\" > flavour", "t");

    assertThat(fromKubeconfig().authorization()).contains("Bearer t-1");
    assertThat(directory.resolve("argv")).hasContent("get token\n$(touch INJECTED)\na;b\n");
    assertThat(directory.resolve("INJECTED")).doesNotExist();
    assertThat(directory.resolve("input")).isEmptyFile();
    assertThat(directory.resolve("flavour")).hasContent("sweet");
  }

  @Test
  void thePluginIsToldAboutTheClusterIfItWantsToBe() throws Exception {
    script("printf %s \"$KUBERNETES_EXEC_INFO\" > info", "t");
    fromKubeconfig().authorization();

    assertThat(Files.readString(directory.resolve("info")))
        .contains("\"server\":\"https://10.0.0.1:6443\"")
        .contains("\"interactive\":false");
  }

  @Test
  void whatItWritesToStandardErrorDoesNotHarmTheToken() throws Exception {
    script("echo 'a warning' >&2", "t");

    assertThat(fromKubeconfig().authorization()).contains("Bearer t-1");
  }

  @Test
  void aFailureIsToldWithTheLastLineOfStandardError() throws Exception {
    script("echo first >&2; echo 'SSO session expired' >&2; exit 3", "t");

    assertThatThrownBy(() -> fromKubeconfig().authorization())
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("exit status 3")
        .hasMessageEndingWith("SSO session expired");
  }

  @Test
  void aSecretOnALineOfItsOwnIsKnownByTheLineBefore() throws Exception {
    script("printf 'token:\\n  hunter2\\n' >&2; exit 3", "t");

    assertThatThrownBy(() -> fromKubeconfig().authorization())
        .hasMessageContaining("exit status 3")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theLastLineThatIsToldHoldsNoSecret() throws Exception {
    script("echo 'request failed, Authorization: Bearer abc.def-123' >&2; exit 3", "t");

    assertThatThrownBy(() -> fromKubeconfig().authorization())
        .hasMessageContaining("request failed")
        .hasMessageNotContaining("abc.def-123");
  }

  @Test
  void aPluginThatIsNotInstalledIsNamed() throws Exception {
    assertThatThrownBy(() -> fromKubeconfig().authorization())
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("plugin")
        .hasMessageContaining("cannot be started");
  }

  @Test
  void aPluginThatOthersCouldHaveWrittenIsNotRun() throws Exception {
    Path plugin = script("touch ran", "t");
    open(directory, "rwxr-xr-x");
    open(plugin, "rwxrwxrwx");
    assertThatThrownBy(() -> fromKubeconfig().authorization())
        .hasMessageContaining("is not run: " + plugin + " may be changed by others");
    open(plugin, "rwxr-xr-x");
    open(directory, "rwxrwxrwx");
    assertThatThrownBy(() -> fromKubeconfig().authorization())
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("is not run: " + directory + " may be changed by others");
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  /** A name without a folder is looked up in PATH, and passed over where others could plant it. */
  @Test
  void aPluginInAFolderOfPathThatOthersMayChangeIsNotRun() throws Exception {
    Path plugin = script("touch ran", "t");
    ExecPlugin named =
        new ExecPlugin(
            List.of("plugin"),
            Map.of("PATH", directory + ":/usr/bin:/bin"),
            "",
            Duration.ofSeconds(20));
    assertThat(named.run().token()).contains("t-1");
    open(directory, "rwxrwxrwx");
    Files.delete(directory.resolve("ran"));
    assertThatThrownBy(named::run)
        .as("it is there, and why it does not count is said")
        .hasMessageContaining("is not run: " + directory + " may be changed by others")
        .hasMessageNotContaining("installed");
    open(directory, "rwxr-xr-x");
    open(plugin, "rw-r--r--");
    assertThatThrownBy(named::run)
        .hasMessageContaining("is not run: " + plugin + " is no program that may be started");
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  @Test
  void aPluginOfAKubeconfigThatOthersMayWriteIsNotRun() throws Exception {
    script("touch ran", "t");
    Path file = Files.writeString(directory.resolve("config"), KUBECONFIG);
    open(directory, "rwxr-xr-x");
    open(file, "rw-rw-rw-");
    assertThatThrownBy(this::fromKubeconfig)
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("is not run: " + file + " may be changed by others");
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  @Test
  void aKubeconfigInAPracticeFolderRunsNothing() throws Exception {
    script("touch ran", "t");
    Path file = Files.writeString(directory.resolve("config"), KUBECONFIG);
    ClusterOptions inWorld =
        new ClusterOptions(Optional.of(file), Optional.empty(), Optional.empty(), "coder", false);
    assertThatThrownBy(() -> ClusterConnection.open(inWorld, System.getenv()))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("names a program to run");
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  private static void open(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aPluginThatHangsIsEndedWithItsChildren() throws Exception {
    Path file = script("echo $$ > pid; sleep 60", "t");
    ExecPlugin plugin =
        new ExecPlugin(List.of(file.toString()), System.getenv(), "", Duration.ofMillis(400));
    Instant start = Instant.now();

    assertThatThrownBy(plugin::run)
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("did not answer within");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  /** Whoever leaves while it works leaves neither it nor its children behind. */
  @Test
  void aPluginEndsWithThisProgram() throws Exception {
    Path file = script("sleep 60 & echo $$ $! > begun; mv begun pids; wait", "t");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Leaving.class.getName(),
                file.toString())
            .inheritIO()
            .start();
    assertThat(program.waitFor()).isZero();
    for (String pid : Files.readString(directory.resolve("pids")).strip().split(" ")) {
      Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(pid));
      await().until(() -> left.filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  /** A program that is left while a plugin works. */
  private static final class Leaving {
    public static void main(String[] plugin) throws InterruptedException {
      Thread asking =
          new Thread(
              new ExecPlugin(List.of(plugin[0]), System.getenv(), "", Duration.ofMinutes(1))::run);
      asking.setDaemon(true);
      asking.start();
      while (!Files.exists(Path.of(plugin[0]).resolveSibling("pids"))
          || asking.getState() != Thread.State.TIMED_WAITING) {
        Thread.sleep(20);
      }
      System.exit(0);
    }
  }

  @Test
  void theTokenIsKeptUntilItExpires() throws Exception {
    script("", "t");
    Credentials credentials = fromKubeconfig();
    credentials.authorization();

    assertThat(credentials.authorization()).contains("Bearer t-1");
    Files.writeString(directory.resolve("expires"), "2020-01-01T00:00:00Z");
    assertThat(credentials.renew("Bearer t-1")).isTrue();
    assertThat(credentials.authorization()).contains("Bearer t-3");
  }

  @Test
  void anAnswerWithoutACredentialIsAFailure() throws Exception {
    script("echo '{}'; exit 0", "t");

    assertThatThrownBy(() -> fromKubeconfig().authorization())
        .hasMessageContaining("answered no usable credential");
  }

  @Test
  void aPluginThatNeedsATerminalIsRefusedBeforeItRuns() throws Exception {
    String text =
        KUBECONFIG.replace(
            "provideClusterInfo: true", "provideClusterInfo: true\n      interactiveMode: Always");

    assertThatThrownBy(() -> credentials(text))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("wants to ask questions at a terminal");
  }

  @Test
  void nothingOfThePluginIsShown() {
    ExecPlugin plugin =
        new ExecPlugin(
            List.of("p", "--key=SECRET"), Map.of("K", "SECRET"), "", Duration.ofSeconds(1));
    ExecCredential credential =
        new ExecCredential(
            Optional.of("SECRET"), Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(plugin.toString() + credential).doesNotContain("SECRET");
  }

  private Credentials fromKubeconfig() throws Exception {
    return credentials(KUBECONFIG);
  }

  private Credentials credentials(String kubeconfig) throws Exception {
    Path file = Files.writeString(directory.resolve("config"), kubeconfig);
    ClusterOptions options =
        new ClusterOptions(Optional.of(file), Optional.empty(), Optional.empty(), "coder");
    return Credentials.of(KubeContext.find(options, Map.of()), System.getenv());
  }

  /** A plugin whose tokens are numbered, and expire as the file "expires" says. */
  private Path script(String work, String token) throws IOException {
    String text =
        """
        #!/bin/sh
        cd "$(dirname "$0")"
        %s
        n=$(($(cat runs 2>/dev/null || echo 0) + 1)); echo $n > runs
        printf '{"kind":"ExecCredential","status":{"token":"%s-%%s"' "$n"
        [ -f expires ] && printf ',"expirationTimestamp":"%%s"' "$(cat expires)"
        echo '}}'
        """
            .formatted(work, token);
    Path file = Files.writeString(directory.resolve("plugin"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
