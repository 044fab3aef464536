package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Step;
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

  /** Who presses Enter twice has not read the step that comes up. */
  @Test
  void enterPressedTwiceOnTheFirstScreenDoesNotPassTheFirstStep() {
    State first = begins().state().introduced();
    Key enter = Key.of(Key.Name.ENTER);
    State shown = Update.apply(first, new Event.Pressed(enter, first.now())).state();
    Next twice = Update.apply(shown, new Event.Pressed(enter, first.now().plusMillis(150)));
    assertThat(twice.effects()).isEmpty();
    assertThat(twice.state().notice().orElseThrow().text()).startsWith("too soon");
    Next read = Update.apply(shown, new Event.Pressed(enter, first.now().plusMillis(400)));
    assertThat(read.effects()).isNotEmpty();
  }

  /** What is decided on the way brings more steps, acts and questions. */
  @Test
  void theFirstScreenTellsTheWholeWayBeforeAnythingIsDecided() {
    Story recovery =
        Story.begins("coder-recovery", Setting.World.PRODUCTION, UpgradeWorld::running);
    List<Step> steps = recovery.state().runbook().steps().toList();
    long acts = steps.stream().filter(step -> step.action().isPresent()).count();
    assertThat(recovery.state().applicable()).hasSizeLessThan(steps.size());
    assertThat(shown(recovery.state().introduced(), 120, 60))
        .contains("3 The smallest fix", "up to " + acts + " acts");
  }

  @Test
  void aRunThatEndsWithItsWorldIsNotSaidToComeBack() {
    State state = endsWithItsWorld(begins().state());
    assertThat(shown(state.introduced(), 120, 40))
        .contains("ends this practice world")
        .doesNotContain("lockkeeper resume");
    assertThat(shown(endsWithItsWorld(Chapters.done(begins()).state()), 120, 40))
        .contains("before you leave");
  }

  private static State endsWithItsWorld(State of) {
    Setting setting = of.setting();
    return new State(
        new Setting(setting.run(), setting.world(), setting.zone(), setting.policy(), false),
        of.runbook(),
        of.knowledge(),
        of.snapshot(),
        of.progress(),
        of.cursor(),
        of.dialog(),
        of.opened(),
        of.scroll(),
        of.extent(),
        of.notice(),
        of.pending(),
        of.noting());
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
