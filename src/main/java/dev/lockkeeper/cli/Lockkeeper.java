package dev.lockkeeper.cli;

import dev.lockkeeper.view.Shown;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
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
    addMethodSubcommands = false,
    description = "Takes you through a Coder upgrade on Kubernetes, one confirmed step at a time.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Lockkeeper.Version.class,
    footer = {
      "",
      "New here? 'lockkeeper practice' opens the same wizard in a practice world, where nothing can"
          + " go wrong for anybody."
    })
public final class Lockkeeper implements Runnable {
  private static final Set<String> VERSION = Set.of("-V", "--version");

  /** The commands that open a screen. */
  private static final Set<String> SCREENS =
      Set.of("upgrade", "recover", "run", "watch", "resume", "practice");

  private final Launcher launcher;

  @Spec private CommandSpec spec;

  private Lockkeeper(Launcher launcher) {
    this.launcher = launcher;
  }

  /**
   * Does what the command line asks for.
   *
   * @param launcher starts it
   * @param out takes help
   * @param err takes messages
   * @param arguments the command line
   * @return the exit code
   */
  public static int run(Launcher launcher, Outlet out, Outlet err, String[] arguments) {
    if (arguments.length == 1 && VERSION.contains(arguments[0])) {
      // The command line that is asked most often is not worth the building of all the others.
      out.say(version());
      return ExitCode.OK.number();
    }
    return run(line(launcher, arguments).setOut(out.writer()), err.writer(), arguments);
  }

  /** The same, where help is not asked for. */
  public static int run(Launcher launcher, PrintWriter err, String[] arguments) {
    return run(line(launcher, arguments), Outlet.inert(err), arguments);
  }

  /** Whether this command line is going to open a screen, as far as its first word tells. */
  public static boolean opensScreen(String[] arguments) {
    return arguments.length > 0 && SCREENS.contains(arguments[0]);
  }

  /** All commands and options, for whoever describes them elsewhere. */
  public static CommandSpec model(Launcher launcher) {
    return line(launcher, new String[0]).getCommandSpec();
  }

  /** Only the command that is asked for is built, where one is named: each costs milliseconds. */
  private static CommandLine line(Launcher launcher, String[] arguments) {
    CommandLine line = new CommandLine(new Lockkeeper(launcher));
    Map<String, Supplier<Object>> commands = commands(launcher);
    String first = arguments.length == 0 ? "" : arguments[0];
    if (commands.containsKey(first)) {
      commands.keySet().retainAll(List.of(first));
    }
    commands.values().forEach(command -> line.addSubcommand(command.get()));
    // Its colours would be escape sequences of unknown origin like any other.
    return line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  private static Map<String, Supplier<Object>> commands(Launcher launcher) {
    Map<String, Supplier<Object>> commands = new TreeMap<>();
    for (Method each : CommandLine.getCommandMethods(Lockkeeper.class, null)) {
      commands.put(each.getAnnotation(Command.class).name(), () -> new CommandLine(each));
    }
    commands.put("journal", () -> new JournalCommands(launcher));
    commands.put("runbook", () -> new RunbookCommands(launcher));
    return commands;
  }

  private static int run(CommandLine line, PrintWriter err, String[] arguments) {
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    refuseWithOurCode(line);
    line.setExecutionExceptionHandler(
        (failed, command, parsed) -> {
          Failure failure = failed instanceof Failure known ? known : Failure.mistake(failed);
          err.println(Shown.of("lockkeeper: " + failure.getMessage()).text());
          failure.choices().forEach(choice -> err.println(Shown.of(choice).text()));
          return failure.code().number();
        });
    return line.execute(arguments);
  }

  /** The library's own code for a command line that is not understood means UNKNOWN here. */
  private static void refuseWithOurCode(CommandLine line) {
    line.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE.number());
    line.getSubcommands().values().forEach(Lockkeeper::refuseWithOurCode);
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
    return launcher.walk(flags.target(), "coder-upgrade", Optional.of(version)).number();
  }

  @Command(
      name = "recover",
      description =
          "The wizard on an upgrade that got stuck: who blocks, what is dirty, which image belongs"
              + " to the database.",
      mixinStandardHelpOptions = true)
  int recover(@Mixin TargetFlags flags, @Mixin VersionFlag version) throws Failure {
    return launcher.walk(flags.target(), "coder-recovery", version.version()).number();
  }

