package dev.lockkeeper.practice.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@link HelmProgram} as somebody.
 *
 * @param kubeconfig who and where
 * @param home where it finds repositories
 * @param directory where it may write
 */
record HelmProcess(Path kubeconfig, HelmHome home, Path directory) {
  private static final int PATIENCE_SECONDS = 120;

  /** How it ended and what it printed. */
  record Result(int code, String output) {
    List<String> lines() {
      return output.lines().toList();
    }
  }

  /** Whether there is a Helm for this machine. */
  static boolean installed() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    return linux
        && System.getProperty("os.arch").equals("amd64")
        && HelmProcess.class.getResource("/helm-linux-amd64.so") != null;
  }

  Result run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC"));
    command.add("-Dcom.marcnuri.jkube-helm.skipRemoteJar=true");
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(HelmProgram.class.getName());
    command.addAll(List.of(words));
    Path output = Files.createTempFile(directory, "helm", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("HOME", directory.toString());
    builder.environment().putAll(home.environment());
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Result(-1, Files.readString(output) + "\n(did not end)");
    }
    return new Result(process.exitValue(), Files.readString(output));
  }
}
