package dev.lockkeeper.practice.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One probe of one running container, again and again until it is stopped. */
final class Probing {
  private final Probe probe;
  private final Nodes nodes;
  private final Listener listener;
  private int successes;
  private int failures;
  private boolean stopped;
  private Optional<Loop.Timer> next = Optional.empty();

  /** Learns how it goes, on the loop's thread. */
  interface Listener {
    /** It failed once more, for this reason. */
    void failed(String why);

    /** It has succeeded, or failed, as often in a row as it takes; told each time from then on. */
    void verdict(boolean good);
  }

  /**
   * Where probes come from.
   *
   * @param threads waits for answers
   */
  record Nodes(Loop loop, Pace pace, Executor threads) {}

  Probing(Probe probe, Nodes nodes, Listener listener) {
    this.probe = probe;
    this.nodes = nodes;
    this.listener = listener;
  }

  /** Asks for the first time after the initial delay and so many more seconds. */
  void start(double seconds) {
    next(nodes.pace().seconds(probe.initialDelay() + seconds));
  }

  void stop() {
    stopped = true;
    next.ifPresent(Loop.Timer::cancel);
  }

  private void next(Duration delay) {
    next = Optional.of(nodes.loop().after(delay, this::ask));
  }

  private void ask() {
    next(nodes.pace().seconds(probe.period()));
    Duration timeout = nodes.pace().seconds(probe.timeout());
    Consumer<Optional<String>> answer = problem -> nodes.loop().run(() -> hear(problem));
    nodes.threads().execute(() -> answer.accept(HttpProbe.ask(probe, timeout)));
  }

  private void hear(Optional<String> problem) {
    if (stopped) {
      return;
    }
    successes = problem.isEmpty() ? successes + 1 : 0;
    failures = problem.isEmpty() ? 0 : failures + 1;
    problem.ifPresent(listener::failed);
    if (successes >= probe.successThreshold()) {
      listener.verdict(true);
    } else if (failures >= probe.failureThreshold()) {
      listener.verdict(false);
    }
  }
}
