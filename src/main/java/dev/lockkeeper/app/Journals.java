package dev.lockkeeper.app;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.files.JournalLines;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.live.PracticeWorld;
import dev.lockkeeper.live.Reasons;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.report.ChainReport;
import dev.lockkeeper.report.JournalAnchorRef;
import dev.lockkeeper.report.JournalReport;
import dev.lockkeeper.report.RunsReport;
import dev.lockkeeper.report.TicketReport;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.worlds.WorldClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The journals on this machine: those of the operator's own runs, and those in practice worlds that
 * are up.
 *
 * @param own the operator's own
 * @param worlds the practice worlds that are up
 */
record Journals(Runs own, List<WorldClient> worlds) {
  /** The newest first. */
  RunsReport list() throws Failure {
    try {
      List<RunsReport.Item> items = new ArrayList<>(items(own, false));
      for (WorldClient world : worlds) {
        items.addAll(items(PracticeWorld.runs(world), true));
      }
      items.sort(Comparator.comparing(RunsReport.Item::name).reversed());
      return new RunsReport(items, ZoneId.systemDefault());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The same of one context, if one is named. */
  RunsReport list(Optional<String> context) throws Failure {
    RunsReport all = list();
    return context.map(all::in).orElse(all);
  }

  /** Those that are not finished, or of which that is not known, the newest first. */
  RunsReport unfinished(Optional<String> context) throws Failure {
    RunsReport all = list(context);
    return new RunsReport(
        all.runs().stream().filter(RunsReport.Item::unfinished).toList(), all.zone());
  }

  /** The journal of the run of this name. */
  Optional<Path> named(String run) throws Failure {
    try {
      Optional<Path> found = own.journal(run);
      for (WorldClient world : worlds) {
        found = found.isPresent() ? found : PracticeWorld.runs(world).journal(run);
      }
      return found;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The practice world in which this journal lies, if it lies in one. */
  Optional<WorldClient> world(Path journal) {
    return worlds.stream().filter(each -> journal.startsWith(each.directory())).findFirst();
  }

  /** To be read; of a run or a file, or of the newest run. */
  JournalReport shown(Optional<String> asked) throws Failure {
    Found found = found(asked);
    return new JournalReport(found.chain(), found.path().toString(), ZoneId.systemDefault());
  }

  /** What it has come to; its steps are named as long as its runbook is the same. */
  TicketReport told(Optional<String> asked) throws Failure {
    Found found = found(asked);
    return new TicketReport(
        found.chain(),
        found.path().toString(),
        walked(found),
        KnowledgeFile.load(),
        ZoneId.systemDefault());
  }

  /** A journal that may be anybody's has no file of this machine read. */
  private static Optional<Runbook> walked(Found found) {
    Optional<String> reference =
        found.chain().lines().stream()
            .flatMap(line -> line.entry().stream())
            .findFirst()
            .map(first -> first.value(Entry.RUNBOOK))
            .filter(name -> found.own() || Runbooks.names().contains(name));
    try {
      return reference.map(name -> Runbooks.find(name).runbook());
    } catch (Malformed gone) {
      return Optional.empty();
    }
  }

  /** Compared with itself, and with a head that is kept elsewhere. */
  static ChainReport verified(Found found, JournalAnchorRef kept) {
    return new ChainReport(found.chain(), found.path().toString(), kept);
  }

  /**
   * A journal that was asked for.
   *
   * @param own whether it is of a run of this machine; else it is a file, which may be anybody's
   */
  record Found(Path path, Chain chain, boolean own) {}

  /** A file is taken for the journal of the run that it says to be of, for it may be a copy. */
  Found found(Optional<String> asked) throws Failure {
    Optional<Path> journal = asked.isPresent() ? named(asked.get()) : newest();
    try {
      if (journal.isPresent()) {
        return new Found(journal.get(), JournalLines.ofRun(journal.get()), true);
      }
      Path file = file(asked).orElseThrow(() -> none(asked));
      return new Found(file, JournalLines.read(file), false);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private Optional<Path> newest() throws Failure {
    return list().runs().stream().findFirst().map(run -> Path.of(run.journal()));
  }

  private static Optional<Path> file(Optional<String> asked) {
    try {
      return asked.map(Path::of).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Failure none(Optional<String> asked) {
    return new Failure(
        ExitCode.JOURNAL,
        "there is no %s below %s"
            .formatted(
                asked
                    .map(name -> "journal '" + name + "', neither as a file nor as a run")
                    .orElse("run"),
                own.folder()));
  }

  private static List<RunsReport.Item> items(Runs runs, boolean practice) throws IOException {
    List<RunsReport.Item> items = new ArrayList<>();
    for (Path journal : runs.journals()) {
      items.add(item(journal, practice));
    }
    return items;
  }

  /** One that cannot be read is no reason to keep the others back. */
  private static RunsReport.Item item(Path journal, boolean practice) {
    String name = Runs.name(journal);
    try {
      Chain chain = JournalLines.ofRun(journal);
      return new RunsReport.Item(name, journal.toString(), practice, chain, Optional.empty());
    } catch (IOException e) {
      Chain nothing = new Chain(name, List.of());
      return new RunsReport.Item(
          name, journal.toString(), practice, nothing, Optional.of(Reasons.of(e)));
    }
  }

  private static Failure failure(IOException e) {
    return new Failure(ExitCode.JOURNAL, "a journal cannot be read: " + Reasons.of(e));
  }
}
