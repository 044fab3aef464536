package dev.lockkeeper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept is masked, inert and bounded, and says what is missing. */
class BundleTest {
  private static final Instant AT = Instant.parse("2026-11-30T02:00:00Z");
  private static final Bundle NOTHING = new Bundle(List.of(), List.of());

  private static Inspected log(String pod, Observed<List<String>> lines, long omitted) {
    Inspection asked = Inspection.log(pod, "uid").of("coder");
    return new Inspected(asked, lines, List.of(), "coder", omitted, true);
  }

  private static Inspected log(String pod, String... lines) {
    return log(pod, Observed.known(List.of(lines), AT), 0);
  }

  @Test
  void anItemIsMaskedAndInertWhoeverMakesIt() {
    Item item = new Item("../../etc/x\u001b[2J", "token=HUSH\n\u001b[2Jred\u202e");
    assertThat(item.name()).isEqualTo("etc-x-2J");
    assertThat(item.text()).startsWith("token=…\n").doesNotContain("HUSH", "\u001b", "\u202e");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 'HUSH'|SELECT '…'",
        "SELECT 'it''s HUSH' AS a|SELECT '…' AS a",
        "SELECT E'HUSH|SELECT E'…'",
        "DO $x$HUSH$x$|DO '…'",
        "DO $$HUSH 'a'|DO '…'",
        "LOCK TABLE users IN EXCLUSIVE MODE|LOCK TABLE users IN EXCLUSIVE MODE",
      })
  void aStatementIsKeptWithoutItsValues(String query, String kept) {
    assertThat(Statement.of(query).text()).isEqualTo(kept);
  }

  @Test
  void nothingThatWasSeenIsMissingWithItsReason() {
    Snapshot blind = Snapshot.empty(AT, RunFacts.starting(AT, Optional.empty()));
    Bundle bundle = Bundle.of(blind, KnowledgeFile.load());
    assertThat(bundle.missing())
        .extracting(Missing::what)
        .containsExactly("locks, sessions and prepared transactions", "events and Helm's history");
    assertThat(bundle.index().text()).contains("Missing:", "events and Helm's history: ");
  }

  @Test
  void whatCouldNotBeReadIsNamedWithItsReason() {
    Bundle bundle =
        NOTHING.with(log("coder-1", Observed.forbidden("ask for get on pods/log", AT), 0));
    assertThat(bundle.items()).isEmpty();
    assertThat(bundle.missing())
        .containsExactly(
            new Missing("log of pod coder-1, container coder", "ask for get on pods/log"));
  }

  @Test
  void whatALogHasLostAtItsBeginningIsTold() {
    Bundle bundle = NOTHING.with(log("coder-1", Observed.known(List.of("last"), AT), 12));
    assertThat(bundle.items()).hasSize(1);
    assertThat(bundle.missing().get(0).line()).contains("the 12 lines before the last");
  }

  @Test
  void nothingIsKeptBeyondItsBound() {
    Item quarter = new Item("log.txt", "x".repeat(1 << 18));
    Bundle bundle = new Bundle(Collections.nCopies(31, quarter), List.of());
    for (int i = 0; i < 3; i++) {
      bundle = bundle.with(log("coder-" + i, "x".repeat(1 << 17)));
    }
    assertThat(bundle.size()).isLessThanOrEqualTo(Bundle.MOST_BYTES);
    assertThat(bundle.items()).hasSize(32);
    assertThat(bundle.missing()).hasSize(2);
    assertThat(bundle.missing().get(0).why()).contains("8 MiB");
  }
}
