package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.view.Screens;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands between a key and the cluster. */
class ConfirmingTest {
  @Test
  void aDryRunIsGivenUpWithItsQuestion() {
    Story waiting = Chapters.choseZero().serverJudges(request -> Optional.empty()).enters();
    assertThat(waiting.withdrawn()).isZero();
    assertThat(waiting.presses(Key.Name.ESCAPE).withdrawn()).isEqualTo(1);
    Story heard = Chapters.asksToScaleDown().presses(Key.Name.ESCAPE);
    assertThat(heard.withdrawn()).as("there is nothing to give up").isZero();
  }

  private static Story ready() {
    return Chapters.asksToScaleDown().presses(Key.Name.RIGHT);
  }

  private static Dialog.Confirm question(Story story) {
    return (Dialog.Confirm) story.state().dialog().orElseThrow();
  }

  private static String said(Story story) {
    return story.state().notice().map(Toast::text).orElse("");
  }

  private static UpgradeWorld withReplicas(Instant now, int replicas) {
    UpgradeWorld world = UpgradeWorld.running(now);
    var deployment = Altered.of(world.cluster().deployment().orElseThrow(), "replicas", replicas);
    return new UpgradeWorld(
        Altered.of(world.cluster(), "deployment", Optional.of(deployment)), world.database());
  }

  @Test
  void nothingIsDoneBeforeItsIntentionIsOnDisk() {
    Story story = ready().journalStalls().enters();
    assertThat(story.performed()).isEmpty();
    assertThat(story.state().pending()).get().extracting(Pending::sent).isEqualTo(false);
    story.journalAnswers();
    assertThat(story.performed()).hasSize(1);
    assertThat(story.journal().get(story.journal().size() - 1).kind())
        .isEqualTo(Entry.Kind.INTENDED);
  }

