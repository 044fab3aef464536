package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockkeeper.helm.HelmProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What an operator does with a helm beside the wizard.
 *
 * @param program which helm
 * @param place where
 * @param directory where it may write
 */
record HelmByHand(HelmProgram program, HelmPlace place, Path directory) {
  private static final int PATIENCE_SECONDS = 60;

  /** The bundled one; the test is skipped where it cannot run. */
  static HelmProgram bundled() {
    Optional<HelmProgram> program = HelmProgram.bundled();
    assumeThat(program).isPresent();
    return program.get();
  }

  /**
   * What {@code lockkeeper.test.helm} names, or the first in PATH; the test is skipped where there
   * is none.
   */
  static HelmProgram own() {
    Optional<Path> named =
        Optional.ofNullable(System.getProperty("lockkeeper.test.helm"))
            .map(Path::of)
            .or(() -> HelmProgram.find(System.getenv()).flatMap(HelmProgram::path));
    assumeThat(named).isPresent();
    return new HelmProgram(named);
  }

  /** Installs the older chart. */
  void install(String release, String values) throws IOException, InterruptedException {
    ends(0, chart("install", release, SmallChart.OLD, values));
  }

  /** Upgrades to the newer chart. */
  void upgrade(String release, String values) throws IOException, InterruptedException {
    ends(0, chart("upgrade", release, SmallChart.NEW, values));
  }

  /** Upgrades, and waits in vain until the time is over. */
  void upgradeInVain(String release, String values) throws IOException, InterruptedException {
    List<String> words = chart("upgrade", release, SmallChart.NEW, values);
    words.addAll(List.of("--wait", "--timeout", "2s"));
    ends(1, words);
  }

  /** Upgrades, and waits for what does not come; to be killed. */
  Process upgradeWithoutEnd(String release, String values) throws IOException {
    List<String> words = chart("upgrade", release, SmallChart.NEW, values);
    words.addAll(List.of("--wait", "--timeout", "300s"));
    return start(words, directory.resolve("endless.txt"));
  }

  void uninstall(String release) throws IOException, InterruptedException {
    ends(0, located(new ArrayList<>(List.of("uninstall", release))));
  }

  private List<String> chart(String verb, String release, String version, String values)
      throws IOException {
    Path file = Files.writeString(directory.resolve(release + ".values.yaml"), values);
    Path chart = SmallChart.unpacked(version, directory);
    List<String> words = new ArrayList<>(List.of(verb, release, chart.toString()));
    words.addAll(List.of("--values", file.toString()));
    return located(words);
  }

  private List<String> located(List<String> words) {
    words.addAll(List.of("--namespace", place.namespace()));
    words.addAll(List.of("--kubeconfig", place.kubeconfig().toString()));
    return words;
  }

  private void ends(int code, List<String> words) throws IOException, InterruptedException {
    Path output = directory.resolve("helm.txt");
    Process helm = start(words, output);
    boolean ended = helm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    helm.destroyForcibly().waitFor();
    assertThat(ended).as(String.join(" ", words)).isTrue();
    assertThat(helm.exitValue()).as(Files.readString(output)).isEqualTo(code);
  }

  private Process start(List<String> words, Path output) throws IOException {
    List<String> all = new ArrayList<>(program.path().map(this::own).orElseGet(this::library));
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("HOME", directory.toString());
    return builder.start();
  }

  private List<String> own(Path path) {
    return List.of(path.toString());
  }

  private List<String> library() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
        "-Djava.io.tmpdir=" + directory,
        "-cp",
        System.getProperty("java.class.path"),
        LibraryHelm.class.getName());
  }
}
