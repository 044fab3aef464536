package dev.lockkeeper.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.journal.JournalLine;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.wizard.Setting;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run has come to, as somebody pastes it into a ticket. */
class TicketReportTest {
  private static final Optional<Runbook> UPGRADE =
      Optional.of(RunbookFile.bundled("coder-upgrade"));
  private static final Instant NOW = Story.START;
  private static final Pattern CODE = Pattern.compile("(`+)(?!`).*?(?<!`)\\1(?!`)");

  private static String markdown(List<Entry> entries, Optional<Runbook> runbook) {
    List<JournalLine> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(line(lines.isEmpty(), Optional.of(entry))));
    return ticket(lines, runbook);
  }

  private static JournalLine line(boolean first, Optional<Entry> entry) {
    String hash = "0".repeat(64);
    String previous = first ? Head.of("run").hash() : hash;
    return new JournalLine(hash, Optional.of("run"), Optional.of(previous), entry, false, true);
  }

  private static String ticket(List<JournalLine> lines, Optional<Runbook> runbook) {
    return new TicketReport(
            new Chain("run", lines),
            "/j.jsonl",
            runbook,
            KnowledgeFile.load(),
            ZoneId.of("Europe/Berlin"))
        .lines(80).stream().map(Line::text).collect(Collectors.joining("\n"));
  }

  private static List<Entry> upgraded() {
    return Chapters.done(
            Story.begins("coder-upgrade", Setting.World.PRODUCTION, UpgradeWorld::running))
        .journal();
  }

  private static Entry waived(String detail, String reason) {
    Map<String, String> data = Map.of(Entry.WORD, "w", Entry.DETAIL, detail, Entry.REASON, reason);
    return new Entry(NOW, Entry.Kind.WAIVED, "2.1", data);
  }

  @Test
  void anUpgradeIsToldWithItsDowntimeAndWhatIsOwed() {
    assertThat(markdown(upgraded(), UPGRADE))
        .startsWith("# `Upgrade Coder on Kubernetes`: finished\n")
        .contains(
            "**Version:** from `v2.26.6` to `v2.29.3`",
            "  - 30 s",
            "from 21:05:03Z, step `3.2 scale deployment/coder from 3 to 0`",
            "until 21:05:33Z, when step `5.2` observed: `1 pod Ready",
            "362 → 401 committed, 39 migrations, observed by step `5.2`",
            "**Sessions:** none was ended by name; those that ended with their pods are not counted",
            "**Owed:** ✔ nothing",
            "Here (`Europe/Berlin`) it was UTC+01:00 then.",
            "2026-03-04 21:05:00Z the run began",
            "`4.3 Start the pod that migrates`: **done**",
            "**Head:** " + upgraded().size() + " lines");
  }

  @Test
  void aRunThatWasKilledIsNotSaidToHaveEnded() {
    List<Entry> whole = upgraded();
    int down =
        whole.indexOf(
            whole.stream()
                .filter(entry -> entry.kind() == Entry.Kind.INTENDED)
                .findFirst()
                .orElseThrow());
    assertThat(markdown(whole.subList(0, down + 1), UPGRADE))
        .contains(
            ": not finished; whether it still runs or was killed, its journal does not say",
            "**Ended:** unknown; the last line is of 2026-03-04 21:05:03Z",
            "unknown how long",
            "nobody knows whether that was done",
            "no step has observed Ready pods since",
            "nobody knows whether this was done: `3.2 scale deployment/coder from 3 to 0`");
  }

  /** Whoever comes to a stuck migration has not seen the number before it. */
  @Test
  void aMigrationWithoutItsNumbersIsToldInAWordAndNotByAllThatItsStepObserved() {
    Entry over =
        new Entry(
            NOW,
            Entry.Kind.COMPLETED,
            "7.3",
            Map.of(Entry.DETAIL, "3 Ready, wants 3; IDLE at 401; none waits"));
    Optional<Runbook> recovery = Optional.of(RunbookFile.bundled("coder-recovery"));
    assertThat(markdown(List.of(over), recovery))
        .contains("**Schema:** the migrations of the deployment's image are committed, observed");
  }

  @Test
  void aSessionThatMayHaveBeenEndedWhenTheProgramWasKilledIsTold() {
    Map<String, String> request =
        Map.of("request", "terminate", Entry.SUMMARY, "terminate pid 412", Entry.COMMAND, "psql");
    Entry asked = new Entry(NOW, Entry.Kind.INTENDED, "3.1", request);
    assertThat(markdown(List.of(asked), UPGRADE))
        .contains("`3.1 terminate pid 412`: nobody knows whether it was done")
        .doesNotContain("none was ended");
  }

  @Test
  void whereNotAllOfTheJournalIsUnderstoodTheTicketIsNotSureOfAnything() {
    assertThat(markdown(upgraded(), UPGRADE)).doesNotContain("**Careful:**");
    assertThat(ticket(List.of(line(true, Optional.empty())), UPGRADE))
        .contains("**Not understood:** 1 line")
        .contains("**Careful:** not all of the journal is whole and understood");
    assertThat(ticket(List.of(line(false, Optional.of(upgraded().get(0)))), UPGRADE))
        .contains("**Broken:** at line 1")
        .contains("**Careful:** not all of the journal is whole and understood");
  }

  @Test
  void whatAnUnknownRunbookObservedIsUnknown() {
    assertThat(markdown(upgraded(), Optional.empty()))
        .contains("**Schema:** unknown: this program does not have the runbook of this run");
    assertThat(markdown(List.of(), Optional.empty())).contains("unknown, its journal says nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`` ` </code><script>alert(1)</script>",
        "[x](https://evil.example) ![y](https://evil.example/z.png) https://evil.example @all #1",
        "a | b | c\n# heading\n- item\n\n---\n",
        "\u001b[31mred \u202e backwards `",
        "```\ncode\n```"
      })
  void foreignTextMeansNothing(String hostile) {
    String text = markdown(List.of(waived(hostile, hostile)), UPGRADE);
    for (String line : text.split("\n")) {
      assertThat(CODE.matcher(line).replaceAll(""))
          .doesNotContain("evil", "<", "alert", "|", "@", "heading", "item", "\u001b", "\u202e");
    }
    assertThat(text.lines().filter(line -> line.startsWith("#")).count()).isEqualTo(3);
  }
}
