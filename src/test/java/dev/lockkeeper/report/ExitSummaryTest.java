package dev.lockkeeper.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Recoveries;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.view.Line;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said when the wizard is left, or cannot go on. */
class ExitSummaryTest {
  @Test
  void whoIsKeptOutByTheClosedDoorIsToldHowToOpenItFromOutside() {
    ExitSummary farewell =
        new ExitSummary(
            "recovery-0304",
            Recoveries.shipped().asksToEndCoderds().state().progress(),
            "/runs/journal.jsonl",
            new Head("9f86d081", 1),
            List.of());
    String text = farewell.lines().stream().map(Line::text).collect(Collectors.joining("\n"));
    assertThat(text)
        .contains("let clients connect to database coder again")
        .contains("ALTER DATABASE \"coder\" CONNECTION LIMIT -1;")
        .contains("through another database (psql -d postgres)")
        .contains("lockkeeper resume recovery-0304");
  }

  @Test
  void whoLeavesWhileAnOutcomeIsInMemoryAloneIsToldToNoteItDown() {
    Story story = Chapters.scalesDown().journalStalls();
    story.clusterAnswers(Outcome.done("replicas 3 -> 0")).journalFails("disk full");
    Entry outcome = story.state().pending().orElseThrow().outcome().orElseThrow();
    ExitSummary farewell =
        new ExitSummary(
            "upgrade-0304",
            story.state().progress(),
            "/runs/journal.jsonl",
            new Head("9f86d081", 1),
            List.of(outcome));
    String text = farewell.lines().stream().map(Line::text).collect(Collectors.joining("\n"));
    assertThat(text)
        .contains(
            "done replicas 3 -> 0, at " + outcome.at(),
            "Note this down: it could not be written to the journal",
            "bring back 3 replicas")
        .doesNotContain("nobody saw the outcome of");
  }
}
