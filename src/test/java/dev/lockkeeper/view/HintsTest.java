package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.Hint;
import dev.lockkeeper.wizard.Hints;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.NextAction;
import dev.lockkeeper.wizard.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The footer tells the truth about the keys. */
class HintsTest {
  @Test
  void thereAreNeverMoreThanSevenAndHelpAndLeaveAreAmongThem() {
    Story blocked = Chapters.readUpToContention().sees(UpgradeWorld::contended);
    List<State> states =
        Stream.of(Story.begins(), blocked, blocked.presses('l'), Chapters.done())
            .map(Story::state)
            .toList();
    for (State state : states) {
      List<String> labels = Hints.of(state).stream().map(Hint::label).toList();
      assertThat(labels).hasSizeBetween(5, 7).contains("?", "q");
    }
  }

  @Test
  void enterSaysWhatItWillDo() {
    assertThat(NextAction.of(Story.begins().state()).brief()).isEqualTo("go on");
    assertThat(NextAction.of(Story.begins().enters().state()).sentence())
        .isEqualTo("enter: answer 2 questions");
    assertThat(NextAction.of(Chapters.backedUp().state()).brief()).isEqualTo("choose");
    assertThat(NextAction.of(Chapters.choseZero().state()).brief()).isEqualTo("show plan");
    assertThat(NextAction.of(Chapters.drained().state()).brief()).isEqualTo("next step");
  }

  @Test
  void whenEnterSaysThatItShowsThePlanItDoes() {
    Story story = Chapters.choseZero().enters();
    assertThat(story.state().dialog()).containsInstanceOf(Dialog.Confirm.class);
  }

  @Test
  void aKeyThatDoesNothingNowSaysWhy() {
    Story blocked = Chapters.readUpToContention().sees(UpgradeWorld::contended);
    Hint enter = Hints.of(blocked.state()).get(0);
    assertThat(enter.available()).isFalse();
    assertThat(enter.obstacle()).contains("no migration is in progress", "w waives");
    Hint waiting = Hints.of(Chapters.scalesDown().state()).get(0);
    assertThat(waiting.obstacle()).contains("waiting for the answer");
  }

  @Test
  void anActMayNotOvertakeAnEarlierStep() {
    Story early = Story.begins().leafsTo("3.2");
    NextAction ahead = NextAction.of(early.state());
    assertThat(ahead.blocked()).isTrue();
    assertThat(ahead.sentence()).isEqualTo("first 1.1 Know what is installed: b goes back");
    assertThat(early.enters().state().dialog()).isEmpty();
  }

  @Test
  void theFocusOfAQuestionIsNeverOnTheAct() {
    List<String> hints =
        Hints.of(Chapters.asksToScaleDown().state()).stream().map(Hint::brief).toList();
    assertThat(hints).containsExactly("move", "cancel", "cancel");
  }

  @Test
  void whileTheServerJudgesEnterSaysThatItWaits() {
    Story story = Chapters.choseZero().serverJudges(request -> Optional.empty()).enters();
    Hint enter = Hints.of(story.presses(Key.Name.RIGHT).state()).get(1);
    assertThat(enter.brief()).isEqualTo("do it");
    assertThat(enter.obstacle()).isEqualTo("wait for the dry run");
  }

  @Test
  void afterAnUnknownOutcomeNothingIsSentByItself() {
    Story story = Chapters.scalesDown().clusterAnswers(Outcome.unknown("timeout")).passes(30);
    assertThat(story.asked()).isEmpty();
  }
}
