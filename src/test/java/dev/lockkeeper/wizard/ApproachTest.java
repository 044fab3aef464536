package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.story.Samples;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Approach.Wish;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A walk whose cluster and database are not reached yet. */
class ApproachTest {
  private static final Instant NOW = Scenery.NOW;

  private final Approach approach =
      Approach.starting(
          Story.begins(
                  Samples.onScreens("coder-upgrade"),
                  Setting.World.PRODUCTION,
                  Policy.NONE,
                  UpgradeWorld::running)
              .state());

  private static Event pressed(char key) {
    return new Event.Pressed(Key.of(key), NOW);
  }

  @ParameterizedTest
  @ValueSource(chars = {'w', 'x', 'r'})
  void noKeyDoesAnythingThatNeedsTheFacts(char key) {
    Approach after = approach.after(pressed(key));

    assertThat(after.wish()).isEqualTo(Wish.NONE);
    assertThat(after.picture().dialog()).isEmpty();
    assertThat(after.picture().progress()).isEqualTo(approach.picture().progress());
    assertThat(after.message().tone()).isEqualTo(Toast.Tone.WARN);
  }

  @Test
  void enterIsAnsweredAndDoesNothing() {
    Approach after = approach.after(new Event.Pressed(Key.of(Key.Name.ENTER), NOW));

    assertThat(after.picture().dialog()).isEmpty();
    assertThat(after.message().text()).contains("nothing can be done");
  }

  @Test
  void whoWantsToReadOrToLeaveDoes() {
    assertThat(approach.after(pressed('p')).picture().panel()).isPresent();
    assertThat(approach.after(pressed('n')).picture().cursor())
        .isNotEqualTo(approach.picture().cursor());
    Approach helped = approach.after(pressed('?'));
    assertThat(helped.picture().dialog()).isPresent();
    assertThat(helped.after(pressed('z')).picture().dialog()).isEmpty();
    assertThat(approach.after(pressed('q')).wish()).isEqualTo(Wish.LEAVE);
  }

  @Test
  void whatIsWrongStaysOnTheScreenAndCanBeTriedAgain() {
    Approach failed = approach.after(new Event.NotReached("no route to host"));

    assertThat(failed.message()).extracting(Toast::text).isEqualTo("no route to host");
    assertThat(failed.after(new Event.Ticked(NOW.plusSeconds(3600))).message().text())
        .isEqualTo("no route to host");
    assertThat(failed.hints()).extracting(Hint::brief).contains("try again");
    assertThat(failed.after(pressed('r')).wish()).isEqualTo(Wish.RETRY);
    assertThat(Approach.starting(failed.picture()).trouble()).isEmpty();
  }

  @Test
  void eachPanelComesAliveByItself() {
    Approach seen = approach.after(Event.Seen.database(Observed.unknown("refused", NOW)));

    assertThat(seen.snapshot().database().reason()).isEqualTo("refused");
    assertThat(seen.snapshot().cluster()).isEqualTo(approach.snapshot().cluster());
    assertThat(seen.trouble()).isEqualTo(Optional.empty());
  }
}
