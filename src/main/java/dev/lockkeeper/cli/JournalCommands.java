package dev.lockkeeper.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be asked about journals. */
@Command(
    name = "journal",
    description =
        "What was meant and what was done: lists, shows and verifies the journals of runs.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class JournalCommands implements Runnable {
  private static final String RUN = "A run's name or a journal file; the newest run when left out.";

  static final String OF_CONTEXT = "Only runs of this kubeconfig context.";

  private final Launcher launcher;

  @Spec private CommandSpec spec;

  JournalCommands(Launcher launcher) {
    this.launcher = launcher;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(
      name = "list",
      description =
          "The runs, the newest last: where, since when, finished or not, what is owed; as JSON the"
              + " newest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--context", paramLabel = "CONTEXT", description = OF_CONTEXT) String context,
      @Mixin OutputFlags output)
      throws Failure {
    return launcher.journals(Optional.ofNullable(context), output.format()).number();
  }

  @Command(
      name = "show",
      description = "A run's journal, to be read; as markdown what it has come to, for a ticket.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(arity = "0..1", paramLabel = "RUN", description = RUN) String run,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "FORMAT",
              defaultValue = "table",
              description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
          JournalFormat format)
      throws Failure {
    return launcher.journal(Optional.ofNullable(run), format).number();
  }

  @Command(
      name = "verify",
      description = "Whether a journal is as it was written.",
      footer = {
        "",
        "Exit code: 0 intact to the head kept, 1 broken, 2 intact but the end is not anchored,",
        "or written before there was a chain."
      },
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(arity = "0..1", paramLabel = "RUN", description = RUN) String run,
      @Option(
              names = "--head",
              paramLabel = "HASH",
              description =
                  "The head as it was noted elsewhere; without it, for a run of this machine, the"
                      + " operator's Lease is asked, where the journal says that its run led.")
          String head,
      @Option(
              names = "--lease",
              description =
                  "Ask the operator's Lease for a journal file as well: in the context that it"
                      + " names, by your own kubeconfig.")
          boolean lease,
      @Mixin OutputFlags output)
      throws Failure {
    if (head != null && !head.matches("[0-9a-fA-F]{64}")) {
      throw new Failure(ExitCode.USAGE, "--head takes 64 hexadecimal digits");
    }
    return launcher
        .verify(Optional.ofNullable(run), Optional.ofNullable(head), lease, output.format())
        .number();
  }
}
