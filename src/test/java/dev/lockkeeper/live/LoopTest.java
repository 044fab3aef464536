package dev.lockkeeper.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which keys are meant for the first frame, and which states are worth one. */
@Timeout(20)
class LoopTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private final AtomicReference<Loop<String>> loop = new AtomicReference<>();
  private static final Instant MOMENT = Instant.parse("2026-03-04T21:05:00Z");

  private Instant now = MOMENT;
  private final AtomicInteger frames = new AtomicInteger();

  @Test
  void whatWasTypedBeforeTheFirstFrameIsDroppedAndWhatCameRightAfterItIsHeard()
      throws InterruptedException {
    loop.set(new Loop<>("", this::follow, String::equals, CLOCK));
    press('a', CLOCK.instant());
    loop.get().run(this::paint, () -> {});
    assertThat(loop.get().state()).isEqualTo("c");
  }

  @Test
  void whereItsFirstStateIsOnTheScreenAlreadyWhatIsTypedIsMeantForIt() throws InterruptedException {
    loop.set(new Loop<>("", this::follow, String::equals, CLOCK).onScreen());
    press('a', CLOCK.instant());
    loop.get().run(this::paint, () -> {});
    assertThat(loop.get().state()).startsWith("a");
  }

  /** Each event comes when the one before it is dealt with; the clock stands still meanwhile. */
  @Test
  void aStateIsShownWhenItShowsSomethingElseAndElseOnlyForItsAges() throws InterruptedException {
    Deque<Runnable> turnByTurn = new ArrayDeque<>();
    turnByTurn.add(() -> press('.', MOMENT));
    turnByTurn.add(() -> press('.', MOMENT));
    turnByTurn.add(() -> press('a', MOMENT));
    turnByTurn.add(() -> press('.', MOMENT));
    turnByTurn.add(() -> loop.get().again());
    turnByTurn.add(() -> press('.', MOMENT));
    turnByTurn.add(() -> now = now.plusSeconds(1));
    turnByTurn.add(() -> press('.', MOMENT));
    turnByTurn.add(() -> loop.get().end());
    List<String> seen = new ArrayList<>();
    loop.set(new Loop<>("", LoopTest::typed, LoopTest::alike, standing()));
    press('.', MOMENT);
    loop.get()
        .run(
            seen::add,
            () -> {
              turnByTurn.remove().run();
            });
    assertThat(seen).containsExactly(".", "...a", "...a.", "...a..");
    assertThat(turnByTurn).isEmpty();
  }

  /** A dot is an age: it shows, and nobody waits for it. */
  private static boolean alike(String one, String other) {
    return one.replace(".", "").equals(other.replace(".", ""));
  }

  private static String typed(String state, Event event) {
    return event instanceof Event.Pressed pressed ? state + pressed.key().character() : state;
  }

  private Clock standing() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  /** The thread of the loop is held up between the first frame and its coming round to the keys. */
  private String follow(String state, Event event) {
    if (event instanceof Event.Painted painted && frames.get() == 1) {
      press('c', painted.at());
    }
    return typed(state, event);
  }

  private void paint(String state) {
    if (frames.incrementAndGet() == 1) {
      press('b', CLOCK.instant().minusMillis(1));
    } else {
      loop.get().end();
    }
  }

  private void press(char key, Instant at) {
    loop.get().take(new Event.Pressed(new Key(Key.Name.CHARACTER, key, false), at));
  }
}
