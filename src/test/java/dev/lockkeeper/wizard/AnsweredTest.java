package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers that come without keys, from whatever display puts the question. */
class AnsweredTest {
  private static Dialog question(Story story) {
    return story.state().dialog().orElseThrow();
  }

  private static Story answers(Story story, Reply reply) {
    return answers(story, question(story), reply, story.state().now());
  }

  private static Story answers(Story story, Dialog question, Reply reply, Instant at) {
    return story.happens(new Event.Answered(question, reply, at));
  }

  @Test
  void anActIsConfirmedByAnAnswerAsByKeys() {
    assertThat(answers(Chapters.asksToScaleDown().passes(1), Reply.yes()).performed()).hasSize(1);
    Story typed = Chapters.asksToMigrate().passes(1);
    int before = typed.performed().size();
    String phrase = typed.state().confirm().orElseThrow().plan().phrase();
    assertThat(answers(typed, Reply.yes()).performed()).as("it has to be typed").hasSize(before);
    assertThat(answers(typed, Reply.typed(phrase + "x")).performed()).hasSize(before);
    assertThat(answers(typed, Reply.typed(phrase)).performed()).hasSize(before + 1);
  }

  @Test
  void anAnswerFromBeforeTheQuestionWasShownIsDropped() {
    Story story = Chapters.choseZero();
    story.screenStalls();
    Instant early = story.enters().state().now();
    story.screenCatchesUp();
    assertThat(answers(story, question(story), Reply.yes(), early).performed()).isEmpty();
    assertThat(story.state().dialog()).as("the question stands").isPresent();
    assertThat(answers(story.passes(1), Reply.yes()).performed()).hasSize(1);
  }

  @Test
  void whatWasNotReadToItsEndIsNotConfirmed() {
    Rehearsal much =
        new Rehearsal(Rehearsal.Verdict.ACCEPTED, Collections.nCopies(30, "a line of the dry run"));
    Story story =
        Chapters.choseZero().onScreen(80, 24).serverJudges(request -> Optional.of(much)).enters();
    assertThat(story.state().confirm().orElseThrow().read()).isFalse();
    assertThat(answers(story, Reply.yes()).performed()).isEmpty();
  }

  @Test
  void anAnswerToAnotherQuestionIsNone() {
    Story story = Chapters.asksToScaleDown().passes(1);
    Dialog other = question(Chapters.asksToMigrate().passes(1));
    assertThat(answers(story, other, Reply.yes(), story.state().now()).performed()).isEmpty();
    assertThat(
            answers(story, new Dialog.Help(Binding.Place.WALK), Reply.cancel(), story.state().now())
                .state())
        .as("not even to cancel")
        .extracting(State::dialog)
        .isEqualTo(Optional.of(question(story)));
  }

  @Test
  void anAnswerToWhatTheServerJudgedAnewIsNone() {
    Story story = Chapters.choseZero().serverJudges(request -> Optional.empty()).enters();
    Dialog before = question(story);
    Request asked = story.state().confirm().orElseThrow().plan().request();
    story.happens(new Event.Rehearsed(asked, new Rehearsal(Rehearsal.Verdict.ACCEPTED, List.of())));
    Instant now = story.passes(1).state().now();
    assertThat(answers(story, before, Reply.yes(), now).performed()).isEmpty();
    assertThat(answers(story, Reply.yes()).performed()).hasSize(1);
  }

  @Test
  void textAndChoicesAreAnsweredAndAskedAgainWithTheReason() {
    Story asked = Chapters.prepared().enters();
    Dialog.Ask first = (Dialog.Ask) question(asked);
    answers(asked, Reply.typed(""));
    assertThat(((Dialog.Ask) question(asked)).error()).contains("needed");
    answers(asked, Reply.typed("vol-1\u001b[2J"));
    assertThat(asked.journal())
        .last()
        .returns(Entry.Kind.ATTESTED, Entry::kind)
        .returns("vol-1[2J", entry -> entry.value(Entry.VALUE));
    Story choosing = Chapters.backedUp().enters();
    int before = choosing.journal().size();
    answers(choosing, Reply.chosen(99));
    answers(choosing, Reply.yes());
    assertThat(choosing.journal()).hasSize(before);
    answers(choosing, Reply.chosen(0));
    assertThat(choosing.journal()).hasSizeGreaterThan(before);
    assertThat(choosing.journal().get(before).kind()).isEqualTo(Entry.Kind.CHOSEN);
  }

  @Test
  void toCancelIsAlwaysRight() {
    Story story = Chapters.choseZero();
    story.screenStalls();
    Instant early = story.enters().state().now();
    answers(story, question(story), Reply.cancel(), early);
    assertThat(story.state().dialog()).isEmpty();
    assertThat(story.performed()).isEmpty();
  }
}
