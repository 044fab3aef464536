package dev.lockkeeper.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another process that wants to hold a journal, and says how that went. */
final class HoldingProcess {
  private HoldingProcess() {}

  public static void main(String[] arguments) {
    try (JournalFile journal = JournalFile.open(Path.of(arguments[0]))) {
      System.out.print("held at line " + journal.head().lines());
    } catch (IOException e) {
      System.out.print(e.getMessage());
    }
  }

  /** What it says. */
  static String asked(Path journal) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HoldingProcess.class.getName(),
                journal.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(20, TimeUnit.SECONDS);
    return said;
  }
}
