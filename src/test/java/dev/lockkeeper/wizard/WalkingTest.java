package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.check.migration.NoMigrationRuns;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Steps: what ends them, what they wait for, what is written about them. */
class WalkingTest {
  private static StepStatus status(Story story, String step) {
    return story.state().progress().status(step);
  }

  private static String said(Story story) {
    return story.state().notice().map(Toast::text).orElse("");
  }

  private static List<Entry> of(Story story, Entry.Kind kind) {
    return story.journal().stream().filter(entry -> entry.kind() == kind).toList();
  }

  private static Function<Instant, UpgradeWorld> cluster(
      Function<Instant, UpgradeWorld> world, String component, Object value) {
    return now -> {
      UpgradeWorld seen = world.apply(now);
      return new UpgradeWorld(Altered.of(seen.cluster(), component, value), seen.database());
    };
  }

  private static Function<Instant, UpgradeWorld> database(
      Function<Instant, UpgradeWorld> world, String component, Object value) {
    return now -> {
      UpgradeWorld seen = world.apply(now);
      return new UpgradeWorld(seen.cluster(), Altered.of(seen.database(), component, value));
    };
  }

  private static Function<Instant, UpgradeWorld> deployment(
      Function<Instant, UpgradeWorld> world, String component, Object value) {
    return now ->
        cluster(
                world,
                "deployment",
                Optional.of(
                    Altered.of(
                        world.apply(now).cluster().deployment().orElseThrow(), component, value)))
            .apply(now);
  }

  @Test
  void anActDoneIsNoStepDoneUntilItIsSeen() {
    Story story = Chapters.scalesDown().clusterAnswers(Outcome.done("replicas 3 -> 0")).passes(3);
    assertThat(status(story, "3.2")).isEqualTo(StepStatus.ACTED);
    assertThat(story.enters().performed()).hasSize(1);
    assertThat(said(story)).startsWith("not yet");
    story.passes(30).enters();
    assertThat(story.state().dialog()).as("it is asked anew").isPresent();
    assertThat(story.presses(Key.Name.ESCAPE).performed()).hasSize(1);
    assertThat(status(story.sees(UpgradeWorld::draining), "3.2")).isEqualTo(StepStatus.DONE);
  }

  @Test
  void aRefusedActLeavesItsStepOpen() {
    Story story = Chapters.scalesDown().clusterAnswers(Outcome.refused("replicas is 2"));
    assertThat(status(story.passes(5), "3.2")).isEqualTo(StepStatus.OPEN);
    assertThat(said(story)).contains("refused, nothing was changed");
    assertThat(story.enters().state().dialog()).isPresent();
  }

  @Test
  void anActMayNotOvertakeAnEarlierStep() {
    Story story = Chapters.backedUp().leafsTo("3.2").enters();
    assertThat(story.state().dialog()).isEmpty();
    assertThat(said(story)).contains("first 3.1");
  }

  @Test
  void whatWaitsForActsMayNotOvertakeThem() {
    Function<Instant, UpgradeWorld> patch =
        database(UpgradeWorld::running, "schema", SchemaTable.read("public", 401, false));
    Story story = Story.begins().sees(patch).leafsTo("5.1").passes(3).enters();
    assertThat(status(story, "5.1")).isEqualTo(StepStatus.OPEN);
    assertThat(said(story)).contains("first 2.2");
  }

  @Test
  void whatIsSeenElsewhereEndsNoStep() {
    Story drains = Chapters.drains();
    Story story = drains.sees(deployment(UpgradeWorld::drained, "uid", "another")).passes(20);
    assertThat(status(story, "3.3")).isEqualTo(StepStatus.OPEN);
    assertThat(said(story.enters())).contains("deployment-uid");
    Story acted = Chapters.scalesDown().clusterAnswers(Outcome.done("replicas 3 -> 0"));
    acted.sees(deployment(UpgradeWorld::drained, "uid", "another"));
    assertThat(status(acted, "3.2")).isEqualTo(StepStatus.ACTED);
  }

  @Test
  void aDeploymentThatIsDeletedInTheMiddleStopsEveryAct() {
    Story story = Chapters.asksToMigrate();
    int before = story.performed().size();
    story.sees(cluster(UpgradeWorld::renamed, "deployment", Optional.empty()));
    story.answers("prod-eu/coder");
    assertThat(story.performed()).hasSize(before);
    assertThat(said(story)).contains("the deployment is gone");
  }

