package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.terminal.Alphabet;
import dev.lockkeeper.terminal.Size;
import dev.lockkeeper.terminal.TerminalUnavailable;
import dev.lockkeeper.terminal.TerminalWindow;
import dev.lockkeeper.terminal.Theme;
import dev.lockkeeper.view.WatchScreen;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Watching;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One sitting before the panels alone: there is neither a journal nor a port through which anything
 * could be changed.
 */
public final class Watch {
  private final Map<String, String> environment;
  private final Target target;
  private final Outlet err;

  public Watch(Map<String, String> environment, Target target, Outlet err) {
    this.environment = environment;
    this.target = target;
    this.err = err;
  }

  /**
   * Runs until the operator leaves, or the terminal is gone.
   *
   * @return OK if the operator left, TERMINAL if the terminal has gone
   */
  public ExitCode run() throws Failure {
    Session.requireTerminal(environment);
    Policies policies = Policies.of(environment, target);
    try (LiveSources sources = LiveSources.open(environment, target, err);
        TerminalWindow window = TerminalWindow.open(environment)) {
      return look(policies, sources, window);
    } catch (TerminalUnavailable e) {
      throw new Failure(ExitCode.TERMINAL, e.getMessage());
    }
  }

  private ExitCode look(Policies policies, LiveSources sources, TerminalWindow window) {
    Clock clock = SteadyClock.ofThisProgram();
    Watching first =
        Watching.starting(policies.world(sources), KnowledgeFile.load(), clock.instant());
    Sitting sitting = new Sitting(first, clock);
    window.keys(
        key -> sitting.loop.take(new Event.Pressed(key, clock.instant())), sitting.loop::end);
    window.resized(size -> sitting.loop.take(new Event.Ticked(clock.instant())));
    sources.cluster(seen -> sitting.loop.take(new Event.SeenCluster(seen)));
    sources.database(seen -> sitting.loop.take(new Event.SeenDatabase(seen)));
    try {
      sitting.loop.run(painting(window));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return sitting.left ? ExitCode.OK : ExitCode.TERMINAL;
  }

  private Consumer<Watching> painting(TerminalWindow window) {
    Theme theme = Theme.chosen(environment);
    Alphabet alphabet = Alphabet.chosen(environment);
    return state -> {
      Size size = window.size();
      window.paint(alphabet.spell(WatchScreen.render(state, size.columns(), size.rows())), theme);
    };
  }

  /** The loop of this sitting, which end when the state says so. */
  private static final class Sitting {
    private final Loop<Watching> loop;
    private boolean left;

    Sitting(Watching first, Clock clock) {
      loop = new Loop<>(first, this::follow, clock);
    }

    private Watching follow(Watching state, Event event) {
      Watching next = state.after(event);
      if (next.left() && !left) {
        left = true;
        loop.end();
      }
      return next;
    }
  }
}
