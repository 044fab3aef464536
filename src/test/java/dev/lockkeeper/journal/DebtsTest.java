package dev.lockkeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.RunFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is owed after the probe was touched or the door was closed. */
class DebtsTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
  private static final String PROBE = "{\"httpGet\":{\"path\":\"/healthz\"}}";
  private static final String SOFT =
      "{\"httpGet\":{\"path\":\"/healthz\"},\"failureThreshold\":90}";
  private static final ScaleRequest DOWN =
      new ScaleRequest(Contexts.in("coder"), "coder", "uid", 3, 0);
  private static final ProbeRequest OUT = probe(PROBE, "");
  private static final ProbeRequest SOFTEN = probe(PROBE, SOFT);
  private static final ProbeRequest SOFT_OUT = probe(SOFT, "");
  private static final ProbeRequest BACK = probe("", PROBE);
  private static final ConnectionLimitRequest CLOSE = fence(40, 0);
  private static final ConnectionLimitRequest OPEN = fence(0, 40);

  @Test
  void aProbeThatIsTakenOutIsOwedWithItsOldValueAndTheCommand() {
    Progress progress = after(intended(OUT), done(OUT));
    assertThat(progress.owes()).isTrue();
    Debt debt = progress.debt(Debt.LIVENESS_PROBE).orElseThrow();
    assertThat(debt.from()).isEqualTo(PROBE);
    assertThat(debt.text()).isEqualTo("put the liveness probe back");
    assertThat(debt.command()).isEqualTo(BACK.command());
  }

  @Test
  void aProbeThatWasSoftenedFirstIsOwedAsItWasBeforeBoth() {
    Progress progress = after(intended(SOFTEN), done(SOFTEN), intended(SOFT_OUT), done(SOFT_OUT));
    assertThat(progress.debts()).singleElement().extracting(Debt::from).isEqualTo(PROBE);
  }

  @Test
  void theOppositeActRepaysOnlyOnceItIsDone() {
    Progress owing = after(intended(OUT), done(OUT), intended(BACK));
    assertThat(owing.owes()).isTrue();
    assertThat(owing.with(outcome(BACK, Outcome.unknown("no answer"))).owes()).isTrue();
    assertThat(owing.with(outcome(BACK, Outcome.refused("409"))).owes()).isTrue();
    assertThat(owing.with(done(BACK)).owes()).isFalse();
  }

  @Test
  void puttingBackASofterOneRepaysNothing() {
    ProbeRequest halfway = probe("", SOFT);
    assertThat(after(intended(OUT), done(OUT), intended(halfway), done(halfway)).debts())
        .singleElement()
        .extracting(Debt::from)
        .isEqualTo(PROBE);
  }

  @Test
  void aProbeThatThisRunNeverTookOutIsOwedToNobodyWhenItIsPutThere() {
    assertThat(after(intended(BACK), done(BACK)).owes()).isFalse();
  }

  @Test
  void whatTheRunRemembersIsOwedAndNotWhatSomebodyMadeOfItSince() {
    Progress progress =
        after(Entry.remembered(AT, RunFacts.LIVENESS_PROBE, PROBE), intended(SOFT_OUT));
    assertThat(progress.debts()).singleElement().extracting(Debt::from).isEqualTo(PROBE);
  }

  @Test
  void anAutoscalerThatWasPausedIsOwedUntilItIsSeenBack() {
    String hpa = "HorizontalPodAutoscaler coder (minReplicas 2)";
    Progress owing =
        after(
            Entry.remembered(AT, RunFacts.SCALERS, hpa),
            Entry.remembered(AT, RunFacts.SCALERS_PAUSED, hpa));
    assertThat(owing.debts()).singleElement().extracting(Debt::text).asString().contains(hpa);
    assertThat(owing.with(Entry.completed(AT, "6.2", "back").repaying(RunFacts.SCALERS)).owes())
        .isFalse();
    assertThat(after(Entry.remembered(AT, RunFacts.SCALERS, hpa)).owes()).isFalse();
  }

  @Test
  void anActOfUnknownOutcomeIsOwedAndARefusedOneIsNot() {
    for (Request act : List.of(OUT, SOFTEN, CLOSE)) {
      Progress meant = after(intended(act));
      assertThat(meant.owes()).as(act.summary()).isTrue();
      assertThat(meant.with(outcome(act, Outcome.unknown("gone"))).owes()).isTrue();
      assertThat(meant.with(outcome(act, Outcome.refused("no"))).owes()).isFalse();
    }
  }

  @Test
  void aClosedDoorIsOwedUntilItIsAsOpenAsBefore() {
    Progress closed = after(intended(CLOSE), done(CLOSE));
    Debt debt = closed.debt(Debt.CONNECTION_LIMIT).orElseThrow();
    assertThat(debt.from()).isEqualTo("40");
    assertThat(debt.command()).isEqualTo("ALTER DATABASE \"coder\" CONNECTION LIMIT 40;");
    assertThat(debt.text()).isEqualTo("let clients connect to database coder again");
    ConnectionLimitRequest other = fence(0, 5);
    assertThat(closed.with(intended(other)).with(done(other)).debts()).containsExactly(debt);
    assertThat(closed.with(intended(OPEN)).owes()).isTrue();
    assertThat(closed.with(intended(OPEN)).with(done(OPEN)).owes()).isFalse();
  }

  /** A check does not see debts. */
  @Test
  void whatTheDoorOwesIsAFactForAsLongAsItIsOwed() {
    Progress closed =
        after(Entry.remembered(AT, RunFacts.CONNECTION_LIMIT, "100"), intended(CLOSE));
    assertThat(closed.facts().limitOwed()).hasValue(40);
    assertThat(closed.with(outcome(CLOSE, Outcome.refused("no"))).facts().limitOwed()).isEmpty();
    Progress opening = closed.with(done(CLOSE)).with(intended(OPEN));
    assertThat(opening.facts().limitOwed()).hasValue(40);
    assertThat(opening.with(done(OPEN)).facts().limitOwed()).isEmpty();
    Entry seen = Entry.completed(AT, "4.9", "seen").repaying(Debt.CONNECTION_LIMIT);
    assertThat(opening.with(seen).facts().limitOwed()).isEmpty();
    Entry waiver = Entry.waived(AT, "", opening.debts().get(0), "the new limit is wanted");
    assertThat(opening.with(waiver).facts().limitOwed()).isEmpty();
  }

  @Test
  void moreReplicasThanBeforeAreNotThoseOfBefore() {
    ScaleRequest more = new ScaleRequest(Contexts.in("coder"), "coder", "uid", 0, 4);
    ScaleRequest back = new ScaleRequest(Contexts.in("coder"), "coder", "uid", 4, 3);
    Progress down = after(Entry.remembered(AT, RunFacts.REPLICAS, "3"), intended(DOWN), done(DOWN));
    assertThat(down.with(intended(more)).with(done(more)).owes()).isTrue();
    assertThat(down.with(intended(back)).with(done(back)).owes()).isFalse();
  }

  @Test
  void aDoorThatWasFoundClosedIsOwedToNobody() {
    assertThat(after(intended(OPEN), done(OPEN)).owes()).isFalse();
  }

  @Test
  void seeingBothBackRepaysBoth() {
    Progress owing = after(intended(OUT), done(OUT), intended(CLOSE), done(CLOSE));
    assertThat(owing.debts()).hasSize(2);
    Entry seen =
        Entry.completed(AT, "6.1", "seen")
            .repaying(Debt.LIVENESS_PROBE + " " + Debt.CONNECTION_LIMIT);
    assertThat(owing.with(seen).owes()).isFalse();
  }

  @Test
  void aWaivedDebtIsOwedByNobodyUntilTheActIsDoneAgain() {
    Progress owing = after(intended(OUT), done(OUT));
    Debt debt = owing.debts().get(0);
    Entry waiver = Entry.waived(AT, "", debt, "Helm puts it back tomorrow");
    assertThat(waiver.value(Entry.WORD)).isEqualTo("debt liveness-probe");
    assertThat(waiver.value(Entry.DETAIL)).contains("kubectl --context prod-eu -n coder patch");
    assertThat(owing.with(waiver).owes()).isFalse();
    assertThat(owing.with(waiver).with(intended(SOFT_OUT)).owes()).isTrue();
    Progress underWay = owing.with(intended(BACK)).with(waiver);
    assertThat(underWay.with(outcome(BACK, Outcome.refused("409"))).owes()).isFalse();
  }

  /** What an older version wrote has the context at the beginning of its run alone. */
  @Test
  void anOlderJournalsDebtLeadsWhereItsRunLed() {
    Map<String, String> older = new HashMap<>(intended(DOWN).data());
    older.keySet().removeAll(List.of("kube-context", "kubeconfig"));
    Entry started =
        Entry.started(
            AT,
            "coder-upgrade",
            Map.of("context", "stage", "namespace", "coder", "kubeconfig", "/etc/clusters"));
    Entry act = new Entry(AT, Entry.Kind.INTENDED, "3.2", older);
    assertThat(after(started, act).debts())
        .singleElement()
        .extracting(Debt::command)
        .isEqualTo(
            "kubectl --context stage --kubeconfig /etc/clusters -n coder"
                + " scale deployment/coder --replicas=3");
    assertThat(act.digest()).isEqualTo(DOWN.digest());
    assertThat(after(started, intended(DOWN)).debts())
        .singleElement()
        .extracting(Debt::command)
        .asString()
        .startsWith("kubectl --context prod-eu -n coder scale");
  }

  @Test
  void aWaivedCheckIsNoWaivedDebt() {
    Progress owing = after(intended(OUT), done(OUT));
    assertThat(
            owing
                .with(
                    new Entry(
                        AT,
                        Entry.Kind.WAIVED,
                        "1.1",
                        Map.of(Entry.WORD, "liveness-probe", Entry.REASON, "so")))
                .owes())
        .isTrue();
  }

  @Test
  void howItEndedForEachTargetIsKeptWithItsStepUntilTheNextTime() {
    EndRequest end =
        new EndRequest(
            database(),
            EndRequest.Manner.TERMINATE,
            EndRequest.Grounds.CODERD,
            List.of(new EndRequest.Session(1, "a", "coder", ""), session(2)));
    Outcome parts = Outcome.done("1 of 2 ended").with(List.of("1 ended", "2 is another one now"));
    Progress progress = after(intended(end), outcome(end, parts));
    assertThat(progress.outcome("2.2").orElseThrow().parts())
        .containsExactly("1 ended", "2 is another one now");
    assertThat(progress.owes()).isFalse();
    assertThat(progress.outcome("2.3")).isEmpty();
    assertThat(progress.with(intended(end)).outcome("2.2")).isPresent();
    assertThat(progress.with(done(end)).outcome("2.2").orElseThrow().parts()).isEmpty();
  }

  private static EndRequest.Session session(int pid) {
    return new EndRequest.Session(pid, "b", "coder", "");
  }

  private static ProbeRequest probe(String from, String to) {
    return new ProbeRequest(Contexts.in("coder"), "coder", "uid", 7, "coder", json(from), json(to));
  }

  private static Optional<String> json(String text) {
    return Optional.of(text).filter(probe -> !probe.isEmpty());
  }

  private static ConnectionLimitRequest fence(int from, int to) {
    return new ConnectionLimitRequest(database(), from, to);
  }

  private static DatabaseIdentity database() {
    return new DatabaseIdentity("pg", 5432, "coder", "coder", "7301", "then", 170011, false);
  }

  private static Progress after(Entry... entries) {
    return Progress.of(List.of(entries), AT);
  }

  private static Entry intended(Request request) {
    return Entry.intended(AT, "2.2", request);
  }

  private static Entry done(Request request) {
    return outcome(request, Outcome.done("done"));
  }

  private static Entry outcome(Request request, Outcome outcome) {
    return Entry.outcome(AT, "2.2", request, outcome);
  }
}
