package dev.lockkeeper.app;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Launcher;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.report.LinesReport;
import dev.lockkeeper.report.PathReport;
import dev.lockkeeper.report.ReleaseReport;
import dev.lockkeeper.report.Report;
import dev.lockkeeper.report.SchemaReport;
import java.util.List;

/** Finds the answer to a question about releases, or says why there is none. */
final class ReleaseAnswers {
  private ReleaseAnswers() {}

  static Report of(Launcher.Releases asked, Knowledge knowledge) throws Failure {
    if (asked.schema().isPresent()) {
      return schema(asked.schema().get(), knowledge);
    }
    if (asked.release().isPresent()) {
      return release("--release", asked.release().get(), knowledge);
    }
    return asked.from().isPresent()
        ? path(asked.from().get(), asked.to().orElseThrow(), knowledge)
        : new LinesReport(knowledge);
  }

  private static Report schema(long number, Knowledge knowledge) throws Failure {
    return SchemaReport.of(number, knowledge)
        .orElseThrow(() -> new Failure(ExitCode.NO, SchemaReport.unknown(number, knowledge)));
  }

  private static Report path(String from, String to, Knowledge knowledge) throws Failure {
    ReleaseReport source = release("--from", from, knowledge);
    ReleaseReport target = release("--to", to, knowledge);
    if (target.version().compareTo(source.version()) <= 0) {
      throw new Failure(
          ExitCode.NO,
          "%s is not newer than %s; the only way back is a database snapshot"
              .formatted(target.version(), source.version()));
    }
    return PathReport.of(source, target, knowledge);
  }

  private static ReleaseReport release(String option, String text, Knowledge knowledge)
      throws Failure {
    CoderVersion version = version(option, text);
    return ReleaseReport.of(version, knowledge)
        .orElseThrow(() -> new Failure(ExitCode.NO, unknown(version, knowledge)));
  }

  /** The version that an option names. */
  static CoderVersion version(String option, String text) throws Failure {
    return CoderVersion.parse(text)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.USAGE,
                    "%s %s is no version: give one such as v2.29.3".formatted(option, text)));
  }

  private static String unknown(CoderVersion version, Knowledge knowledge) {
    List<Release> known = knowledge.releases();
    return "this program does not know the release %s: its list goes from %s to %s"
        .formatted(version, known.get(0).version(), known.get(known.size() - 1).version());
  }
}
