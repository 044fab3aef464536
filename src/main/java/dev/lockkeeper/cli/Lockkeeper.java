package dev.lockkeeper.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands and their options. */
@Command(
    name = "lockkeeper",
    description = "Takes you through a Coder upgrade on Kubernetes, one confirmed step at a time.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Lockkeeper.Version.class,
    footer = {
      "",
      "New here? 'lockkeeper practice' opens the same wizard in a world where nothing is anybody's."
    })
public final class Lockkeeper implements Runnable {
  private final Launcher launcher;

  @Spec private CommandSpec spec;

  private Lockkeeper(Launcher launcher) {
    this.launcher = launcher;
  }

  /**
   * Does what the command line asks for.
   *
   * @param launcher starts it
   * @param err takes messages
   * @param arguments the command line
   * @return the exit code
   */
  public static int run(Launcher launcher, PrintWriter err, String[] arguments) {
    CommandLine line = new CommandLine(new Lockkeeper(launcher));
    line.setErr(err);
    line.setExecutionExceptionHandler(
        (failed, command, parsed) -> {
          err.println("lockkeeper: " + said(failed));
          return failed instanceof Failure failure
              ? failure.code().number()
              : ExitCode.INTERNAL.number();
        });
    return line.execute(arguments);
  }

  private static String said(Exception failed) {
    return failed instanceof Failure
        ? failed.getMessage()
        : "this is a mistake of the program, please report it: " + failed;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(
      name = "upgrade",
      description = "The wizard on the upgrade of one Coder deployment.",
      mixinStandardHelpOptions = true)
  int upgrade(
      @Mixin TargetFlags flags,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "VERSION",
              description = "The version to upgrade to, such as v2.29.3.")
          String version)
      throws Failure {
    return launcher.upgrade(flags.target(), version).number();
  }

  @Command(
      name = "resume",
      description = "Go on with an interrupted run; it looks at the world again first.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(
              arity = "0..1",
              paramLabel = "RUN",
              description = "The run's name; the newest unfinished one when it is left out.")
          String run,
      @Option(names = "--database-url", paramLabel = "URL", description = TargetFlags.URL)
          String databaseUrl)
      throws Failure {
    return launcher.resume(Optional.ofNullable(run), Optional.ofNullable(databaseUrl)).number();
  }

  @Command(
      name = "practice",
      description = {
        "The same wizard in an embedded world: a real PostgreSQL, a small Kubernetes API server and",
        "pods that behave like coderd. Nothing in it is anybody's."
      },
      mixinStandardHelpOptions = true)
  int practice(
      @Parameters(
              arity = "0..1",
              paramLabel = "SCENARIO",
              defaultValue = "upgrade",
              description = "What happens in it (default: ${DEFAULT-VALUE}).")
          String scenario,
      @Option(
              names = "--pace",
              paramLabel = "N",
              defaultValue = "1",
              description = "Let the cluster and the migration run N times faster than life.")
          double pace,
      @Option(
              names = "--serve",
              description =
                  "Keep the world up and print how kubectl, psql and the wizard reach it.")
          boolean serve)
      throws Failure {
    if (!(pace >= 0.1 && pace <= 100)) {
      throw new Failure(ExitCode.USAGE, "--pace must be between 0.1 and 100");
    }
    return launcher.practice(new Launcher.Practice(scenario, pace, serve)).number();
  }

  @Command(
      name = "warm-up",
      hidden = true,
      description = "Loads what a session needs, and ends; for the launcher.")
  int warmUp() throws Failure {
    return launcher.warmUp().number();
  }

  /** Which deployment and which database, in the words of kubectl. */
  static final class TargetFlags {
    static final String URL =
        "The database's URL. Better not here, where other users can see it: without it,"
            + " CODER_PG_CONNECTION_URL, PG* variables or the Deployment's own secret are used.";

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "As for kubectl.")
    private Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "As for kubectl.")
    private String context;

    @Option(
        names = {"-n", "--namespace"},
        paramLabel = "NAME",
        description = "As for kubectl.")
    private String namespace;

    @Option(
        names = "--deployment",
        paramLabel = "NAME",
        defaultValue = Target.DEPLOYMENT,
        description = "The Deployment that runs coderd (default: ${DEFAULT-VALUE}).")
    private String deployment;

    @Option(names = "--database-url", paramLabel = "URL", description = URL)
    private String databaseUrl;

    Target target() {
      return new Target(
          Optional.ofNullable(kubeconfig),
          Optional.ofNullable(context),
          Optional.ofNullable(namespace),
          deployment,
          Optional.ofNullable(databaseUrl));
    }
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Lockkeeper.class.getPackage().getImplementationVersion();
      return new String[] {"lockkeeper " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
