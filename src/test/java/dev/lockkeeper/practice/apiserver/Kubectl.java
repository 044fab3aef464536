package dev.lockkeeper.practice.apiserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real kubectl, as one user.
 *
 * @param kubeconfig who and where
 * @param home where it keeps its caches
 */
record Kubectl(Path kubeconfig, Path home) {

  /** How it ended and what it printed, on either stream. */
  record Result(int code, String output) {}

  static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "kubectl", ".txt");
    Process process = start(output, arguments);
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Result(-1, Files.readString(output) + "\n(did not end)");
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  Process start(Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("HOME", home.toString());
    return builder.start();
  }
}
