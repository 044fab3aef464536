package dev.lockkeeper.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which keys are meant for the first frame. */
@Timeout(20)
class LoopTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private final AtomicReference<Loop<String>> turns = new AtomicReference<>();
  private final AtomicInteger frames = new AtomicInteger();

  @Test
  void whatWasTypedBeforeTheFirstFrameIsDroppedAndWhatCameRightAfterItIsHeard()
      throws InterruptedException {
    turns.set(new Loop<>("", this::follow, CLOCK));
    press('a', CLOCK.instant());
    turns.get().run(this::paint);
    assertThat(turns.get().state()).isEqualTo("c");
  }

  /** The thread of the loop is held up between the first frame and its coming round to the keys. */
  private String follow(String state, Event event) {
    if (event instanceof Event.Painted painted && frames.get() == 1) {
      press('c', painted.at());
    }
    return event instanceof Event.Pressed pressed ? state + pressed.key().character() : state;
  }

  private void paint(String state) {
    if (frames.incrementAndGet() == 1) {
      press('b', CLOCK.instant().minusMillis(1));
    } else {
      turns.get().end();
    }
  }

  private void press(char key, Instant at) {
    turns.get().take(new Event.Pressed(new Key(Key.Name.CHARACTER, key, false), at));
  }
}
