package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.snapshot.Fact;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.wizard.Event;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Reaches cluster and database while it is on the screen already how far that is. What is wrong is
 * said there, until the operator leaves or wants it tried again.
 *
 * @param <S> what is on the screen meanwhile
 */
final class Approaching<S> {
  private final Map<String, String> environment;
  private final Leading leading;
  private final Shown<S> shown;
  private final Loop<S> loop;
  private Connecting connecting;
  private volatile Optional<LiveSources> reached = Optional.empty();
  private volatile Optional<Failure> failure = Optional.empty();
  private boolean left;

  /** What is on the screen meanwhile, and what it does with events. */
  interface Shown<S> {
    S after(S state, Event event);

    boolean leaves(S state);

    /** Whether the way to cluster and database is wanted tried again. */
    boolean retries(S state);

    /** The same with the way begun once more. */
    S anew(S state);
  }

  Approaching(
      Map<String, String> environment,
      Leading leading,
      S first,
      Shown<S> shown,
      BiPredicate<S, S> alike) {
    this.environment = environment;
    this.leading = leading;
    this.shown = shown;
    this.loop = new Loop<>(first, this::follow, alike, SteadyClock.ofThisProgram());
  }

  /**
   * Comes back when both were reached, or the operator has left.
   *
   * @return what was reached, which is the caller's to close; empty if the operator left before, or
   *     the display has gone
   * @throws Failure what was wrong when the operator left
   */
  Optional<LiveSources> reach(Listening listening, Consumer<S> paint) throws Failure {
    listening.hand(loop::take, loop::again, loop::end);
    setOut();
    try {
      loop.run(paint, () -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listening.keep();
    connecting.close();
    if (left && failure.isPresent()) {
      throw failure.get();
    }
    if (left || listening.isOver()) {
      reached.ifPresent(LiveSources::close);
      return Optional.empty();
    }
    return reached;
  }

  /** What is on the screen; to be asked for when it is over. */
  S state() {
    return loop.state();
  }

  private S follow(S state, Event event) {
    S next = shown.after(state, event);
    if (shown.leaves(next) && !left) {
      left = true;
      loop.end();
    }
    if (shown.retries(next)) {
      connecting.close();
      failure = Optional.empty();
      try {
        setOut();
      } catch (Failure e) {
        fail(e);
      }
      return shown.anew(next);
    }
    return next;
  }

  private void setOut() throws Failure {
    Connecting way = Connecting.start(environment, leading);
    connecting = way;
    way.observed(loop::observed);
    Thread waiting = new Thread(() -> await(way), "connecting");
    waiting.setDaemon(true);
    waiting.start();
  }

  private void await(Connecting way) {
    try {
      LiveSources sources = way.reached();
      if (way == connecting) {
        reached = Optional.of(sources);
        loop.end();
      } else {
        sources.close();
      }
    } catch (Failure e) {
      fail(way, e);
    } catch (RuntimeException e) {
      fail(way, Failure.mistake(e));
    }
  }

  private void fail(Connecting way, Failure why) {
    if (way == connecting) {
      fail(why);
    }
  }

  /** The panel of what was not reached says why, too. */
  private void fail(Failure why) {
    failure = Optional.of(why);
    Instant now = SteadyClock.now();
    loop.observed(
        why.code() == ExitCode.DATABASE
            ? new Fact.OfDatabase(Observed.unknown(why.getMessage(), now))
            : new Fact.OfCluster(Observed.unknown(why.getMessage(), now)));
    loop.take(new Event.NotReached(why.getMessage()));
  }
}
