package dev.lockkeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EvidenceRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.migration.NoMigrationRuns;
import dev.lockkeeper.check.upgrade.PathIsClear;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.RunFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Check PATH = new PathIsClear();
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
  private static final ScaleRequest DOWN =
      new ScaleRequest(Contexts.in("coder"), "coder", "uid", 3, 0);
  private static final ScaleRequest TO_ONE =
      new ScaleRequest(Contexts.in("coder"), "coder", "uid", 0, 1);
  private static final ScaleRequest BACK =
      new ScaleRequest(Contexts.in("coder"), "coder", "uid", 1, 3);

  private static Progress after(Entry... entries) {
    return Progress.of(List.of(entries), AT);
  }

  @Test
  void anIntentionWithoutOutcomeIsUnknown() {
    Progress progress = after(Entry.intended(AT, "3.2", DOWN));
    assertThat(progress.status("3.2")).isEqualTo(StepStatus.UNKNOWN);
    assertThat(progress.open()).isPresent();
  }

  /** Its program wrote files and nothing else: with it that has ended. */
  @Test
  void evidenceThatWasCutShortIsKeptAgainInTheResumedRun() {
    EvidenceRequest keeping = new EvidenceRequest(Contexts.in("coder"), "coder");
    Progress cut = after(Entry.intended(AT, "2.1", keeping));
    assertThat(cut.status("2.1")).isEqualTo(StepStatus.UNKNOWN);
    Progress resumed = cut.with(Entry.resumed(AT, "ops@bastion"));
    assertThat(resumed.status("2.1")).isEqualTo(StepStatus.OPEN);
    assertThat(resumed.midway()).isFalse();
    Progress other = after(Entry.intended(AT, "3.2", DOWN), Entry.resumed(AT, "ops@bastion"));
    assertThat(other.status("3.2")).isEqualTo(StepStatus.UNKNOWN);
  }

  @Test
  void aRefusedActLeavesItsStepOpenAndOwesNothing() {
    Progress progress =
        after(
            Entry.intended(AT, "3.2", DOWN),
            Entry.outcome(AT, "3.2", DOWN, Outcome.refused("replicas is 2")));
    assertThat(progress.status("3.2")).isEqualTo(StepStatus.OPEN);
    assertThat(progress.debts()).isEmpty();
    assertThat(progress.open()).isEmpty();
  }

  @Test
  void theReplicasAreOwedUntilAllAreBack() {
    Entry remembered = Entry.remembered(AT, RunFacts.REPLICAS, "3");
    Progress down = after(remembered, Entry.intended(AT, "3.2", DOWN), done("3.2", DOWN));
    assertThat(down.debts())
        .containsExactly(
            new Debt(
                "replicas",
                "bring back 3 replicas",
                "kubectl --context prod-eu -n coder scale deployment/coder --replicas=3",
                "3"));
    Progress one = down.with(Entry.intended(AT, "4.3", TO_ONE)).with(done("4.3", TO_ONE));
    assertThat(one.debts()).hasSize(1);
    Progress back = one.with(Entry.intended(AT, "6.1", BACK)).with(done("6.1", BACK));
    assertThat(back.debts()).isEmpty();
  }

  @Test
  void anIntendedScaleDownIsOwedBeforeItsOutcomeIsKnown() {
    assertThat(after(Entry.intended(AT, "3.2", DOWN)).debts()).hasSize(1);
  }

  @Test
  void scalingBackRepaysOnlyOnceItIsDone() {
    Entry remembered = Entry.remembered(AT, RunFacts.REPLICAS, "3");
    Progress one = after(remembered, Entry.intended(AT, "3.2", DOWN), done("3.2", DOWN));
    Progress meant = one.with(Entry.intended(AT, "6.1", BACK));
    assertThat(meant.debts()).hasSize(1);
    Outcome unknown = Outcome.unknown("no answer");
    assertThat(meant.with(Entry.outcome(AT, "6.1", BACK, unknown)).debts()).hasSize(1);
    assertThat(meant.with(done("6.1", BACK)).debts()).isEmpty();
  }

  @Test
  void aRefusalRepaysNothingThatWasOwedBefore() {
    Progress unknown =
        after(
            Entry.intended(AT, "3.2", DOWN),
            Entry.outcome(AT, "3.2", DOWN, Outcome.unknown("no answer")));
    Progress again =
        unknown
            .with(Entry.intended(AT, "3.2", DOWN))
            .with(Entry.outcome(AT, "3.2", DOWN, Outcome.refused("replicas is 0")));
    assertThat(again.debts()).isEqualTo(unknown.debts()).hasSize(1);
  }

  @Test
  void seeingTheReplicasBackRepaysThem() {
    Progress owing = after(Entry.intended(AT, "3.2", DOWN), done("3.2", DOWN));
    assertThat(owing.with(Entry.completed(AT, "6.1", "3 Ready")).debts()).hasSize(1);
    Entry back = Entry.completed(AT, "6.1", "3 Ready").repaying(RunFacts.REPLICAS);
    assertThat(owing.with(back).debts()).isEmpty();
  }

  @Test
  void leavingAStepOutRepaysNothing() {
    Progress owing = after(Entry.intended(AT, "3.2", DOWN), done("3.2", DOWN));
    assertThat(owing.with(Entry.skipped(AT, "6.1", "later")).debts()).hasSize(1);
  }

  @Test
  void aRunRemembersWhatWasSaidChosenAndSeen() {
    Progress progress =
        after(
            Entry.started(AT, "coder-upgrade", Map.of(RunFacts.TARGET, "v2.29.3")),
            Entry.remembered(AT, RunFacts.SCHEMA, "362"),
            Entry.attested(AT, "2.1", "backup-id", "snap-1"),
            Entry.chosen(AT, "3.1", "scale-to", "zero"));
    assertThat(progress.facts().target()).contains("v2.29.3");
    assertThat(progress.facts().schema()).contains(362L);
    assertThat(progress.facts().said("backup-id").orElseThrow().value()).isEqualTo("snap-1");
    assertThat(progress.facts().chosen("scale-to")).contains("zero");
  }

  @Test
  void aWaiverBelongsToItsStep() {
    Progress progress = after(Entry.waived(AT, "1.3", PATH, "one", "read it"));
    assertThat(progress.waiver("1.3", PATH)).contains("read it");
    assertThat(progress.waiver("3.2", PATH)).isEmpty();
    assertThat(progress.waiverOfUnknown("1.3", PATH)).contains("read it");
  }

  @Test
  void aWaiverOfAnOlderJournalNamesTheQuestion() {
    Map<String, String> data = Map.of(Entry.WORD, PATH.question(), Entry.REASON, "read it");
    Progress progress = after(new Entry(AT, Entry.Kind.WAIVED, "1.3", data));
    assertThat(progress.waiver("1.3", PATH)).contains("read it");
    assertThat(progress.waiver("1.3", new NoMigrationRuns())).isEmpty();
  }

  @Test
  void aWaiverOfWhatNobodyKnewDoesNotCoverWhatIsKnown() {
    Entry waived = Entry.waived(AT, "1.3", PATH, "unread", "trust me").ofUnknown();
    assertThat(after(waived).waiver("1.3", PATH)).isEmpty();
    assertThat(after(waived).waiverOfUnknown("1.3", PATH)).contains("trust me");
  }

  private static Entry done(String step, ScaleRequest request) {
    return Entry.outcome(AT, step, request, Outcome.done("replicas"));
  }
}