  @Test
  void aDatabaseThatFailsOverToAStandByStopsEveryAct() {
    Story story = Chapters.asksToMigrate();
    int before = story.performed().size();
    UpgradeWorld world = UpgradeWorld.renamed(Story.START);
    story.sees(
        database(
            UpgradeWorld::renamed,
            "identity",
            Altered.of(world.database().identity(), "standby", true)));
    assertThat(story.answers("prod-eu/coder").performed()).hasSize(before);
  }

  @Test
  void aStepCanBeLeftOutOnlyWithAReason() {
    Story story = Story.begins().presses('x').enters();
    assertThat(of(story, Entry.Kind.SKIPPED)).isEmpty();
    story.answers("   ");
    assertThat(of(story, Entry.Kind.SKIPPED)).isEmpty();
    story.answers("done yesterday");
    assertThat(of(story, Entry.Kind.SKIPPED)).hasSize(1);
    assertThat(story.state().cursor()).isEqualTo("1.2");
  }

  @Test
  void leavingAnActOutThatWasSentKeepsWhatItOwes() {
    Story story = Chapters.scalesDown().clusterAnswers(Outcome.unknown("connection reset"));
    story.presses('x').answers("I scaled by hand");
    assertThat(status(story, "3.2")).isEqualTo(StepStatus.SKIPPED);
    assertThat(story.state().progress().debts()).hasSize(1);
    assertThat(story.performed()).hasSize(1);
  }

  @Test
  void aMustCannotBeWaived() {
    Story story = Story.begins().sees(database(UpgradeWorld::running, "schema", dirty()));
    story.presses('w');
    assertThat(story.state().dialog().map(Object::getClass))
        .as("only versions-agree, which is a should, may be")
        .isEmpty();
    assertThat(said(story.enters())).contains("dirty");
  }

  /**
   * A runbook of one step, before which the mark of the schema must be clean, if it can be read.
   */
  private static Story ifKnown() {
    String text =
        """
        name: if-known
        title: If known
        target: required
        sections:
          - title: One
            steps:
              - {id: "1", title: Look, why: So., before: [{must-if-known: schema-is-clean}]}
              - {id: "2", title: Go, why: So.}
        """;
    return Story.begins(
        RunbookFile.read("if-known.yaml", text),
        Setting.World.ORDINARY,
        Policy.NONE,
        database(UpgradeWorld::running, "schema", hidden()));
  }

  private static SchemaTable hidden() {
    return SchemaTable.without(SchemaTable.State.UNREADABLE, Optional.empty(), "no right");
  }

  @Test
  void aMustIfKnownIsWaivedWhileItCannotBeKnown() {
    Story story = ifKnown().presses('w').answers("the provider hides it");
    assertThat(of(story, Entry.Kind.WAIVED)).hasSize(1);
    assertThat(story.walksTo("2").state().cursor()).isEqualTo("2");
  }

  @Test
  void aMustIfKnownThatIsKnownToFailCannotBeWaivedAndAnEarlierWaiverCountsNoMore() {
    Story story = ifKnown().sees(database(UpgradeWorld::running, "schema", dirty())).presses('w');
    assertThat(story.state().dialog()).isEmpty();
    assertThat(said(story)).contains("cannot be waived");
    Story waived = ifKnown().presses('w').answers("the provider hides it").leafsBackTo("1");
    waived.sees(database(UpgradeWorld::running, "schema", dirty()));
    assertThat(Assessment.of(waived.state(), waived.state().step()).hindrance()).isPresent();
  }

  private static SchemaTable dirty() {
    return SchemaTable.read("public", 362, true);
  }

  @Test
  void aWaiverNeedsAReason() {
    Story story = Chapters.readUpToContention().sees(UpgradeWorld::contended).presses('w').enters();
    assertThat(story.state().dialog()).isPresent();
    assertThat(story.answers("I know them").state().dialog()).isEmpty();
    assertThat(story.state().progress().waiver("1.4", new NoMigrationRuns()))
        .contains("I know them");
  }

  @Test
  void whatHoldsByNowIsNotWaived() {
    Story story = Chapters.readUpToContention().sees(UpgradeWorld::contended).presses('w');
    story.sees(UpgradeWorld::running).answers("I know them");
    assertThat(of(story, Entry.Kind.WAIVED)).isEmpty();
    assertThat(said(story)).startsWith("this check passes now");
  }

