package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Next;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Update;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run is for is told before its first step, and what it has come to after its last. */
class RunPanelTest {
  private static Story begins() {
    return Story.begins("coder-upgrade", Setting.World.PRODUCTION, UpgradeWorld::running);
  }

  private static String shown(State state, int columns, int rows) {
    return Screens.render(state, columns, rows).text();
  }

  @Test
  void theFirstScreenSaysWhatItIsForAndWhatToPress() {
    assertThat(shown(begins().state().introduced(), 120, 40))
        .contains(
            "This run",
            "Upgrade Coder on Kubernetes",
            "prod-eu · ns coder · deploy/coder",
            "from v2.26.6 to v2.29.3 · schema 362 → 401, 39 migrations",
            "a migration takes 4 to 7 min",
            "Nothing is changed before you confirm it",
            "└ enter begin");
    assertThat(shown(begins().state().introduced(), 80, 24))
        .contains("Upgrade Coder on Kubernetes", "from v2.26.6 to v2.29.3", "└ enter begin");
  }

  @Test
  void enterShowsTheFirstStepAndDoesNothingElse() {
    State first = begins().state().introduced();
    Next next = Update.apply(first, new Event.Pressed(Key.of(Key.Name.ENTER), first.now()));
    assertThat(next.effects()).isEmpty();
    assertThat(next.state().panel()).isEmpty();
    assertThat(next.state().cursor()).isEqualTo("1.1");
    assertThat(next.state().progress()).isEqualTo(first.progress());
  }

  @Test
  void aRunThatIsPastItIsNotIntroducedAgain() {
    assertThat(Chapters.drained(begins()).resumes().state().introduced().panel()).isEmpty();
  }

  @Test
  void whatWasNotReadIsSaidToBe() {
    State known = begins().state();
    Entry started =
        Entry.started(Story.START, "coder-upgrade", Map.of(RunFacts.TARGET, UpgradeWorld.NEW));
    State unread =
        State.starting(
            known.setting(),
            known.runbook(),
            known.knowledge(),
            Progress.of(List.of(started), Story.START),
            Story.START);
    assertThat(shown(unread.introduced(), 120, 40)).contains("from not read yet to v2.29.3");
  }

  @Test
  void theEndTellsWhatItHasComeTo() {
    State done = Chapters.done(begins()).state();
    assertThat(done.panel()).contains(PanelId.RUN);
    assertThat(shown(done, 120, 40))
        .contains(
            "✔ Upgrade Coder on Kubernetes: finished",
            "Downtime 30 s",
            "362 → 401 committed",
            "✔ nothing",
            "journal show upgrade-0304-2205 -o markdown");
    List<Line> lines = RunPanel.lines(done, 100, 40);
    assertThat(lines.get(0).spans()).allMatch(span -> span.style() == Style.GOOD);
  }
}
