package dev.lockkeeper.cli;

import dev.lockkeeper.cli.Launcher.RunbookQuestion;
import dev.lockkeeper.cli.Launcher.RunbookQuestion.About;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be asked of runbooks. */
@Command(
    name = "runbook",
    description =
        "Which runbooks there are, how they are written, and whether yours is understood.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class RunbookCommands implements Runnable {
  private final Launcher launcher;

  @Spec private CommandSpec spec;

  RunbookCommands(Launcher launcher) {
    this.launcher = launcher;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "list", description = "The bundled runbooks.", mixinStandardHelpOptions = true)
  int list(@Mixin OutputFlags output) throws Failure {
    return ask(About.LIST, Optional.empty(), output.format());
  }

  @Command(
      name = "show",
      description = "A bundled runbook as it is written, to read it or to begin your own with.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "RUNBOOK", description = "Its name.") String runbook)
      throws Failure {
    return ask(About.TEXT, Optional.of(runbook), OutputFormat.TABLE);
  }

  @Command(
      name = "lint",
      description = "Whether a runbook can be understood: what is wrong, by file and line.",
      footer = {"", "Exit code: 0 nothing is wrong, 1 something is."},
      mixinStandardHelpOptions = true)
  int lint(
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE",
              description = "A YAML file; without one, the bundled runbooks.")
          String file)
      throws Failure {
    return ask(About.LINT, Optional.ofNullable(file), OutputFormat.TABLE);
  }

  private int ask(About about, Optional<String> runbook, OutputFormat format) throws Failure {
    return launcher.runbooks(new RunbookQuestion(about, runbook), format).number();
  }
}
