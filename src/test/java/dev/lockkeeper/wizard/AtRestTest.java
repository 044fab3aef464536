package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Scenery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The operator's seat is left to others only when nothing of ours is under way. */
class AtRestTest {
  /** An act that owes nothing. */
  private static final LeaseRequest ACT =
      new LeaseRequest(
          Contexts.in("coder"), "lockkeeper-coder", false, Optional.empty(), "ann@bastion run-1");

  private static final String STEP = "3.2";
  private static final State BEFORE = Chapters.asksToScaleDown().state();
  private static final Instant NOW = BEFORE.now();

  private static State after(Entry... entries) {
    State state = BEFORE;
    for (Entry entry : entries) {
      state = state.progressed(state.progress().with(entry));
    }
    return state;
  }

  private static State withHelm(HelmRun.State state) {
    HelmRun run =
        new HelmRun("1", "d", state, Optional.empty(), 7, NOW, Optional.empty(), List.of());
    return BEFORE.seeing(BEFORE.snapshot().withHelm(Observed.known(Scenery.ownHelm(run), NOW)));
  }

  @Test
  void whereNothingWasBegunItIsLeft() {
    assertThat(BEFORE.atRest()).isTrue();
  }

  @Test
  void anActThatIsOnItsWayKeepsIt() {
    Pending pending = Pending.confirmed(STEP, ACT, NOW);
    assertThat(BEFORE.awaiting(Optional.of(pending)).atRest()).isFalse();
  }

  @Test
  void anActOfWhichNobodyKnowsKeepsItUntilItIsSettled() {
    Entry intended = Entry.intended(NOW, STEP, ACT);
    Entry unknown = Entry.outcome(NOW, STEP, ACT, Outcome.unknown("no answer"));
    assertThat(after(intended).atRest()).as("it was sent").isFalse();
    assertThat(after(intended, unknown).atRest()).as("it is unknown").isFalse();
    assertThat(after(intended, unknown, Entry.completed(NOW, STEP, "seen")).atRest()).isTrue();
  }

  @Test
  void anActWhoseEffectWasNotSeenYetKeepsIt() {
    Entry intended = Entry.intended(NOW, STEP, ACT);
    Entry done = Entry.outcome(NOW, STEP, ACT, Outcome.done("helm runs as run 1"));
    assertThat(after(intended, done).atRest()).isFalse();
    assertThat(after(intended, done, Entry.completed(NOW, STEP, "seen")).atRest()).isTrue();
  }

  @Test
  void anActThatWasRefusedDoesNot() {
    Entry refused = Entry.outcome(NOW, STEP, ACT, Outcome.refused("no"));
    assertThat(after(Entry.intended(NOW, STEP, ACT), refused).atRest()).isTrue();
  }

  @Test
  void aHelmOfOursThatWorksKeepsIt() {
    assertThat(withHelm(HelmRun.State.RUNNING).atRest()).isFalse();
    assertThat(withHelm(HelmRun.State.ENDED).atRest()).isTrue();
  }
}
