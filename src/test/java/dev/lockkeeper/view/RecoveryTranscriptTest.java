package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.story.Recoveries;
import dev.lockkeeper.story.RecoveryWorld;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Key;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Recoveries from the first key to the last, by each of the three ways. */
class RecoveryTranscriptTest {
  private static final Recoveries RECOVERIES = Recoveries.shipped();
  private static final Outcome ENDED = Outcome.done("1 session ended");

  @Test
  void aMigrationThatWorksIsWaitedForAndNothingIsAsked() {
    Story story = RECOVERIES.begins(Troubles::writing).walksTo("1.1");
    shows(story, "1.1 Read the findings", "WAIT  The migration works, nothing blocks it");
    story.walksTo("1.2").enters();
    down(story, 2).enters();
    shows(story, "▲ The migration works, nothing blocks it");
    story.presses(Key.Name.UP).presses(Key.Name.UP).presses(Key.Name.UP).enters().walksTo("7.1");
    shows(story, "7.1 Watch it commit", "IN FLIGHT");
    story.sees(now -> UpgradeWorld.upgraded(now, 1)).passes(1);
    shows(story, "✔ 7.1 done");
    story.walksTo("7.3");
    shows(story, "✔ 7.2 done: already seen: 1 Ready, wants 1, before 1");
    story.passes(1).walksTo("7.5");
    shows(story, "7.5 Go on with the upgrade", "The upgrade to v2.29.3 is done");
    story.walksToTheEnd();
    shows(story, "All steps are over");
    assertThat(story.performed()).isEmpty();
  }

  @Test
  void waitingForWhatIsBlockedIsRefusedAndTheDecisionCanBeTakenBack() {
    Story story = down(RECOVERIES.decides(UpgradeWorld::blocked), 1).enters();
    shows(story, "waiting does not help: pid 5102 (reporting by metabase at 10.0.8.14)");
    Story works = down(RECOVERIES.decides(Troubles::writing), 1).enters();
    works.walksTo("7.1").sees(UpgradeWorld::blocked).leafsBackTo("1.2").presses('r');
    shows(works, "1.2 Wait, or act", "Act, with the smallest fix first", "enter choose");
  }

  @Test
  void theSmallestCureEndsOneSessionAndTheMigrationGoesOn() {
    Story story = RECOVERIES.asksToEnd();
    shows(story, "Type 5102 to go on", "from this lock");
    story.answers("510");
    assertThat(story.asked()).as("half the pid is not enough").isEmpty();
    story.answers("2");
    assertThat(asked(story)).isEqualTo("end session 5102");
    story.clusterAnswers(ENDED).sees(Troubles::writing);
    shows(story, "✔ 3.3 done: no session does: IN FLIGHT");
    story.walksTo("3.5");
    shows(story, "3.5 See whether it continues");
    down(story.enters(), 4).enters();
    shows(story, "▲ The migration works, nothing blocks it");
    story.presses(Key.Name.UP).presses(Key.Name.UP).presses(Key.Name.UP).enters().walksTo("7.1");
    shows(story, "7.1 Watch it commit");
    story.sees(now -> UpgradeWorld.upgraded(now, 1)).passes(1).walksTo("7.3");
    story.passes(1).walksToTheEnd();
    shows(story, "All steps are over", "nothing is owed");
    assertThat(story.performed()).as("the evidence, and the one session").hasSize(2);
  }

  @Test
  void anotherBlockerThanTheOneOnTheScreenAsksAgain() {
    Story story = RECOVERIES.asksToEnd().types("5102");
    story.sees(
        now ->
            RecoveryWorld.blockedBy(
                now, RecoveryWorld.in("idle in transaction", Sessions.of(9, "psql"))));
    story.enters();
    assertThat(story.asked()).isEmpty();
    shows(story, "changed since you were asked", "Type 9 to go on");
  }

