package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.view.Display;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Watching;
import java.time.Clock;
import java.util.Map;

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
    Clock clock = SteadyClock.ofThisProgram();
    Displays.require(environment);
    Policies policies = Policies.of(environment, target);
    try (LiveSources sources = LiveSources.open(environment, target, err);
        Display display = Displays.open(environment, clock)) {
      return look(policies, sources, display, clock);
    }
  }

  private static ExitCode look(
      Policies policies, LiveSources sources, Display display, Clock clock) {
    Watching first =
        Watching.starting(policies.world(sources), KnowledgeFile.load(), clock.instant());
    Sitting sitting = new Sitting(first, clock);
    display.listen(sitting.loop::take, sitting.loop::again, sitting.loop::end);
    sources.observed(sitting.loop::observed);
    try {
      sitting.loop.run(display::show, () -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return sitting.left ? ExitCode.OK : ExitCode.TERMINAL;
  }

  /** The loop of this sitting, which end when the state says so. */
  private static final class Sitting {
    private final Loop<Watching> loop;
    private boolean left;

    Sitting(Watching first, Clock clock) {
      loop = new Loop<>(first, this::follow, Watching::showsTheSameAs, clock);
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
