package dev.lockkeeper.e2e;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A practice world that is kept up in a terminal of its own, for any client to enter.
 *
 * @param terminal where it is served
 * @param kubeconfig as it printed it
 * @param databaseUrl as it printed it, with its password
 * @param charts the chart repository of its own, as the command has it that it printed
 */
record ServedWorld(Terminal terminal, Path kubeconfig, String databaseUrl, String charts)
    implements AutoCloseable {
  private static final Pattern PRINTED =
      Pattern.compile(
          "export KUBECONFIG=(\\S+)\\s+export CODER_PG_CONNECTION_URL='(\\S+)'"
              + ".*lockkeeper upgrade .*--helm-repository (\\S+)",
          Pattern.DOTALL);

  /** Wide enough that no line of what it prints is broken. */
  private static final int COLUMNS = 300;

  /** Makes the usual one and waits until it can be entered. */
  static ServedWorld start(Bastion bastion, int pace) {
    return start(bastion, "upgrade", pace);
  }

  /** Makes one and waits until it can be entered. */
  static ServedWorld start(Bastion bastion, String scenario, int pace) {
    Terminal terminal =
        bastion.lockkeeper(
            COLUMNS, 50, "practice", scenario, "--serve", "--pace", String.valueOf(pace));
    Matcher printed =
        PRINTED.matcher(terminal.awaits("The practice world is up", "Ctrl-C ends it"));
    if (!printed.find()) {
      throw new AssertionError("no way into it was printed\n" + terminal.screen());
    }
    return new ServedWorld(terminal, Path.of(printed.group(1)), printed.group(2), printed.group(3));
  }

  /** The words of the upgrade that it printed, and these. */
  String[] upgrade(String... more) {
    return Stream.concat(
            Stream.of("upgrade", "--to", "v2.29.3", "--helm-repository", charts), Stream.of(more))
        .toArray(String[]::new);
  }

  Witness witness() {
    return new Witness(kubeconfig.getParent());
  }

  /** Interrupts it, as its last line says. */
  int stop() {
    terminal.press("C-c");
    return terminal.exitCode();
  }

  @Override
  public void close() {
    terminal.close();
  }
}
