package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.view.Display;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Watching;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * One sitting before the panels alone: there is neither a journal nor a port through which anything
 * could be changed.
 */
public final class Watch {
  private final Map<String, String> environment;
  private final Target target;

  public Watch(Map<String, String> environment, Target target) {
    this.environment = environment;
    this.target = target;
  }

  /**
   * Runs until the operator leaves, or the terminal is gone.
   *
   * @return OK if the operator left, TERMINAL if the terminal has gone
   */
  public ExitCode run() throws Failure {
    Clock clock = SteadyClock.ofThisProgram();
    Displays.require(environment);
    Policies policies = Policies.of(environment, target.readOnly());
    ClusterIdentity there = ClusterConnection.place(LiveSources.options(target), environment);
    Watching first =
        Watching.starting(
            Policies.world(policies.policy(there.context())),
            KnowledgeFile.load(),
            clock.instant());
    try (Display display = Displays.open(environment, clock)) {
      Listening listening = Listening.to(display);
      Approaching<Watching> approaching =
          new Approaching<>(
              environment, Leading.to(target), first, new Panels(), Watching::showsTheSameAs);
      Optional<LiveSources> reached = approaching.reach(listening, display::show);
      if (reached.isEmpty()) {
        return listening.isOver() ? ExitCode.TERMINAL : ExitCode.OK;
      }
      try (LiveSources sources = reached.get()) {
        return look(
            approaching.state().in(policies.world(sources)), sources, display, listening, clock);
      }
    }
  }

  /** The panels alone are what they are from the first moment on. */
  static final class Panels implements Approaching.Shown<Watching> {
    @Override
    public Watching after(Watching state, Event event) {
      return state.after(event);
    }

    @Override
    public boolean leaves(Watching state) {
      return state.left();
    }

    @Override
    public boolean retries(Watching state) {
      return state.way() == Watching.Way.AGAIN;
    }

    @Override
    public Watching anew(Watching state) {
      return state.anew();
    }
  }

  private static ExitCode look(
      Watching first, LiveSources sources, Display display, Listening listening, Clock clock) {
    Sitting sitting = new Sitting(first, clock);
    listening.hand(sitting.loop::take, sitting.loop::again, sitting.loop::end);
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
      loop = new Loop<>(first, this::follow, Watching::showsTheSameAs, clock).onScreen();
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
