package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong before anything can begin is said in one sentence, with the documented exit code,
 * and leaves neither a run nor a changed terminal.
 */
class BadInputIT {
  @TempDir Path folder;

  private Bastion bastion;

  @BeforeEach
  void sitDown() throws IOException {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    bastion = Bastion.in(folder);
  }

  @AfterEach
  void standUp() {
    bastion.close();
  }

  @Test
  void aVersionThatIsNoneIsRefused() {
    refuses(64, "--to latest is no version", "upgrade", "--to", "latest");
  }

  @Test
  void aMissingKubeconfigIsNamed() {
    refuses(
        3,
        folder.resolve("none").toString(),
        "upgrade",
        "--to",
        "v2.29.3",
        "--kubeconfig",
        folder.resolve("none").toString());
  }

  @Test
  void noKubeconfigAtAllIsSaid() {
    refuses(3, "kubeconfig", "upgrade", "--to", "v2.29.3");
  }

  @Test
  void aMalformedKubeconfigIsNamed() throws IOException {
    String file = kubeconfig("clusters: [\n  - {name: practice\n");
    refuses(3, file, upgrade(file));
  }

  @Test
  void anUnknownContextIsNamed() throws IOException {
    refuses(3, "staging", upgrade(reachableAt(1), "--context", "staging"));
  }

  @Test
  void aClosedPortIsSaidToBeUnreachable() throws IOException {
    int port = closedPort();
    refuses(3, "127.0.0.1:" + port, upgrade(reachableAt(port)));
  }

  @Test
  void aDumbTerminalIsRefusedBeforeAnythingElse() throws IOException {
    bastion = bastion.with("TERM", "dumb");
    refuses(5, "TERM is \"dumb\"", upgrade(reachableAt(closedPort())));
    refuses(5, "TERM is \"dumb\"", "practice");
  }

  @Test
  void withoutATerminalItSaysHowToGetOne() throws Exception {
    Process process =
        new ProcessBuilder(bastion.command("practice"))
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(5);
    assertThat(said)
        .startsWith("lockkeeper: ")
        .contains("not both a terminal", "ssh -t")
        .hasLineCount(1);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(bastion.worlds()).isEmpty();
  }

  @Test
  void withoutAnyRunThereIsNothingToResume() {
    refuses(6, "there is no unfinished run to resume", "resume");
    refuses(6, "there is no run 'yesterday' to resume", "resume", "yesterday");
  }

  @Test
  void anUnknownScenarioIsNamed() {
    Refusal refusal = Refusal.of(bastion, "practice", "flood");
    List<String> said = refusal.said();
    assertThat(refusal.code()).isEqualTo(64);
    assertThat(refusal.leftOver()).isEmpty();
    assertThat(said.get(0)).isEqualTo("lockkeeper: there is no scenario \"flood\"; there are:");
    assertThat(said).anyMatch(line -> line.startsWith("  stuck "));
    assertThat(bastion.worlds()).isEmpty();
  }

  private void refuses(int code, String sentence, String... arguments) {
    Refusal refusal =
        code == 3 ? Refusal.inWindow(bastion, sentence, arguments) : Refusal.of(bastion, arguments);
    refusal.says(code, sentence);
    assertThat(folder.resolve("state")).isEmptyDirectory();
  }

  private static String[] upgrade(String kubeconfig, String... more) {
    List<String> words =
        new ArrayList<>(List.of("upgrade", "--to", "v2.29.3", "--kubeconfig", kubeconfig));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private String reachableAt(int port) throws IOException {
    return kubeconfig(
        """
        apiVersion: v1
        kind: Config
        current-context: there
        clusters: [{name: there, cluster: {server: "https://127.0.0.1:%d"}}]
        users: [{name: me, user: {token: not-a-token}}]
        contexts: [{name: there, context: {cluster: there, user: me, namespace: coder}}]
        """
            .formatted(port));
  }

  private String kubeconfig(String text) throws IOException {
    return Files.writeString(folder.resolve("kubeconfig"), text).toString();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
