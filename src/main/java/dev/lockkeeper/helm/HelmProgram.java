package dev.lockkeeper.helm;

import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.trust.Trusted;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A helm that can be run.
 *
 * @param path where the operator's own lies; empty for the one that is bundled
 */
public record HelmProgram(Optional<Path> path) {
  /** A heap that a helm from the library does not need more of; Helm's own memory is beside it. */
  private static final String HEAP = "-Xmx96m";

  /** A program that lives for seconds earns no more back than the first compiler costs. */
  static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

  /**
   * Except where it adds up a hundred megabytes by SHA-256, which only the second compiler leaves
   * to the processor: that halves the time of a command.
   */
  private static final String EVERY_COMPILER = "-XX:TieredStopAtLevel=4";

  private static final int NATIVE_ACCESS_ASKED_FOR = 24;

  /** What a helm is not told: where to go is said by flags, and secrets are not its business. */
  private static final Pattern KEPT_BACK =
      Pattern.compile(
          "KUBECONFIG|HELM_KUBE.*|HELM_NAMESPACE|HELM_DEBUG|CODER_.*|PG.*|LOCKKEEPER_.*");

  /**
   * The operator's own helm if there is a trusted one in PATH, else the bundled one where it can
   * run.
   */
  public static Optional<HelmProgram> find(Map<String, String> environment) {
    Optional<HelmProgram> own =
        Trusted.inPath(environment.getOrDefault("PATH", ""), "helm")
            .map(file -> new HelmProgram(Optional.of(file)));
    return own.or(HelmProgram::bundled);
  }

  /** The one that is bundled, where there is a library for this machine. */
  public static Optional<HelmProgram> bundled() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return system.equals("linux") && (machine.equals("amd64") || machine.equals("x86_64"))
        ? Optional.of(new HelmProgram(Optional.empty()))
        : Optional.empty();
  }

  /** As it is shown. */
  public String name() {
    return path.map(Path::toString).orElse(Helm.BUNDLED);
  }

  /**
   * The words with which it is started.
   *
   * @param scratch a folder of its own, for what it unpacks
   */
  List<String> command(Path scratch) {
    return path.map(file -> List.of(file.toString())).orElseGet(() -> library(scratch));
  }

  private static List<String> library(Path scratch) {
    List<String> words = new ArrayList<>(java(HEAP, EVERY_COMPILER));
    words.add("-Djava.io.tmpdir=" + scratch);
    // Without this the library would look for its native part on the internet.
    words.add("-Dcom.marcnuri.jkube-helm.skipRemoteJar=true");
    if (Runtime.version().feature() >= NATIVE_ACCESS_ASKED_FOR) {
      words.add("--enable-native-access=ALL-UNNAMED");
    }
    words.add(Bundled.class.getName());
    return List.copyOf(words);
  }

  /** A Java with the classes of this program and a small heap, to be told a main class. */
  static List<String> java(String heap, String compiler) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        heap,
        "-XX:+UseSerialGC",
        compiler,
        "-cp",
        absolute(System.getProperty("java.class.path")));
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        Stream.of(classPath.split(Pattern.quote(File.pathSeparator)))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  /** Makes of this program's environment that of a helm. */
  void furnish(Map<String, String> environment, Path scratch) {
    environment.keySet().removeIf(key -> KEPT_BACK.matcher(key).matches());
    if (path.isPresent()) {
      // It has the repositories, passwords and caches that it has in the operator's own shell.
      return;
    }
    // It leaves nothing behind and finds nothing that somebody else left.
    Path cache = scratch.resolve("cache");
    environment.remove("HELM_REPOSITORY_CONFIG");
    environment.put("HELM_CACHE_HOME", cache.toString());
    environment.put("HELM_REPOSITORY_CACHE", cache.resolve("repository").toString());
    environment.put("HELM_CONFIG_HOME", scratch.resolve("config").toString());
    environment.put("HELM_DATA_HOME", scratch.resolve("data").toString());
  }
}
