package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Binding.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No key of the main screen is silent. */
class KeysTest {
  private static String said(Story story) {
    return story.state().notice().map(Toast::text).orElse("");
  }

  /** Everything but the notice and the age of what is known. */
  private static List<Object> doing(State state) {
    return List.of(
        state.progress(), state.cursor(), state.dialog(), state.opened(), state.scroll());
  }

  @Test
  void aKeyEitherDoesSomethingOrSaysWhyNot() {
    List<Key> keys =
        Stream.of(
                KeyMap.bindings(Place.WALK).stream().flatMap(binding -> binding.keys().stream()),
                PanelKeys.all().stream().flatMap(panel -> panel.keys().stream()),
                Stream.of(
                    Key.of('Q'), Key.of('7'), Key.of(Key.Name.TAB), Key.ctrl('l'), Key.ctrl('z')))
            .flatMap(each -> each)
            .distinct()
            .toList();
    for (Key key : keys) {
      for (Story story :
          List.of(
              Story.begins(),
              Story.begins().presses('l'),
              Story.begins().presses('m'),
              Chapters.readUpToContention().sees(UpgradeWorld::contended).presses('p').enters(),
              Chapters.readUpToContention().sees(UpgradeWorld::contended),
              Chapters.choseZero(),
              Chapters.scalesDown(),
              Chapters.done())) {
        story.passes((int) Toast.SHOWN.toSeconds() + 1);
        State before = story.state();
        int written = story.journal().size();
        story.presses(key);
        boolean done =
            !doing(story.state()).equals(doing(before)) || written < story.journal().size();
        assertThat(done || !said(story).isEmpty())
            .as("%s at %s", key.label(), before.cursor())
            .isTrue();
      }
    }
  }

  @Test
  void aKeyThatIsBoundToNothingIsNamed() {
    assertThat(said(Story.begins().presses('Q')))
        .isEqualTo("Q does nothing here; ? shows all keys");
    assertThat(said(Story.begins().presses(Key.ctrl('l')))).startsWith("ctrl-l does nothing here");
  }

  @Test
  void inAPanelEnterIsForItsRowsAndTheKeysOfTheStepSayWhatStandsInFront() {
    Story story = Story.begins().presses('f');
    int written = story.journal().size();
    String step = story.state().cursor();
    story.enters().enters();
    assertThat(story.journal()).hasSize(written);
    assertThat(story.state().cursor()).isEqualTo(step);
    assertThat(said(story.presses('w')))
        .contains("the findings stand in front of step 1.1", "esc closes");
    assertThat(story.presses(Key.Name.ESCAPE).presses(Key.Name.ESCAPE).enters().journal())
        .hasSizeGreaterThan(written);
  }

  @Test
  void afterLeafingOneKeyLeadsBackToTheCurrentStep() {
    Story story = Chapters.choseZero();
    String current = story.state().cursor();
    story.presses('b').presses('b').presses('l');
    assertThat(story.state().cursor()).isNotEqualTo(current);
    assertThat(story.state().panel()).contains(PanelId.LOCKS);
    story.presses('c');
    assertThat(story.state().cursor()).isEqualTo(current);
    assertThat(story.state().panel()).isEmpty();
    assertThat(said(story.presses('c'))).isEqualTo("this is the current step");
  }

  @Test
  void theEndsOfTheWayAreTold() {
    assertThat(said(Story.begins().presses('b'))).isEqualTo("this is the first step");
    assertThat(said(Chapters.done().presses(Key.Name.ESCAPE).presses('n')))
        .isEqualTo("this is the last step");
    assertThat(said(Chapters.done().presses('c'))).startsWith("every step is over");
  }

  @Test
  void theKeysOfOnePlaceAreBoundOnce() {
    for (Place place : Place.values()) {
      assertThat(
              KeyMap.bindings(place).stream().flatMap(binding -> binding.keys().stream()).toList())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void beforeTheRunBeginsLeavingPromisesNoReturn() {
    assertThat(KeyMap.bindings(Place.APPROACH))
        .extracting(binding -> binding.description(Place.APPROACH))
        .noneMatch(text -> text.contains("resume"))
        .anyMatch(text -> text.startsWith("Try again"));
  }

  @Test
  void ctrlCSaysWhatIsOwedAndTwiceItLeaves() {
    Story story = Chapters.drained().presses(Key.ctrl('c'));
    assertThat(story.state().dialog()).containsInstanceOf(Dialog.Leave.class);
    assertThat(Screens.render(story.state(), 80, 24).text())
        .contains("ctrl-c again within 2 s leaves", "bring back 3 replicas");
    assertThat(story.over()).isFalse();
    assertThat(story.presses(Key.ctrl('c')).over()).isTrue();
  }

  @Test
  void aSecondCtrlCThatComesLateIsAFirstOne() {
    Story story = Chapters.drained().presses(Key.ctrl('c')).passes(3);
    assertThat(Screens.render(story.state(), 80, 24).text()).doesNotContain("ctrl-c again");
    assertThat(story.presses(Key.ctrl('c')).over()).isFalse();
    assertThat(story.presses(Key.ctrl('c')).over()).isTrue();
    Story asked = Chapters.drained().presses('q').presses(Key.ctrl('c'));
    assertThat(asked.over()).as("q is no Ctrl-C").isFalse();
  }

  @Test
  void ctrlCClosesWhatIsAskedFirst() {
    Story story = Chapters.asksToMigrate().presses(Key.ctrl('c'));
    assertThat(story.state().dialog()).containsInstanceOf(Dialog.Leave.class);
    assertThat(said(story)).isEqualTo("cancelled; nothing was done");
    assertThat(story.presses(Key.Name.ESCAPE).state().dialog()).isEmpty();
    assertThat(story.performed()).hasSameSizeAs(Chapters.asksToMigrate().performed());
  }

  @Test
  void aKeyThatIsNoAnswerSaysWhichAre() {
    Story story = Chapters.drained().presses('q').presses('z');
    assertThat(said(story)).startsWith("z does nothing here: ← → move, enter stay, esc stay");
    assertThat(Screens.render(story.state(), 80, 24).text()).contains("z does nothing here");
    assertThat(said(story.presses(Key.Name.RIGHT))).isEmpty();
  }

  @Test
  void aWrongPhraseIsToldAndCanBeMended() {
    Story story = Chapters.asksToMigrate();
    int before = story.performed().size();
    story.answers("prod-eu/codr");
    assertThat(said(story)).contains("not what is asked for", "nothing was done");
    assertThat(Screens.render(story.state(), 80, 24).text()).contains("nothing was done");
    assertThat(story.performed()).hasSize(before);
    story.presses(Key.Name.LEFT).presses('e').enters();
    assertThat(story.performed()).hasSize(before + 1);
  }

  @Test
  void enterSaysWhatTheQuestionWaitsFor() {
    Story story = Chapters.choseZero().serverJudges(request -> Optional.empty()).enters();
    story.presses(Key.Name.RIGHT).enters();
    assertThat(said(story)).startsWith("wait: the server is still being asked");
    assertThat(story.performed()).isEmpty();
  }
}
