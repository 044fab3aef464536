package dev.lockkeeper.app;

import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.live.Displays;
import dev.lockkeeper.view.Display;
import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Watching;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A display at which nobody sits: it presses the keys of a short walk by itself, one after each
 * frame, and then those that leave. What such a walk loads is kept in the class archive.
 */
final class TrainingWalk implements Display {
  /** Whatever happens, it is over by then. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** So that what a key asks for is on the screen before the next one comes. */
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private static final List<Key> LOOKS =
      List.of(
          Key.of('p'),
          Key.of('l'),
          Key.of('m'),
          Key.of('e'),
          Key.of(Key.Name.ESCAPE),
          Key.of('?'),
          Key.of(Key.Name.ESCAPE),
          Key.of(Key.Name.ENTER),
          Key.of(Key.Name.ENTER),
          Key.of('0'),
          Key.of(Key.Name.ESCAPE),
          Key.of('n'),
          Key.of('n'),
          Key.of('n'),
          Key.of('b'));
  private static final List<Key> LEAVES =
      List.of(Key.of(Key.Name.ESCAPE), Key.of('q'), Key.of(Key.Name.TAB), Key.of(Key.Name.ENTER));

  private final Display shown;
  private final Queue<Key> keys = new ArrayDeque<>(LOOKS);
  private final long begun = System.nanoTime();
  private volatile Consumer<Event> taking = event -> {};
  private volatile Runnable gone = () -> {};
  private long pressed = System.nanoTime();

  private TrainingWalk(Display shown) {
    this.shown = shown;
  }

  /** Over the display of this process. */
  static Display over(Map<String, String> environment) throws Failure {
    return new TrainingWalk(Displays.open(environment, SteadyClock.ofThisProgram()));
  }

  @Override
  public void listen(Consumer<Event> taking, Runnable again, Runnable gone) {
    this.taking = taking;
    this.gone = gone;
    shown.listen(taking, again, gone);
  }

  @Override
  public void show(State state) {
    shown.show(state);
    if (state.snapshot().freshCluster().isPresent()
        && state.snapshot().freshDatabase().isPresent()) {
      press();
    }
  }

  private boolean isTooLong(long now) {
    return now - begun > LONGEST.toNanos();
  }

  private void press() {
    long now = System.nanoTime();
    if (isTooLong(now)) {
      gone.run();
    } else if (now - pressed > BETWEEN.toNanos()) {
      pressed = now;
      if (keys.isEmpty()) {
        keys.addAll(LEAVES);
      }
      taking.accept(new Event.Pressed(keys.remove(), SteadyClock.now()));
    }
  }

  /** Where there is nothing to walk in, it is over. */
  @Override
  public void show(Approach state) {
    shown.show(state);
    if (state.trouble().isPresent() || isTooLong(System.nanoTime())) {
      gone.run();
    }
  }

  @Override
  public void show(Watching state) {
    shown.show(state);
  }

  @Override
  public Copied copy(String inert) {
    return shown.copy(inert);
  }

  @Override
  public void close() {
    shown.close();
  }
}
