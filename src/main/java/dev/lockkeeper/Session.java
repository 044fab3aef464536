package dev.lockkeeper;

import dev.lockkeeper.action.Operations;
import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.terminal.Alphabet;
import dev.lockkeeper.terminal.Size;
import dev.lockkeeper.terminal.TerminalUnavailable;
import dev.lockkeeper.terminal.TerminalWindow;
import dev.lockkeeper.terminal.Theme;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One sitting of the wizard at one deployment: makes sure that cluster, database and terminal are
 * there, while there is still a plain terminal to say what is wrong; then joins the parts and runs
 * the loop.
 */
final class Session {
  private final Map<String, String> environment;
  private final Target target;
  private final Runbook runbook;
  private final PrintStream err;

  Session(Map<String, String> environment, Target target, Runbook runbook, PrintStream err) {
    this.environment = environment;
    this.target = target;
    this.runbook = runbook;
    this.err = err;
  }

  /** Opens the journal, when everything else is known to be there. */
  interface Opening {
    JournalFile open() throws IOException;
  }

  /** What is written to the journal first, once it is known where this leads. */
  interface First {
    Entry at(Instant moment, Lookout there);
  }

  /**
   * Runs until the operator leaves, or the terminal is gone.
   *
   * @param opening opens the journal
   * @param entries what it holds already
   * @param first what is written to it first
   * @return OK if the operator left, TERMINAL if the terminal has gone
   */
  ExitCode run(Opening opening, List<Entry> entries, First first) throws Failure {
    requireTerminal(environment);
    // Nothing is begun without a window: a run that nobody saw must not be there to resume.
    try (Lookout lookout = Lookout.open(environment, target, err);
        TerminalWindow window = TerminalWindow.open(environment);
        JournalFile journal = opening.open()) {
      Entry begin = first.at(Instant.now(), lookout);
      return walk(lookout, window, journal, begun(journal, entries, begin));
    } catch (TerminalUnavailable e) {
      throw new Failure(ExitCode.TERMINAL, e.getMessage());
    } catch (IOException e) {
      throw new Failure(
          ExitCode.JOURNAL,
          "the journal cannot be written, so nothing is begun: " + e.getMessage());
    }
  }

  /** Finds out whether there is a terminal at all, before anything is begun in vain. */
  static void requireTerminal(Map<String, String> environment) throws Failure {
    try {
      TerminalWindow.require(environment);
    } catch (TerminalUnavailable e) {
      throw new Failure(ExitCode.TERMINAL, e.getMessage());
    }
  }

  private ExitCode walk(
      Lookout lookout, TerminalWindow window, JournalFile journal, Progress progress) {
    Clock clock = Clock.systemUTC();
    State state =
        State.starting(
            new Setting(Runs.name(journal.path()), lookout.world(), ZoneId.systemDefault()),
            runbook,
            KnowledgeFile.load(),
            progress,
            clock.instant());
    try (EventLoop loop =
        new EventLoop(
            state,
            journal,
            new Operations(lookout.operations(), lookout.databaseOperations()),
            clock)) {
      window.keys(key -> loop.take(new Event.Pressed(key, clock.instant())), loop::stop);
      window.resized(size -> loop.take(new Event.Ticked(clock.instant())));
      lookout.cluster(seen -> loop.take(new Event.SeenCluster(seen)));
      lookout.database(seen -> loop.take(new Event.SeenDatabase(seen)));
      boolean left = loop.run(painting(window));
      return left ? ExitCode.OK : ExitCode.TERMINAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.TERMINAL;
    }
  }

  private Consumer<State> painting(TerminalWindow window) {
    Theme theme = Theme.chosen(environment);
    Alphabet alphabet = Alphabet.chosen(environment);
    return state -> {
      Size size = window.size();
      window.paint(alphabet.spell(Screens.render(state, size.columns(), size.rows())), theme);
    };
  }

  private static Progress begun(JournalFile journal, List<Entry> entries, Entry first)
      throws IOException {
    journal.append(first);
    return Progress.of(entries, first.at()).with(first);
  }
}
