package dev.lockkeeper.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Another user of this machine, as whom shell commands are run. Only root can become one: elsewhere
 * the test is skipped, and the skip says why.
 */
public final class AnotherUser {
  private static final String UID = "65533";

  private AnotherUser() {}

  /** Skips the test where nobody else can be become. */
  public static void isNeeded() {
    Assumptions.assumeTrue(
        canBeBecome(), "SKIPPED: only root with setpriv can act as another user of this machine");
  }

  private static boolean canBeBecome() {
    try {
      return run("true") == 0;
    } catch (IOException noSetpriv) {
      return false;
    }
  }

  /** Runs a shell script as that user, with these as $1, $2 and so on. */
  public static void does(String script, Object... words) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Object word : words) {
      texts.add(word.toString());
    }
    if (run(script, texts.toArray(String[]::new)) != 0) {
      throw new IOException("as another user: " + script);
    }
  }

  /** The same command as another user where this one is root, whom few things limit. */
  public static List<String> thanRoot(List<String> command) {
    List<String> all = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      all.addAll(List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups"));
    }
    all.addAll(command);
    return all;
  }

  private static int run(String script, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=" + UID,
                "--regid=" + UID,
                "--clear-groups",
                "sh",
                "-ec",
                "umask 022; " + script,
                "sh"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return said.isEmpty() ? code : 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