  @Test
  void aStepThatIsSoAlreadyTakesOneEnter() {
    Story story = Chapters.prepared().enters().answers("snap-0a1b2c").answers("21:40");
    story.walksTo("2.2");
    assertThat(NextAction.of(story.state()).sentence()).contains("already", "enter goes on");
    assertThat(story.enters().state().cursor()).isEqualTo("2.3");
    assertThat(said(story)).startsWith("2.2 done: already seen");
    assertThat(story.performed()).isEmpty();
  }

  @Test
  void afterAnActNobodyIsToldWhatHadToHoldBeforeIt() {
    Story story = Chapters.scalesBack().sees(now -> UpgradeWorld.upgraded(now, 1));
    story.sees(deployment(now -> UpgradeWorld.upgraded(now, 1), "replicas", 3));
    story.losesTheDatabase("connection refused", 9);
    assertThat(status(story, "6.1")).isEqualTo(StepStatus.ACTED);
    assertThat(NextAction.of(story.state()).sentence()).startsWith("waiting for: ");
    assertThat(said(story.enters())).startsWith("not yet: ");
  }

  private static Function<Instant, UpgradeWorld> building(long jobs) {
    return now ->
        database(UpgradeWorld::running, "usage", UpgradeWorld.usage(now, jobs, 0)).apply(now);
  }

  @Test
  void aFigureIsWaivedOnlyByTypingItAndOnlyAsLongAsItIsTheFigure() {
    Story story = Chapters.choseZero().sees(building(2)).presses('w').answers("some");
    assertThat(of(story, Entry.Kind.WAIVED)).isEmpty();
    story.presses(Key.Name.ESCAPE).presses('w').answers("2");
    assertThat(of(story, Entry.Kind.WAIVED)).hasSize(1);
    assertThat(story.enters().state().dialog()).isPresent();
    story.presses(Key.Name.RIGHT).sees(building(3)).enters();
    assertThat(story.performed()).isEmpty();
    assertThat(said(story)).contains("nothing was done", "3 running");
  }

  /** A migration keeps the builds locked, and nothing else. */
  private static UpgradeWorld uncounted(Instant now) {
    Database.Usage seen = UpgradeWorld.usage(now, 0, 0);
    Database.Usage locked =
        new Database.Usage(
            Observed.unknown("locked", now), seen.activeUsers(), seen.connectedAgents());
    return database(UpgradeWorld::running, "usage", locked).apply(now);
  }

  @Test
  void aFigureThatCannotBeCountedIsWaivedWithAReasonUntilItIsCounted() {
    Story story = Chapters.choseZero().sees(WalkingTest::uncounted);
    assertThat(NextAction.of(story.state()).sentence()).contains("w waives").contains("a reason");
    story.presses('w').answers("");
    assertThat(of(story, Entry.Kind.WAIVED)).isEmpty();
    story.answers("the table is locked, and all were told");
    assertThat(of(story, Entry.Kind.WAIVED)).hasSize(1);
    assertThat(story.enters().state().dialog()).isPresent();
    story.presses(Key.Name.RIGHT).sees(building(3)).enters();
    assertThat(story.performed()).as("what is known now was not waived").isEmpty();
  }

  @Test
  void aTypedFigureSaysNothingOfWhatCannotBeCountedLater() {
    Story story = Chapters.choseZero().sees(building(2)).presses('w').answers("2");
    assertThat(story.sees(WalkingTest::uncounted).enters().state().dialog()).isEmpty();
    assertThat(said(story)).contains("builds cannot be counted");
  }

  @Test
  void aQuestionWhoseAnswerIsOnItsWayIsNotPutAgain() {
    Story story = Story.begins().walksTo("1.2").enters().journalStalls().answers("22:00").enters();
    assertThat(story.state().dialog()).isEmpty();
    story.journalAnswers();
    assertThat(((Dialog.Ask) story.state().dialog().orElseThrow()).question().word())
        .isEqualTo("window-end");
  }

  @Test
  void aStepWhoseEndIsOnItsWayCannotBeLeftOut() {
    Story story = Story.begins().journalStalls().enters().presses('x');
    assertThat(story.state().dialog()).isEmpty();
    story.enters().enters().journalAnswers();
    assertThat(of(story, Entry.Kind.COMPLETED)).hasSize(1);
  }

