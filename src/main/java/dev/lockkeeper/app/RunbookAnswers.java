package dev.lockkeeper.app;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Launcher.RunbookQuestion;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.OutputFormat;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.report.RunbooksReport;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.view.Shown;
import java.util.List;

/**
 * Answers about runbooks.
 *
 * @param answers prints them
 * @param out where a runbook's own text goes
 */
record RunbookAnswers(ReportPrinter answers, Outlet out) {
  ExitCode answer(RunbookQuestion asked, OutputFormat format) throws Failure {
    try {
      switch (asked.about()) {
        case LIST -> answers.print(new RunbooksReport(bundled()), format);
        case TEXT -> out.text(RunbookFile.text(asked.runbook().orElseThrow()));
        case LINT -> lint(asked);
      }
    } catch (Malformed e) {
      throw new Failure(ExitCode.NO, Shown.of(e.getMessage()).text());
    }
    return ExitCode.OK;
  }

  private static List<Runbook> bundled() {
    return Runbooks.names().stream().map(RunbookFile::bundled).toList();
  }

  private void lint(RunbookQuestion asked) {
    List<Runbook> read =
        asked
            .runbook()
            .map(name -> List.of(Runbooks.find(name).runbook()))
            .orElseGet(RunbookAnswers::bundled);
    for (Runbook runbook : read) {
      out.say(
          "%s: nothing is wrong; %d sections, %d steps"
              .formatted(runbook.name(), runbook.sections().size(), runbook.steps().count()));
    }
  }
}
