package dev.lockkeeper.kubernetes.config;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.config.Credentials.CredentialException;
import dev.lockkeeper.snapshot.Masked;
import dev.lockkeeper.trust.Trusted;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A credential plugin such as {@code aws eks get-token}: a program that is run with its arguments
 * as they stand (no shell ever sees them), without input, and for no longer than its time limit or
 * this program.
 *
 * @param command the program and its arguments
 * @param environment its whole environment
 * @param hint what the kubeconfig says about installing it; may be empty
 * @param limit how long it may take
 */
record ExecPlugin(
    List<String> command, Map<String, String> environment, String hint, Duration limit) {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int LONGEST_OUTPUT = 1 << 20;
  private static final String GROUP = "client.authentication.k8s.io/";
  private static final JsonMapper JSON = new JsonMapper();

  ExecPlugin {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The plugin of the target's user. */
  static ExecPlugin of(KubeContext target, Map<String, String> environment)
      throws ClusterException {
    Path file = target.user().orElseThrow().file();
    ExecConfig exec = target.user().orElseThrow().value().getExec();
    check(exec, target.context(), file);
    trust(target.context(), file);
    List<String> command = new ArrayList<>();
    command.add(program(exec.getCommand(), file));
    command.addAll(exec.getArgs());
    Map<String, String> whole = new HashMap<>(environment);
    exec.getEnv().forEach(variable -> whole.put(variable.getName(), variable.getValue()));
    whole.put("KUBERNETES_EXEC_INFO", info(exec, target));
    String hint = exec.getInstallHint() == null ? "" : exec.getInstallHint().strip();
    return new ExecPlugin(command, whole, hint, LIMIT);
  }

  private static void check(ExecConfig exec, String context, Path file) throws ClusterException {
    String where = "The credential plugin of context %s in %s".formatted(context, file);
    if (exec.getCommand() == null || exec.getCommand().isBlank()) {
      throw new ClusterException(where + " names no command: correct the kubeconfig.");
    }
    String version = String.valueOf(exec.getApiVersion());
    if (!version.equals(GROUP + "v1") && !version.equals(GROUP + "v1beta1")) {
      throw new ClusterException(
          "%s has the apiVersion %s: %sv1 or v1beta1 is needed.".formatted(where, version, GROUP));
    }
    if ("Always".equals(exec.getInteractiveMode())) {
      throw new ClusterException(
          where + " wants to ask questions at a terminal: log in first, or use another context.");
    }
  }

  /** Who may write the kubeconfig chooses what is run. */
  private static void trust(String context, Path file) throws ClusterException {
    try {
      Trusted.oursOrRoots(file);
    } catch (IOException e) {
      throw new ClusterException(
          "The credential plugin of context %s is not run: %s.".formatted(context, e.getMessage()));
    }
  }

  /** As kubectl does: a name is looked up in PATH, a relative path starts at the kubeconfig. */
  private static String program(String command, Path kubeconfig) {
    return command.contains("/") ? kubeconfig.resolveSibling(command).toString() : command;
  }

  private static String info(ExecConfig exec, KubeContext target) throws ClusterException {
    Cluster cluster = target.cluster().value();
    ObjectNode info = JSON.createObjectNode();
    info.put("apiVersion", exec.getApiVersion()).put("kind", "ExecCredential");
    ObjectNode spec = info.putObject("spec").put("interactive", false);
    if (Boolean.TRUE.equals(exec.getProvideClusterInfo())) {
      ObjectNode about = spec.putObject("cluster").put("server", cluster.getServer());
      optional(about, "tls-server-name", cluster.getTlsServerName());
      optional(about, "certificate-authority-data", target.certificateAuthority().orElse(null));
      optional(about, "proxy-url", cluster.getProxyUrl());
      if (Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify())) {
        about.put("insecure-skip-tls-verify", true);
      }
      cluster.getExtensions().stream()
          .filter(extension -> (GROUP + "exec").equals(extension.getName()))
          .findFirst()
          .ifPresent(extension -> about.set("config", JSON.valueToTree(extension.getExtension())));
    }
    return info.toString();
  }

  private static void optional(ObjectNode node, String field, String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  /**
   * Runs it and waits for its answer.
   *
   * @throws CredentialException when it does not start, fails, takes too long, or answers nothing
   *     that can be used; with the last line that it wrote to standard error
   */
  ExecCredential run() {
    Process process = start();
    Thread atTheEnd = new Thread(() -> end(process), "credential-plugin-end");
    remember(atTheEnd);
    CompletableFuture<String> output = read(process.getInputStream());
    CompletableFuture<String> errors = read(process.getErrorStream());
    try {
      process.getOutputStream().close();
      long deadline = System.nanoTime() + limit.toNanos();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure("did not answer within " + limit.toSeconds() + " s", "");
      }
      String text =
          output.get(Math.max(100_000_000, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (process.exitValue() != 0) {
        throw failure("failed with exit status " + process.exitValue(), lastLine(errors));
      }
      return ExecCredential.parse(text)
          .orElseThrow(() -> failure("answered no usable credential", lastLine(errors)));
    } catch (TimeoutException | ExecutionException | IOException e) {
      throw failure("did not close its output", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was interrupted", "");
    } finally {
      end(process);
      forget(atTheEnd);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void remember(Thread atTheEnd) {
    try {
      Runtime.getRuntime().addShutdownHook(atTheEnd);
    } catch (IllegalStateException thisIsTheEnd) {
      atTheEnd.run();
    }
  }

  private static void forget(Thread atTheEnd) {
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException thisIsTheEnd) {
      // It is at work.
    }
  }

  private Process start() {
    List<String> words = new ArrayList<>(command);
    words.set(0, program().toString());
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw absent();
    }
  }

  /** What is run: what the kubeconfig names, where nobody else could have put it. */
  private Path program() {
    String name = command.get(0);
    if (name.contains("/")) {
      return named(Path.of(name));
    }
    String path = environment.getOrDefault("PATH", "");
    return Trusted.inPath(path, name)
        .orElseThrow(
            () ->
                Trusted.passedOver(path, name)
                    .map(why -> failure("is not run", why))
                    .orElseGet(this::absent));
  }

  private Path named(Path program) {
    if (!Files.exists(program)) {
      throw absent();
    }
    try {
      Trusted.program(program);
      return program;
    } catch (IOException e) {
      throw failure("is not run", String.valueOf(e.getMessage()));
    }
  }

  private CredentialException absent() {
    return failure("cannot be started", hint.lines().findFirst().orElse("is it installed?"));
  }

  private static CompletableFuture<String> read(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (stream) {
                text.complete(
                    new String(stream.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8));
              } catch (IOException e) {
                text.completeExceptionally(e);
              }
            },
            "lockkeeper-credential-plugin");
    reader.setDaemon(true);
    reader.start();
    return text;
  }

  private static String lastLine(CompletableFuture<String> errors) {
    String text;
    try {
      text = errors.get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      text = "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      text = "";
    }
    // Masked as a whole: what names a secret may stand on the line before it.
    String last =
        Masked.of(text)
            .text()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .reduce("", (a, b) -> b);
    return last.length() > 300 ? last.substring(0, 300) : last;
  }

  private CredentialException failure(String what, String detail) {
    return new CredentialException(
        "The credential plugin %s %s%s"
            .formatted(command.get(0), what, detail.isEmpty() ? "." : ": " + detail));
  }

  /** Without arguments and environment, which may hold secrets. */
  @Override
  public String toString() {
    return "ExecPlugin[" + command.get(0) + "]";
  }
}