  @Test
  void whatCannotBeWrittenIsNotDone() {
    Story story = ready().journalStalls().enters().journalFails("no space left");
    assertThat(story.performed()).isEmpty();
    assertThat(story.state().pending()).isEmpty();
    assertThat(said(story)).contains("nothing is done", "no space left");
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.OPEN);
  }

  @Test
  void nothingIsSentBeforeTheServerHasJudgedIt() {
    Story story = Chapters.choseZero().serverJudges(request -> Optional.empty()).enters();
    story.presses(Key.Name.RIGHT).enters();
    assertThat(story.performed()).isEmpty();
    assertThat(story.state().pending()).isEmpty();
    Request asked = question(story).plan().request();
    story.happens(new Event.Rehearsed(asked, new Rehearsal(Rehearsal.Verdict.ACCEPTED, List.of())));
    assertThat(story.enters().performed()).hasSize(1);
  }

  @Test
  void whatTheServerWouldRefuseIsNotSent() {
    Rehearsal no = new Rehearsal(Rehearsal.Verdict.REFUSED, List.of("403: you may not"));
    Story story = Chapters.choseZero().serverJudges(request -> Optional.of(no)).enters();
    assertThat(story.presses(Key.Name.RIGHT).enters().performed()).isEmpty();
    assertThat(story.state().pending()).isEmpty();
    assertThat(Hints.of(story.state())).extracting(Hint::label).containsExactly("esc");
  }

  @Test
  void whatTheServerWouldMakeOtherwiseIsAskedAgainAndHarder() {
    Rehearsal other =
        new Rehearsal(Rehearsal.Verdict.OTHERWISE, List.of("replicas becomes 4, and 0 was asked"));
    Story story = Chapters.choseZero().serverJudges(request -> Optional.empty()).enters();
    story.presses(Key.Name.RIGHT);
    story.screenStalls();
    Request asked = question(story).plan().request();
    story.happens(new Event.Rehearsed(asked, other));
    assertThat(question(story).go()).as("what was pressed was for another question").isFalse();
    assertThat(question(story).shown()).as("the new one has to be seen").isEmpty();
    story.screenCatchesUp().presses(Key.Name.RIGHT).enters();
    assertThat(story.performed()).as("a grade harder: it has to be typed").isEmpty();
    assertThat(story.answers("prod-eu/coder").performed()).containsExactly(asked);
  }

  @Test
  void aJudgementOfAnotherRequestCountsForNothing() {
    Story story = Chapters.choseZero().serverJudges(request -> Optional.empty()).enters();
    Request other = question(Chapters.asksToMigrate()).plan().request();
    story.happens(new Event.Rehearsed(other, new Rehearsal(Rehearsal.Verdict.ACCEPTED, List.of())));
    assertThat(question(story).rehearsal()).isEmpty();
  }

  @Test
  void anIntentionOfAnotherActIsNotHandedOn() {
    Story story = ready().journalStalls().enters();
    Request waiting = story.state().pending().orElseThrow().request();
    Entry other = Entry.intended(Story.START, "4.2", waiting);
    assertThat(story.happens(new Event.Written(other)).performed()).isEmpty();
  }

  @Test
  void aPlanThatChangedIsShownAgainAndNotDone() {
    Story story = ready().sees(now -> withReplicas(now, 5)).presses(Key.Name.RIGHT);
    story.presses(Key.Name.RIGHT).enters();
    assertThat(story.performed()).isEmpty();
    assertThat(question(story).changed()).contains("from 3 to 0");
    assertThat(question(story).plan().request().summary()).contains("from 5 to 0");
    assertThat(question(story).go()).as("the focus is back on Cancel").isFalse();
    story.presses(Key.Name.RIGHT).enters();
    assertThat(story.performed())
        .extracting(Request::summary)
        .containsExactly("scale deployment/coder from 5 to 0");
  }

  @Test
  void aGuardThatNoLongerHoldsStopsTheAct() {
    Story story = ready().sees(UpgradeWorld::contended).enters();
    assertThat(story.performed()).isEmpty();
    assertThat(story.state().dialog()).isEmpty();
    assertThat(said(story)).contains("nothing was done", "no migration is in progress");
  }

  @Test
  void aGuardThatBreaksWhileTheDiskIsSlowStopsTheAct() {
    Story story = ready().journalStalls().enters().sees(UpgradeWorld::contended).journalAnswers();
    assertThat(story.performed()).isEmpty();
    assertThat(said(story)).contains("nothing was sent", "no migration is in progress");
    assertThat(story.state().pending()).isEmpty();
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.OPEN);
    assertThat(story.state().progress().debts()).isEmpty();
  }

  @Test
  void aWorldThatChangesWhileTheDiskIsSlowStopsTheAct() {
    Story story =
        ready().journalStalls().enters().sees(now -> withReplicas(now, 5)).journalAnswers();
    assertThat(story.performed()).isEmpty();
    assertThat(said(story)).contains("it would now be", "from 5 to 0");
  }

  @Test
  void anIntentionThatNobodyExpectsAnyMoreIsNotActedUpon() {
    Story story = ready().journalStalls().enters().passes(11).journalAnswers();
    assertThat(story.performed()).isEmpty();
    assertThat(said(story)).contains("took too long");
  }

  @Test
  void staleFactsForbidActing() {
    Story story = ready().waits(6).enters();
    assertThat(story.performed()).isEmpty();
    assertThat(said(story)).contains("nothing was done", "not known");
  }

  @Test
  void aClusterThatIsLostForbidsActing() {
    Story story = ready();
    story.happens(Event.Seen.cluster(story.state().snapshot().cluster().lost("no route")));
    assertThat(story.enters().performed()).isEmpty();
  }

  @Test
  void whileTheClusterIsAskedItMayBeLostAndTheAnswerStillCounts() {
    Story story = Chapters.scalesDown();
    story.happens(Event.Seen.cluster(story.state().snapshot().cluster().lost("no route")));
    story.enters().clusterAnswers(Outcome.done("replicas 3 -> 0"));
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.ACTED);
    assertThat(story.waits(60).state().progress().status("3.2")).isEqualTo(StepStatus.ACTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Key.Name.class,
      names = {"CHARACTER"},
      mode = EnumSource.Mode.EXCLUDE)
  void noKeyAloneActs(Key.Name name) {
    assertThat(Chapters.asksToScaleDown().presses(name).performed()).isEmpty();
    Story migrate = Chapters.asksToMigrate();
    int before = migrate.performed().size();
    assertThat(migrate.presses(name).enters().enters().performed()).hasSize(before);
  }

  @Test
  void escapeCancelsWhateverTheFocusIsOn() {
    Story story = ready().presses(Key.Name.ESCAPE);
    assertThat(story.state().dialog()).isEmpty();
    assertThat(story.performed()).isEmpty();
    assertThat(ready().presses(Key.ctrl('c')).performed()).isEmpty();
  }

  @Test
  void aKeyThatMeansNothingTakesTheFocusBackToCancel() {
    Story story = ready().presses('y').enters();
    assertThat(story.performed()).isEmpty();
    assertThat(said(story)).contains("cancelled");
  }

  @Test
  void keysFromBeforeTheQuestionWasOnTheScreenAreDropped() {
    Story story = Chapters.choseZero().screenStalls().enters();
    story.presses(Key.Name.RIGHT).enters().enters();
    assertThat(question(story).go()).isFalse();
    assertThat(story.performed()).isEmpty();
    story.screenCatchesUp().presses(Key.Name.RIGHT).enters();
    assertThat(story.performed()).hasSize(1);
  }

  /** The queue was long: what was typed for the screen of before comes when the next is there. */
  @Test
  void aKeyFromBeforeThePaintThatIsHandledAfterItIsDropped() {
    Story story = Chapters.asksToScaleDown();
    Instant before = question(story).shown().orElseThrow().minusMillis(1);
    story.happens(new Event.Pressed(Key.of(Key.Name.RIGHT), before));
    assertThat(question(story).go()).isFalse();
    story.presses(Key.Name.RIGHT);
    story.happens(new Event.Pressed(Key.of(Key.Name.ENTER), before));
    assertThat(story.performed()).isEmpty();
    assertThat(story.enters().performed()).hasSize(1);
  }

  @Test
  void aPhraseTypedAheadIsDropped() {
    Story story = Chapters.renamed().screenStalls().enters();
    int before = story.performed().size();
    story.answers("prod-eu/coder").screenCatchesUp().enters();
    assertThat(question(story).typed()).isEmpty();
    assertThat(story.performed()).hasSize(before);
  }

  @Test
  void toCancelIsRightEvenBeforeTheQuestionIsSeen() {
    Story story = Chapters.choseZero().screenStalls().enters().presses(Key.Name.ESCAPE);
    assertThat(story.state().dialog()).isEmpty();
  }

  @Test
  void aQuestionPutAgainMustBeSeenAgain() {
    Story story = ready().sees(now -> withReplicas(now, 5)).screenStalls().enters();
    story.presses(Key.Name.RIGHT).enters();
    assertThat(story.performed()).isEmpty();
  }

  /** The dry run stands below what fits. */
  @Test
  void whatIsConfirmedHasBeenOnTheScreen() {
    Story story = asksOn(80, 24).answers("prod-eu/coder");
    assertThat(question(story).read()).isFalse();
    assertThat(question(story).phraseTyped()).isTrue();
    assertThat(Hints.of(story.state()).get(0).obstacle()).contains("read to the end", "pgdn");
    assertThat(story.asked()).isEmpty();
    story.presses(Key.Name.PAGE_DOWN).enters();
    assertThat(story.asked()).as("there is more").isEmpty();
    story.presses(Key.Name.PAGE_DOWN).presses(Key.Name.PAGE_DOWN).presses(Key.Name.PAGE_DOWN);
    assertThat(story.enters().asked()).isPresent();
  }

  @Test
  void whatFitsNeedsNoReadingOn() {
    assertThat(asksOn(120, 40).answers("prod-eu/coder").asked()).isPresent();
  }

  /** What the server says is a part of the question, and it is said later. */
  @Test
  void anEndThatWasReadBeforeTheServerSpokeIsReadAgain() {
    Story story = Chapters.choseZero().serverJudges(request -> Optional.empty()).enters();
    assertThat(question(story).read()).isFalse();
    Request asked = question(story).plan().request();
    story.onScreen(80, 24);
    story.happens(
        new Event.Rehearsed(
            asked,
            new Rehearsal(
                Rehearsal.Verdict.ACCEPTED, Collections.nCopies(30, "a line of the dry run"))));
    assertThat(story.presses(Key.Name.RIGHT).enters().performed()).isEmpty();
    for (int i = 0; i < 10; i++) {
      story.presses(Key.Name.PAGE_DOWN);
    }
    assertThat(story.enters().performed()).hasSize(1);
  }

  private static Story asksOn(int columns, int rows) {
    Rehearsal much =
        new Rehearsal(
            Rehearsal.Verdict.ACCEPTED, Collections.nCopies(20, "what the server would make"));
    return Chapters.renamed()
        .onScreen(columns, rows)
        .serverJudges(request -> Optional.of(much))
        .enters();
  }

  @ParameterizedTest
  @EnumSource(Phrase.class)
  void onlyTheWholePhraseConfirmsWhatCannotBeTakenBack(Phrase phrase) {
    Story story = Chapters.asksToMigrate();
    int before = story.performed().size();
    assertThat(question(story).plan().risk()).isEqualTo(Risk.IRREVERSIBLE);
    story.answers(phrase.typed);
    assertThat(story.performed()).hasSize(before + (phrase == Phrase.RIGHT ? 1 : 0));
  }

  private enum Phrase {
    NOTHING(""),
    YES("yes"),
    HALF("coder/code"),
    MORE("coder/coder "),
    CAPITALS("Coder/Coder"),
    RIGHT("prod-eu/coder");

    private final String typed;

    Phrase(String typed) {
      this.typed = typed;
    }
  }

  @Test
  void whatCannotBeTakenBackIsWithdrawnAfterAMinute() {
    Story story = Chapters.asksToMigrate().types("prod-eu/coder");
    int before = story.performed().size();
    assertThat(story.passes(41).state().dialog()).isPresent();
    story.passes(3);
    assertThat(story.state().dialog()).isEmpty();
    assertThat(said(story)).contains("withdrawn after 60 s");
    assertThat(story.enters().performed()).hasSize(before);
  }

  @Test
  void itIsWithdrawnEvenWhenTheKeyComesBeforeTheClockIsLookedAt() {
    Story story = Chapters.asksToMigrate().types("prod-eu/coder");
    int before = story.performed().size();
    story.clockGoes(61).enters();
    assertThat(story.performed()).hasSize(before);
    assertThat(said(story)).contains("withdrawn after 60 s");
  }

  @Test
  void manyEntersAreOneAct() {
    Story story = ready().enters().enters().enters().enters();
    assertThat(story.performed()).hasSize(1);
    Story slow = ready().journalStalls().enters().enters().enters().journalAnswers();
    assertThat(slow.enters().enters().performed()).hasSize(1);
  }

  @Test
  void anActOfUnknownOutcomeIsNeverRepeatedByItself() {
    Story story = Chapters.scalesDown().clusterAnswers(Outcome.unknown("connection reset"));
    story.passes(120);
    assertThat(story.performed()).hasSize(1);
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.UNKNOWN);
    story.enters().enters();
    assertThat(story.performed()).as("asking again needs another confirmation").hasSize(1);
  }

  @Test
  void whatAnUnknownActDidIsTakenFromWhatIsSeen() {
    Story story = Chapters.scalesDown().clusterAnswers(Outcome.unknown("connection reset"));
    story.sees(UpgradeWorld::draining);
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.DONE);
  }

  @Test
  void aClockThatIsSetIsTold() {
    Story story = Chapters.scalesDown();
    assertThat(said(story.happens(new Event.ClockSet(Duration.ofHours(3)))))
        .contains("this machine's clock was set forward by 3h00m");
    assertThat(said(story.happens(new Event.ClockSet(Duration.ofHours(-2)))))
        .contains("was set back by 2h00m", "keep the old time");
  }

  @Test
  void anOutcomeThatCannotBeWrittenIsKeptAndNothingElseIsBegun() {
    Story story = Chapters.scalesDown().journalStalls();
    story.clusterAnswers(Outcome.done("replicas 3 -> 0")).journalFails("disk full");
    assertThat(story.state().pending().orElseThrow().outcome().orElseThrow().kind())
        .isEqualTo(Entry.Kind.DONE);
    assertThat(story.state().progress().debts()).hasSize(1);
    assertThat(said(story)).contains("it was sent, but").doesNotContain("nothing is done");
    assertThat(Screens.render(story.state(), 120, 40).text())
        .contains(
            "Done; not in the journal yet: ", "cannot be written: disk full. The outcome is kept");
    story.enters();
    assertThat(story.state().dialog()).isEmpty();
  }

  @Test
  void onlyAnIntentionSaysThatNothingIsDone() {
    Story story = Chapters.scalesDown();
    Entry fact = Entry.remembered(story.state().now(), "word", "value");
    State state = Update.apply(story.state(), new Event.NotWritten(fact, "disk full")).state();
    assertThat(state.notice().orElseThrow().text())
        .isEqualTo("the journal cannot be written, so this is not noted: disk full");
    assertThat(state.pending()).isPresent();
  }

  @Test
  void nothingElseCanBeBegunOrLeftOutWhileAnActIsOnItsWay() {
    Story story = Chapters.scalesDown().enters().presses('x');
    assertThat(story.state().dialog()).isEmpty();
    story.presses('n').presses('n').enters();
    assertThat(story.state().dialog()).isEmpty();
    assertThat(story.performed()).hasSize(1);
  }

  @Test
  void anAnswerThatComesWhileAnotherQuestionIsOpenIsWrittenAndClosesNothing() {
    Story story = Chapters.scalesDown().presses('?');
    story.clusterAnswers(Outcome.done("replicas 3 -> 0")).sees(UpgradeWorld::draining);
    assertThat(story.state().dialog()).containsInstanceOf(Dialog.Help.class);
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.ACTED);
    story.presses(Key.Name.ESCAPE).passes(1);
    assertThat(story.state().progress().status("3.2")).isEqualTo(StepStatus.DONE);
  }

  @Test
  void aClockThatGoesBackMakesNothingFresh() {
    Story story = ready();
    Observed<?> before = story.state().snapshot().cluster();
    story.waits(6).clockGoes(-3600).happens(new Event.Ticked(Story.START));
    assertThat(before.fresh(story.state().now(), Snapshot.FRESH)).isEmpty();
    assertThat(story.enters().performed()).isEmpty();
    assertThat(story.presses(Key.Name.ESCAPE).state().dialog()).isEmpty();
  }

  @Test
  void everyActHasItsIntentionBeforeItAndItsOutcomeAfterIt() {
    List<Entry.Kind> kinds =
        Chapters.done().journal().stream()
            .map(Entry::kind)
            .filter(kind -> kind == Entry.Kind.INTENDED || kind == Entry.Kind.DONE)
            .toList();
    assertThat(kinds).hasSize(8);
    for (int i = 0; i < kinds.size(); i++) {
      assertThat(kinds.get(i)).isEqualTo(i % 2 == 0 ? Entry.Kind.INTENDED : Entry.Kind.DONE);
    }
  }

  @Test
  void readingOnIsNoAnswer() {
    Story story = Chapters.asksToMigrate().types("prod-eu/");
    int before = story.performed().size();
    story.presses(Key.Name.PAGE_DOWN).presses(Key.Name.PAGE_UP).presses(Key.Name.PAGE_DOWN);
    assertThat(question(story).typed()).isEqualTo("prod-eu/");
    assertThat(story.state().scroll()).isEqualTo(Extent.UNKNOWN.page());
    story.answers("coder");
    assertThat(story.performed()).hasSize(before + 1);
    assertThat(story.state().scroll()).isZero();
  }
}
