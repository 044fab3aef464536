package dev.lockkeeper.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.journal.Head;
import dev.lockkeeper.story.Recoveries;
import dev.lockkeeper.view.Line;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said when the wizard is left, or cannot go on. */
class FarewellTest {
  @Test
  void whoIsKeptOutByTheClosedDoorIsToldHowToOpenItFromOutside() {
    Farewell farewell =
        new Farewell(
            "recovery-0304",
            Recoveries.asksToEndCoderds().state().progress(),
            "/runs/journal.jsonl",
            new Head("9f86d081", 1));
    String text = farewell.lines().stream().map(Line::text).collect(Collectors.joining("\n"));
    assertThat(text)
        .contains("let clients connect to database coder again")
        .contains("ALTER DATABASE \"coder\" CONNECTION LIMIT -1;")
        .contains("through another database (psql -d postgres)")
        .contains("lockkeeper resume recovery-0304");
  }
}
