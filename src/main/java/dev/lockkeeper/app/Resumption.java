package dev.lockkeeper.app;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.JournalLines;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.live.Reasons;
import dev.lockkeeper.live.Session;
import dev.lockkeeper.live.StderrLines;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.report.ExitSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Goes on with a run that was interrupted. */
final class Resumption {
  private final Map<String, String> environment;
  private final Outlet err;
  private final Storage storage;

  Resumption(Map<String, String> environment, Outlet err, Storage storage) {
    this.environment = environment;
    this.err = err;
    this.storage = storage;
  }

  /**
   * Goes on with the run of a journal.
   *
   * @param leading where it leads, by what its first entry keeps
   */
  ExitCode run(Path path, Function<Map<String, String>, Target> leading, Session.Place place)
      throws Failure {
    Chain chain = intact(path);
    List<Entry> entries = chain.entries();
    if (entries.isEmpty()) {
      throw new Failure(ExitCode.JOURNAL, path + " is empty: start a new run");
    }
    Map<String, String> data = entries.get(0).data();
    Target target = leading.apply(data);
    Entry resumed = Entry.resumed(SteadyClock.now(), resumedBy(chain));
    Runbooks.Found runbook =
        Start.found(data.getOrDefault(Entry.RUNBOOK, Start.UPGRADE), ExitCode.JOURNAL);
    try {
      return new Session(environment, target, runbook.runbook(), place, err)
          .run(() -> reopened(path, chain.head()), entries, (at, where, installed) -> resumed);
    } catch (Failure e) {
      // What is owed may be why: a door that this run closed keeps the wizard out as well.
      Progress progress = Progress.of(entries, SteadyClock.now());
      if (progress.owes()) {
        new StderrLines(environment, err)
            .say(
                new ExitSummary(Runs.name(path), progress, path.toString(), chain.head(), List.of())
                    .lines());
      }
      throw e;
    }
  }

  private static Chain intact(Path path) throws Failure {
    try {
      return JournalFile.intact(JournalLines.ofRun(path), path);
    } catch (IOException e) {
      throw new Failure(ExitCode.JOURNAL, "the journal cannot be read: " + Reasons.of(e));
    } catch (Malformed e) {
      throw new Failure(
          ExitCode.JOURNAL,
          e.getMessage()
              + ". Nothing is done by such a journal: 'lockkeeper journal show' prints"
              + " it, 'lockkeeper watch' shows the panels, 'lockkeeper upgrade' begins a new run");
    }
  }

  private static String resumedBy(Chain chain) {
    String user = System.getProperty("user.name", "unknown");
    return chain.torn() ? user + "; a last line that was never finished was cut off" : user;
  }

  /**
   * Holds a journal that was read before it was held: another process may have gone on with the run
   * in between, and what it did must not be overlooked.
   */
  private JournalFile reopened(Path path, Head head) throws IOException {
    JournalFile journal = JournalFile.open(path, storage);
    if (!journal.head().equals(head)) {
      journal.close();
      throw new IOException("another lockkeeper has just gone on with this run: resume it again");
    }
    return journal;
  }
}
