package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndBlockers;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an act did for the migrator is compared with what was expected of it, once it is seen. */
class AftermathTest {
  private static final Snapshot BLOCKED = Scenery.of(UpgradeWorld::blocked).seen();
  private static final Snapshot FREED = Scenery.of(Troubles::writing).seen();
  private static final Instant LONG_AGO = Scenery.NOW.minus(Duration.ofSeconds(30));

  private static Request request() {
    return new EndBlockers(Manner.TERMINATE)
        .propose(BLOCKED, KnowledgeFile.load())
        .plan()
        .orElseThrow()
        .request();
  }

  private static Progress after(Instant at, Outcome outcome) {
    Request request = request();
    return Progress.of(
        List.of(Entry.intended(at, "3.3", request), Entry.outcome(at, "3.3", request, outcome)),
        at);
  }

  @Test
  void whatCameAboutAsExpectedIsSaidSo() {
    assertThat(Aftermath.of(after(LONG_AGO, Outcome.done("ended")), FREED))
        .containsOnlyKeys("effect of 3.3 at " + LONG_AGO)
        .containsValue("as predicted: pid 4733 waits for nobody");
  }

  @Test
  void whatDidNotIsSaidWithWhatWasExpected() {
    assertThat(Aftermath.of(after(LONG_AGO, Outcome.done("ended")), BLOCKED).values())
        .allMatch(text -> text.startsWith("not as predicted: pid 4733 still waits"))
        .allMatch(text -> text.contains("predicted was: frees pid 4733"))
        .hasSize(1);
  }

  @Test
  void whatWasReadBeforeTheActEndedTellsNothing() {
    assertThat(Aftermath.of(after(Scenery.NOW, Outcome.done("ended")), BLOCKED)).isEmpty();
  }

  @Test
  void anActThatWasRefusedHasNoEffect() {
    assertThat(Aftermath.of(after(LONG_AGO, Outcome.refused("left alone")), BLOCKED)).isEmpty();
  }

  @Test
  void theIntentionSaysWhatIsExpectedAndIsIdentifiedWithoutIt() {
    Entry intended = Entry.intended(LONG_AGO, "3.3", request());
    assertThat(intended.value("predicted")).startsWith("frees pid 4733");
    assertThat(intended.digest()).isEqualTo(request().digest());
  }
}