  @Test
  void aChoiceIsMadeOnceEvenWhenEnterIsPressedOften() {
    Story story = Chapters.backedUp().enters().presses(Key.Name.DOWN).journalStalls();
    story.enters().enters().enters();
    assertThat(story.journalAnswers().journal().stream().map(Entry::kind))
        .containsOnlyOnce(Entry.Kind.CHOSEN);
    assertThat(story.state().cursor()).isEqualTo("3.2");
  }

  @Test
  void whatMustNotOverlapCannotBeScaledToOne() {
    Story story = upgradesTo("v2.39.0");
    story.leafsTo("3.1").enters().presses(Key.Name.UP).enters();
    assertThat(of(story, Entry.Kind.CHOSEN)).isEmpty();
    assertThat(((Dialog.Choose) story.state().dialog().orElseThrow()).error()).contains("quotas");
  }

  private static Story upgradesTo(String version) {
    Story story = Story.begins();
    story.append(Entry.remembered(Story.START, RunFacts.TARGET, version));
    return story;
  }

  @Test
  void whatTheRunMustNotForgetIsWrittenOnce() {
    Story story = Chapters.done();
    List<String> words =
        of(story, Entry.Kind.REMEMBERED).stream()
            .map(entry -> entry.value(Entry.WORD) + " " + entry.value(Entry.VALUE))
            .filter(text -> !text.startsWith(RunFacts.MIGRATION_SEEN))
            .toList();
    assertThat(words)
        .containsExactlyInAnyOrder(
            "namespace-uid uid-namespace",
            "deployment-uid uid-deployment",
            "replicas 3",
            "source v2.26.6",
            "system-identifier 7301",
            "coder-roles coder",
            "connection-limit -1",
            "schema 362");
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenLater() {
    Story story = Story.begins();
    story.journalStalls().sees(UpgradeWorld::contended).journalFails("full");
    assertThat(story.state().snapshot().run().recalled(RunFacts.MIGRATION_SEEN)).isEmpty();
    story.passes(3);
    assertThat(of(story, Entry.Kind.REMEMBERED))
        .filteredOn(entry -> entry.value(Entry.WORD).equals(RunFacts.MIGRATION_SEEN))
        .hasSize(1);
  }

  /** Somebody had scaled down before the run began. */
  @Test
  void zeroReplicasAreNoCountToGoBackToAndNeitherIsWhatWeMadeOfThem() {
    Story found = Story.begins(Setting.World.ORDINARY, UpgradeWorld::drained);
    assertThat(found.state().snapshot().run().replicas()).isEmpty();
    found.append(Entry.skipped(Story.START, "3.2", "it was at zero"));
    found.sees(now -> UpgradeWorld.upgraded(now, 1));
    assertThat(found.state().snapshot().run().replicas()).isEmpty();
  }

  @Test
  void aNumberReadAfterAMigrationIsNotTheOneOfBefore() {
    Story story = Story.begins(Setting.World.ORDINARY, UpgradeWorld::migrating);
    story.sees(now -> UpgradeWorld.upgraded(now, 1));
    assertThat(story.state().snapshot().run().schema()).isEmpty();
    assertThat(story.state().snapshot().run().recalled(RunFacts.MIGRATION_SEEN)).isPresent();
  }

  @Test
  void aPodThatOnlyTakesTheLockForAMomentIsNoMigration() {
    Story story = Story.begins();
    story.sees(
        database(
            UpgradeWorld::running,
            "migrationLock",
            new MigrationLock(Optional.of(4801), List.of())));
    assertThat(story.state().snapshot().run().recalled(RunFacts.MIGRATION_SEEN)).isEmpty();
  }

  @Test
  void aTimeInWhichNobodyLookedIsNoSilence() {
    Story story = Chapters.drains().sees(UpgradeWorld::drained).passes(3);
    story.waits(30).passes(1);
    assertThat(status(story, "3.3")).isEqualTo(StepStatus.OPEN);
    assertThat(status(story.passes(10), "3.3")).isEqualTo(StepStatus.DONE);
  }

  @Test
  void aSessionBreaksTheSilenceAndSoDoesAHiddenOne() {
    for (var session : List.of(Sessions.from(1, "10.9.9.9"), Sessions.hidden(2))) {
      Story story = Chapters.drains().sees(UpgradeWorld::drained).passes(6);
      story.sees(database(UpgradeWorld::drained, "backends", List.of(session)));
      story.sees(UpgradeWorld::drained).passes(6);
      assertThat(status(story, "3.3")).isEqualTo(StepStatus.OPEN);
    }
  }

  @Test
  void scalingBackByHandRepaysWhatWasOwed() {
    Story story = Chapters.committed().walksTo("6.1");
    assertThat(owed(story)).containsExactlyInAnyOrder("replicas", "helm-values");
    story.sees(now -> UpgradeWorld.upgraded(now, 3)).enters();
    assertThat(status(story, "6.1")).isEqualTo(StepStatus.DONE);
    assertThat(owed(story)).containsExactly("helm-values");
  }

  private static List<String> owed(Story story) {
    return story.state().progress().debts().stream().map(Debt::word).toList();
  }

  @Test
  void helmIsToldByAPerson() {
    assertThat(owed(Chapters.scaledBack())).containsExactly("helm-values");
    assertThat(owed(Chapters.done())).isEmpty();
  }

  @Test
  void anAnswerIsTakenBackAndGivenAgain() {
    Story story = Chapters.backedUp().leafsBackTo("2.1").presses('r');
    assertThat(story.state().dialog()).isPresent();
    story.answers("snap-2").answers("21:50");
    assertThat(story.state().snapshot().run().said("backup-id").orElseThrow().value())
        .isEqualTo("snap-2");
  }

  @Test
  void aDecisionIsTakenBackUntilAnActRestsOnIt() {
    Story before = Chapters.choseZero().leafsBackTo("3.1").presses('r');
    assertThat(before.state().snapshot().run().chosen("scale-to")).isEmpty();
    Story after = Chapters.drained().leafsBackTo("3.1").presses('r');
    assertThat(after.state().snapshot().run().chosen("scale-to")).contains("zero");
    assertThat(after.state().notice().orElseThrow().text()).contains("too late: 3.2");
  }

  @Test
  void aStepThatWasLeftOutIsTakenUpAgain() {
    Story story = Story.begins().leafsTo("1.5").presses('x').answers("no time");
    assertThat(status(story, "1.5")).isEqualTo(StepStatus.SKIPPED);
    assertThat(status(story.leafsBackTo("1.5").presses('r'), "1.5"))
        .isNotEqualTo(StepStatus.SKIPPED);
  }

  @Test
  void aWindowMayEndAfterMidnightAndNoSlipMakesItADayLong() {
    assertThat(window("22:00", "01:30")).isEqualTo("2026-03-05T00:30:00Z");
    assertThat(window("22:00", "2026-03-05 21:30")).isEqualTo("2026-03-05T20:30:00Z");
    Story slip = Story.begins().walksTo("1.2").enters().answers("22:00").answers("21:30");
    assertThat(slip.state().snapshot().run().said("window-end")).isEmpty();
    assertThat(((Dialog.Ask) slip.state().dialog().orElseThrow()).error())
        .isEqualTo(
            "that would be on the next day, 23h30m later: if you mean that, type the date too");
  }

  private static String window(String start, String end) {
    Story story = Story.begins().walksTo("1.2").enters().answers(start).answers(end);
    return story.state().snapshot().run().said("window-end").orElseThrow().value();
  }

  @Test
  void aWindowEndsAfterItStartsAndHasNotPassed() {
    Story story = Story.begins().walksTo("1.2").enters().answers("20:00").answers("21:00");
    assertThat(story.state().snapshot().run().said("window-end")).isEmpty();
    assertThat(((Dialog.Ask) story.state().dialog().orElseThrow()).error()).contains("later");
  }

  @Test
  void leavingWritesWhatIsOwed() {
    Story story = Chapters.drained().presses('q').presses(Key.Name.RIGHT).enters();
    assertThat(story.over()).isTrue();
    assertThat(of(story, Entry.Kind.LEFT)).hasSize(1);
    assertThat(of(story, Entry.Kind.LEFT).get(0).value(Entry.DETAIL))
        .isEqualTo("owed: bring back 3 replicas");
  }

  @Test
  void onlyWhoSaysSoLeaves() {
    assertThat(Chapters.drained().presses('q').enters().over()).isFalse();
    assertThat(Chapters.drained().presses('q').presses(Key.Name.ESCAPE).over()).isFalse();
    assertThat(Chapters.drained().presses(Key.ctrl('c')).over()).isFalse();
  }

  @Test
  void oneCanLeaveEvenWhenTheJournalCannotBeWrittenOrDoesNotAnswer() {
    Story failing = Chapters.drained().presses('q').presses(Key.Name.RIGHT).journalStalls();
    assertThat(failing.enters().over()).isFalse();
    assertThat(failing.journalFails("read-only file system").over()).isTrue();
    Story hanging = Chapters.drained().presses('q').presses(Key.Name.RIGHT).journalStalls();
    assertThat(hanging.enters().enters().over()).as("the second enter does not wait").isTrue();
  }

  @Test
  void aTargetThatIsInstalledStopsAtTheFirstStep() {
    Story story = upgradesTo(UpgradeWorld.OLD).enters();
    assertThat(status(story, "1.1")).isEqualTo(StepStatus.OPEN);
    assertThat(said(story)).contains("v2.26.6 is installed already");
  }

  @Test
  void aRunThatComesIntoTheMiddleFindsItsPlace() {
    Story story = Story.begins("coder-upgrade", Setting.World.PRODUCTION, UpgradeWorld::migrating);
    story.walksTo("1.1");
    assertThat(NextAction.of(story.state()).sentence()).contains("started already");
    assertThat(status(story.enters(), "1.1")).isEqualTo(StepStatus.DONE);
    List<String> over =
        story
            .state()
            .runbook()
            .steps()
            .filter(step -> step.already().isPresent() && step.when().isEmpty())
            .map(Step::id)
            .filter(id -> !id.equals("1.1"))
            .toList();
    assertThat(over).contains("3.2", "4.1");
    for (String step : over) {
      State there = story.state().at(step);
      Assessment assessment = Assessment.of(there, there.step());
      assertThat(assessment.hindrance()).as(step).isEmpty();
      assertThat(Walking.begin(there, there.step()).state().dialog()).as(step).isEmpty();
      assertThat(assessment.evidence()).as(step).contains("v2.29.3", "IN FLIGHT");
    }
  }

  @Test
  void aRunThatHasActedTakesNothingForBegun() {
    Story story = Chapters.migrates();
    assertThat(story.state().step().already()).isEmpty();
    assertThat(Assessment.begun(story.state(), story.state().runbook().step("3.2").orElseThrow()))
        .isEmpty();
  }

  @Test
  void whereNothingMayBeChangedAnActIsWaitedFor() {
    Policy closed = Policy.NONE.onlyReading();
    Story story = Story.begins(Setting.World.ORDINARY, closed, UpgradeWorld::running);
    assertThat(Chapters.choseZero(story).enters().state().dialog()).isEmpty();
    assertThat(said(story)).contains("read-only");
    story.sees(UpgradeWorld::draining).passes(2);
    assertThat(status(story, "3.2")).as("somebody else did it").isEqualTo(StepStatus.DONE);
    assertThat(story.performed()).isEmpty();
  }

  @Test
  void anActThatSomebodyUndidCanBeConfirmedAnew() {
    Story back = Chapters.scalesDown().clusterAnswers(Outcome.done("3 -> 0"));
    assertThat(back.enters().state().dialog())
        .as("what was read before tells nothing of what came of it")
        .isEmpty();
    back.passes(6).enters();
    assertThat(back.state().dialog()).get().isInstanceOf(Dialog.Confirm.class);
    back.presses(Key.Name.RIGHT).enters();
    assertThat(back.performed()).hasSize(2);
    assertThat(of(back, Entry.Kind.INTENDED)).hasSize(2);
  }

  @Test
  void anAutoscalerThatIsPausedForTheRunIsOwed() {
    Scaler hpa = new Scaler(Scaler.HORIZONTAL, "coder", "minReplicas 2, maxReplicas 5");
    Scaler argo = new Scaler("Argo CD", "shop", "annotation");
    Story story =
        Story.begins()
            .sees(cluster(UpgradeWorld::running, "scalers", scalers(hpa, argo)))
            .sees(cluster(UpgradeWorld::running, "scalers", Observed.unknown("no", Instant.MIN)));
    assertThat(story.state().progress().owes()).isFalse();

    story.sees(cluster(UpgradeWorld::running, "scalers", scalers()));
    assertThat(story.state().progress().debts())
        .extracting(Debt::text)
        .containsExactly("let it be scaled again by " + hpa.text());
  }

  private static Observed<List<Scaler>> scalers(Scaler... some) {
    return Observed.known(List.of(some), Story.START);
  }
}
