package dev.lockkeeper.helm;

import dev.lockkeeper.snapshot.Masked;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a helm that changes nothing, and waits for what it says.
 *
 * @param program which helm
 * @param folder where it may leave files, which the caller removes
 */
record HelmQuery(HelmProgram program, RunFolder folder) {
  private static final int LARGEST = 16 << 20;

  /** Of what it complains about this much of the end is looked at, in characters. */
  private static final int COMPLAINT = 64 << 10;

  /**
   * What it said.
   *
   * @param status its exit status; -1 when it was not waited for any longer
   * @param out what it printed
   * @param trouble the last of what it complained about, in one line
   */
  record Said(int status, String out, String trouble) {
    /** Whether it said anything before it was given up. */
    boolean answered() {
      return status >= 0;
    }

    boolean well() {
      return status == 0;
    }
  }

  /** Runs it with these words; its output goes by files, so that none of it blocks. */
  Said run(List<String> words, Duration limit) throws IOException, InterruptedException {
    folder.makeScratch();
    Path out = folder.path().resolve("out");
    Path err = folder.path().resolve("err");
    RunFolder.secret(out, "");
    RunFolder.secret(err, "");
    List<String> all = new ArrayList<>(program.command(folder.scratch()));
    all.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(folder.path().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    program.furnish(builder.environment(), folder.scratch());
    Process helm = builder.start();
    Thread atTheEnd = new Thread(() -> forsake(helm), "lockkeeper-helm-end");
    Runtime.getRuntime().addShutdownHook(atTheEnd);
    try {
      if (!helm.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Said(-1, "", "helm said nothing for %d s".formatted(limit.toSeconds()));
      }
    } finally {
      // Nobody waits for it any more, and it changes nothing.
      helm.destroyForcibly().waitFor();
      forget(atTheEnd);
    }
    return new Said(helm.exitValue(), text(out), complaint(text(err)));
  }

  /** A hang-up ends this program where it stands: neither its helm nor the token stays behind. */
  private void forsake(Process helm) {
    try {
      helm.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
      folder.remove();
    } catch (IOException left) {
      // The next command removes it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread atTheEnd) {
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException thisIsTheEnd) {
      // It is at work.
    }
  }

  private static String text(Path file) throws IOException {
    return Files.size(file) > LARGEST
        ? ""
        : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** The trouble in the last of this; what names a secret may stand on the line before it. */
  static String complaint(String said) {
    String last = said.substring(Math.max(0, said.length() - COMPLAINT));
    return trouble(Masked.of(last).lines());
  }

  /** The last line that begins an error, or the last line at all; they are masked already. */
  static String trouble(List<String> lines) {
    List<String> said = lines.stream().filter(line -> !line.isBlank()).toList();
    String last =
        said.stream()
            .filter(line -> line.startsWith("Error: "))
            .reduce((first, second) -> second)
            .map(line -> line.substring("Error: ".length()))
            .orElseGet(() -> said.isEmpty() ? "it said nothing" : said.get(said.size() - 1));
    String line = last.strip();
    return line.length() > 300 ? line.substring(0, 300) : line;
  }
}