  @Test
  void aSessionWithoutAClientEndsBeforeAnybodyElse() {
    Story story = RECOVERIES.acts(Troubles::orphaned);
    shows(story, "3.1 End sessions without a client");
    story.enters();
    shows(story, "Type 4733-in-doubt to go on", "left alone, it would most");
    story.answers("4733-in-doubt").clusterAnswers(ENDED).sees(Troubles::writing).walksTo("3.2");
    shows(story, "3.2 Cancel statements that block");
  }

  @Test
  void aPreparedTransactionIsRolledBackByItsName() {
    Story story = RECOVERIES.acts(now -> RecoveryWorld.prepared(now, "order-17"));
    story.walksTo("3.4");
    shows(story, "3.4 Roll back a prepared transaction");
    story.enters();
    shows(story, "Type order-17 to go on", "ask its owner first");
    story.answers("order-17");
    assertThat(asked(story)).isEqualTo("roll back the prepared transaction order-17");
  }

  @Test
  void everythingIsTakenDownRepairedAndStartedAgain() {
    Story story = RECOVERIES.asksToEndCoderds();
    shows(story, "4.6 End coderd's sessions", "Type 2 to go on");
    assertThat(asked(RECOVERIES.asksToEndCoderds().answers("2"))).isEqualTo("end 2 sessions");
    shows(RECOVERIES.readsTheSchema(), "5.1 Read the schema number", "371, DIRTY");
    Story repair = RECOVERIES.asksToRepair();
    shows(repair, "Type 370 to go on", "counts as never");
    shows(RECOVERIES.repaired(), "5.4 Match the image to the schema");
    Story start = RECOVERIES.asksToStart();
    shows(start, "Type prod-eu/coder to go on", "starts and runs 31 migrations");
    start
        .answers("prod-eu/coder")
        .clusterAnswers(Outcome.done("replicas 0 → 1"))
        .sees(UpgradeWorld::migrating)
        .walksTo("7.1")
        .sees(now -> UpgradeWorld.upgraded(now, 1))
        .passes(1)
        .walksTo("7.3")
        .passes(1)
        .walksToTheEnd();
    shows(start, "All steps are over");
    assertThat(acts(start))
        .containsExactly(
            "keep the evidence of deployment/coder and its database",
            "scale deployment/coder from 1 to 0",
            "let no client connect to database coder",
            "end 2 sessions",
            "end session 900",
            "let clients connect to database coder again",
            "set the schema number from 371 (dirty) to 370 (clean)",
            "scale deployment/coder from 0 to 1");
  }

  @Test
  void theRowIsNotRepairedAsLongAsSomebodyHoldsTheMigrationLock() {
    Story story = RECOVERIES.asksToRepair().types("370");
    story.sees(Troubles::orphaned).enters();
    assertThat(story.asked()).isEmpty();
    shows(story, "nothing was done: wanted: no pod of coderd is left");
  }

  @Test
  void howeverManySessionsEndTheQuestionStaysOnTheSmallScreen() {
    Backend[] many =
        IntStream.range(0, 60)
            .mapToObj(i -> RecoveryWorld.in("idle in transaction", Sessions.of(900 + i, "psql")))
            .toArray(Backend[]::new);
    Story story = RECOVERIES.acts(now -> RecoveryWorld.blockedBy(now, many));
    story.walksTo("3.3").enters();
    assertThat(Screens.render(story.state(), 80, 24).text())
        .contains("Type 60 to go on", "End 60 sessions");
  }

  private static List<String> acts(Story story) {
    return story.journal().stream()
        .filter(entry -> entry.kind() == Entry.Kind.INTENDED)
        .map(entry -> entry.value(Entry.SUMMARY))
        .toList();
  }

  private static String asked(Story story) {
    return story.asked().map(Request::summary).orElse("nothing");
  }

  private static Story down(Story story, int times) {
    for (int i = 0; i < times; i++) {
      story.presses(Key.Name.DOWN);
    }
    return story;
  }

  private static void shows(Story story, String... parts) {
    assertThat(Screens.render(story.state(), 120, 40).text()).contains(parts);
  }
}