  @Command(
      name = "run",
      description = "The wizard on any runbook.",
      mixinStandardHelpOptions = true)
  int walk(
      @Parameters(
              paramLabel = "RUNBOOK",
              description =
                  "A bundled one's name ('lockkeeper runbook list'), or the path of a YAML file.")
          String runbook,
      @Mixin TargetFlags flags,
      @Mixin VersionFlag version)
      throws Failure {
    return launcher.walk(flags.target(), runbook, version.version()).number();
  }

  @Command(
      name = "resume",
      description = "Go on with an interrupted run; cluster and database are read again first.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(
              arity = "0..1",
              paramLabel = "RUN",
              description = "The run's name; not needed when only one is unfinished.")
          String run,
      @Option(names = "--context", paramLabel = "CONTEXT", description = JournalCommands.OF_CONTEXT)
          String context,
      @Option(names = "--database-url", paramLabel = "URL", description = TargetFlags.URL)
          String databaseUrl)
      throws Failure {
    return launcher
        .resume(
            Optional.ofNullable(run),
            Optional.ofNullable(context),
            Optional.ofNullable(databaseUrl))
        .number();
  }

  @Command(
      name = "practice",
      description = {
        "The same wizard in an embedded world: a real PostgreSQL, a small Kubernetes API server"
            + " and",
        "pods that behave like coderd. Nothing outside of it is touched."
      },
      mixinStandardHelpOptions = true)
  int practice(
      @Parameters(
              arity = "0..1",
              paramLabel = "SCENARIO",
              defaultValue = "upgrade",
              description =
                  "What happens in it (default: ${DEFAULT-VALUE}); --list names them all.")
          String scenario,
      @Option(
              names = "--pace",
              paramLabel = "N",
              defaultValue = "1",
              description = "Let the cluster and the migration run N times faster than in reality.")
          double pace,
      @Option(
              names = "--serve",
              description =
                  "Keep the world up and print how kubectl, psql and the wizard reach it.")
          boolean serve,
      @Option(names = "--list", description = "Print the scenarios with their titles, and end.")
          boolean list)
      throws Failure {
    if (!(pace >= 0.1 && pace <= 100)) {
      throw new Failure(ExitCode.USAGE, "--pace must be between 0.1 and 100");
    }
    return launcher.practice(new Launcher.Practice(scenario, pace, serve, list)).number();
  }

  @Command(
      name = "watch",
      description = "The live panels alone: pods, migration, locks, events. Changes nothing.",
      mixinStandardHelpOptions = true)
  int watch(@Mixin TargetFlags flags) throws Failure {
    return launcher.watch(flags.target()).number();
  }

  @Command(
      name = "check",
      description =
          "Preflight without a screen: everything that can be asked before an upgrade. Changes"
              + " nothing.",
      footer = {"", "Exit code: 0 all pass, 1 something fails, 2 something is unknown."},
      mixinStandardHelpOptions = true)
  int check(@Mixin TargetFlags flags, @Mixin PreflightFlags preflight, @Mixin OutputFlags output)
      throws Failure {
    return launcher.check(flags.target(), preflight.asked(), output.format()).number();
  }

  @Command(
      name = "releases",
      description =
          "What is known of Coder's releases: their schema numbers, how they migrate, and what"
              + " goes wrong between two of them. Reads neither cluster nor database.",
      mixinStandardHelpOptions = true)
  int releases(@ArgGroup ReleaseQuestion question, @Mixin OutputFlags output) throws Failure {
    ReleaseQuestion asked = question == null ? new ReleaseQuestion() : question;
    return launcher.releases(asked.asked(), output.format()).number();
  }

  @Command(
      name = "warm-up",
      hidden = true,
      description = "Loads what a session needs, and ends; for the launcher.")
  int warmUp(
      @Option(
              names = "--walk",
              description = "By a short walk through a practice world, on this terminal.")
          boolean walk)
      throws Failure {
    return launcher.warmUp(walk).number();
  }

  /** The version to go to, where a runbook can do without. */
  static final class VersionFlag {
    @Option(
        names = "--to",
        paramLabel = "VERSION",
        description = "The version to go to; without it, the one that the deployment names now.")
    private String version;

    Optional<String> version() {
      return Optional.ofNullable(version);
    }
  }

  /** The version in the jar's manifest. */
  private static String version() {
    String version = Lockkeeper.class.getPackage().getImplementationVersion();
    return "lockkeeper " + (version == null ? "(unpackaged)" : version);
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {version()};
    }
  }
}
