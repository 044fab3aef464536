package dev.lockkeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long Coder was down, and that nothing is made up where the journal does not say. */
class DowntimeTest {
  private static final Instant START = Instant.parse("2026-03-04T21:05:00Z");
  private static final Optional<Runbook> UPGRADE =
      Optional.of(RunbookFile.bundled("coder-upgrade"));

  private final List<Entry> journal = new ArrayList<>();

  private DowntimeTest at(int seconds, Entry.Kind kind, String step, Map<String, String> data) {
    journal.add(new Entry(START.plusSeconds(seconds), kind, step, data));
    return this;
  }

  private DowntimeTest scales(int seconds, Entry.Kind kind, String to) {
    return at(seconds, kind, "3.2", Map.of(RequestKind.KEY, "scale", "to", to, "from", "3"));
  }

  private DowntimeTest sees(int seconds, String step) {
    return at(seconds, Entry.Kind.COMPLETED, step, Map.of(Entry.DETAIL, "1 pod Ready"));
  }

  private Downtime downtime() {
    return Downtime.of(journal, UPGRADE);
  }

  private DowntimeTest isDownFrom(int seconds) {
    return scales(seconds, Entry.Kind.INTENDED, "0").scales(seconds + 1, Entry.Kind.DONE, "0");
  }

  @Test
  void itLastsFromTheActUntilAStepHasSeenReadyPods() {
    isDownFrom(10).sees(30, "3.3").sees(100, "5.1").sees(130, "5.2").sees(200, "6.2");
    assertThat(downtime().length()).contains(Duration.ofSeconds(120));
    assertThat(downtime().windows().get(0).up().map(Entry::step)).contains("5.2");
  }

  @Test
  void aJournalThatEndsInTheMiddleDoesNotSayHowLong() {
    isDownFrom(10).sees(30, "3.3");
    assertThat(downtime().windows()).hasSize(1);
    assertThat(downtime().length()).isEmpty();
  }

  @Test
  void anIntentionWithoutAnOutcomeIsNotKnownToHaveTakenItDown() {
    scales(10, Entry.Kind.INTENDED, "0");
    assertThat(downtime().windows()).hasSize(1);
    assertThat(downtime().windows().get(0).known()).isFalse();
    sees(130, "5.2");
    assertThat(downtime().length()).isEmpty();
  }

  @Test
  void whatWasSeenAfterALostAnswerIsKnown() {
    scales(10, Entry.Kind.INTENDED, "0").scales(11, Entry.Kind.UNKNOWN, "0").sees(20, "3.2");
    assertThat(sees(40, "5.2").downtime().length()).contains(Duration.ofSeconds(30));
  }

  @Test
  void whatWasRefusedTookNothingDown() {
    scales(10, Entry.Kind.INTENDED, "0").scales(11, Entry.Kind.REFUSED, "0").sees(40, "5.2");
    assertThat(downtime().windows()).isEmpty();
    assertThat(downtime().length()).isEmpty();
  }

  @Test
  void onePodThatStaysUpIsNoDowntime() {
    scales(10, Entry.Kind.INTENDED, "1").scales(11, Entry.Kind.DONE, "1").sees(40, "5.2");
    assertThat(downtime().windows()).isEmpty();
  }

  @Test
  void twiceDownIsBothTogether() {
    isDownFrom(0).sees(60, "5.2").isDownFrom(100).sees(130, "6.2");
    assertThat(downtime().length()).contains(Duration.ofSeconds(90));
  }

  @Test
  void aClockThatWasSetBackMeasuresNothing() {
    isDownFrom(100).sees(30, "5.2");
    assertThat(downtime().length()).isEmpty();
  }

  @Test
  void whoWasAwayMayHaveMissedThatItWasReadyBefore() {
    isDownFrom(0).at(20, Entry.Kind.RESUMED, "", Map.of()).sees(60, "5.2");
    assertThat(downtime().windows().get(0).watched()).isFalse();
  }

  @Test
  void withoutTheRunbookNoStepIsKnownToHaveSeenAnything() {
    isDownFrom(0).sees(60, "5.2");
    assertThat(Downtime.of(journal, Optional.empty()).length()).isEmpty();
  }

  private static List<String> takingDown() {
    return Runbooks.names().stream().filter(name -> !name.equals("helm-pending")).toList();
  }

  /** A runbook that takes Coder down has a step by which the end of it can be told. */
  @ParameterizedTest
  @MethodSource("takingDown")
  void everyRunbookThatTakesItDownSeesItBack(String name) {
    Runbook runbook = RunbookFile.bundled(name);
    isDownFrom(0);
    runbook.steps().forEach(step -> sees(60, step.id()));
    assertThat(Downtime.of(journal, Optional.of(runbook)).length()).isPresent();
  }
}
