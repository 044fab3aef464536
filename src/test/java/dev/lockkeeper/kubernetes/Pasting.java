package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Somebody who pastes commands into a shell whose own current context leads elsewhere.
 *
 * @param home where the shell is, and where kubectl keeps its caches
 */
record Pasting(Path home) {
  private static final String ELSEWHERE =
      """
      apiVersion: v1
      kind: Config
      current-context: elsewhere
      contexts:
      - {name: elsewhere, context: {cluster: elsewhere, user: nobody, namespace: other}}
      clusters:
      - {name: elsewhere, cluster: {server: "https://127.0.0.1:1"}}
      users:
      - {name: nobody, user: {token: none}}
      """;

  /** How a command ended and what it printed, on either stream. */
  record Result(int code, String output) {}

  static boolean possible() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
  }

  /** Runs what was pasted. */
  Result result(String command) throws IOException, InterruptedException {
    Path elsewhere = Files.writeString(home.resolve("elsewhere.yaml"), ELSEWHERE);
    Path output = home.resolve("output.txt");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", elsewhere.toString());
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Result(-1, Files.readString(output) + "\n(did not end)");
    }
    return new Result(process.exitValue(), Files.readString(output));
  }

  /** The same for a command that must do what it says. */
  String works(String command) throws IOException, InterruptedException {
    Result result = result(command);
    assertThat(result.code()).as("%s\n%s", command, result.output()).isZero();
    return result.output();
  }
}
