package dev.lockkeeper.helm;

import java.io.IOException;
import java.nio.file.Path;

/** A program that starts a helm, to be killed while it waits for it. */
public final class StartingProcess {
  private StartingProcess() {}

  /** Takes the directory and the script of the helm. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    new HelmRuns(HelmRunsTest.desk(directory, arguments[1]), System.getenv("PATH"))
        .run(HelmRunsTest.request());
  }
}
