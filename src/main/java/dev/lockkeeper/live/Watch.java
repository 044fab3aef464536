package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.watch.Inspector;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.view.Display;
import dev.lockkeeper.wizard.Effect;
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
    TakenAway taking = new TakenAway(display, Optional.empty());
    try (Inspector inspector = sources.inspector(listening::looked)) {
      Sitting sitting = new Sitting(first, clock, inspector, taking);
      listening.hand(sitting.loop::take, sitting.loop::again, sitting.loop::end);
      sources.observed(sitting.loop::observed);
      return sitting.run(display);
    }
  }

  /** The loop of this sitting, which ends when the state says so. */
  private static final class Sitting implements Effect.Looking {
    private final Loop<Watching> loop;
    private final Inspector inspector;
    private final TakenAway taking;
    private boolean left;

    Sitting(Watching first, Clock clock, Inspector inspector, TakenAway taking) {
      this.inspector = inspector;
      this.taking = taking;
      loop = new Loop<>(first, this::follow, Watching::showsTheSameAs, clock).onScreen();
    }

    ExitCode run(Display display) {
      try {
        loop.run(display::show, () -> {});
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return left ? ExitCode.OK : ExitCode.TERMINAL;
    }

    private Watching follow(Watching state, Event event) {
      Watching next = state.after(event);
      next.effects().forEach(effect -> effect.look(this));
      if (next.left() && !left) {
        left = true;
        loop.end();
      }
      return next;
    }

    @Override
    public void inspect(Optional<Inspection> wanted) {
      inspector.read(wanted);
    }

    @Override
    public void copy(String text) {
      loop.take(taking.copy(text));
    }

    @Override
    public void keep(String name, String text) {
      loop.take(taking.keep(name, text));
    }
  }
}
