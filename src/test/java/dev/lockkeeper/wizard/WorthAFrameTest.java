package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What has to be on the screen at once, and what has time until the ages are shown anew. */
class WorthAFrameTest {
  private final Story story = Story.begins();
  private final State before = story.state();

  private boolean sameAfter(Event event) {
    return story.happens(event).state().showsTheSameAs(before);
  }

  @Test
  void aLookThatFindsNothingNewIsNotShownAtOnce() {
    Instant later = before.now().plusMillis(400);
    Cluster cluster = before.snapshot().freshCluster().orElseThrow();
    Database database = UpgradeWorld.running(later).database();
    assertThat(sameAfter(new Event.Ticked(later))).isTrue();
    assertThat(sameAfter(Event.Seen.cluster(Observed.known(cluster, later)))).isTrue();
    assertThat(sameAfter(Event.Seen.database(Observed.known(database, later)))).isTrue();
  }

  @Test
  void whatChangesInTheClusterIsShownAtOnce() {
    UpgradeWorld drained = UpgradeWorld.drained(before.now());
    assertThat(sameAfter(Event.Seen.cluster(Observed.known(drained.cluster(), before.now()))))
        .isFalse();
  }

  @Test
  void whoWaitsInTheDatabaseIsShownAtOnce() {
    UpgradeWorld contended = UpgradeWorld.contended(before.now());
    assertThat(sameAfter(Event.Seen.database(Observed.known(contended.database(), before.now()))))
        .isFalse();
  }

  @Test
  void whatIsLostIsShownAtOnce() {
    assertThat(sameAfter(Event.Seen.cluster(before.snapshot().cluster().lost("no route"))))
        .isFalse();
  }

  @Test
  void keysAndWhatIsSaidAreShownAtOnce() {
    assertThat(sameAfter(new Event.Pressed(Key.of('n'), before.now()))).isFalse();
    Story asked = Chapters.asksToScaleDown();
    State question = asked.state();
    assertThat(asked.presses(Key.Name.RIGHT).state().showsTheSameAs(question)).isFalse();
  }
}
