package dev.lockkeeper.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.promises.Reports.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test keeps a promise only when it ran and passed, and what needed a rerun is told apart. */
class ReportsTest {
  @TempDir private Path folder;

  private Ended ended(String... runs) throws Exception {
    StringBuilder cases = new StringBuilder();
    for (String run : runs) {
      cases
          .append("<testcase classname=\"a.b.OneIT\" name=\"holds(String)[1]\">")
          .append(run)
          .append("</testcase>");
    }
    Files.writeString(
        folder.resolve("TEST-a.b.OneIT.xml"), "<testsuite>%s</testsuite>".formatted(cases));
    return Reports.of(List.of(folder, folder.resolve("none"))).get("OneIT.holds");
  }

  @Test
  void whatPassedPassed() throws Exception {
    assertThat(ended("", "<system-out>x</system-out>")).isEqualTo(Ended.PASSED);
  }

  @Test
  void whatFailedOnceDidNotJustPass() throws Exception {
    assertThat(ended("<flakyFailure type=\"x\"/>")).isEqualTo(Ended.PASSED_AGAIN);
    assertThat(ended("", "<flakyError type=\"x\"/>")).isEqualTo(Ended.PASSED_AGAIN);
  }

  @Test
  void whatFailedTwiceFailed() throws Exception {
    assertThat(ended("<failure type=\"x\"/><rerunFailure type=\"x\"/>")).isEqualTo(Ended.FAILED);
    assertThat(ended("<error type=\"x\"/>", "<flakyError type=\"x\"/>")).isEqualTo(Ended.FAILED);
  }

  @Test
  void whatWasSkippedKeepsNothing() throws Exception {
    assertThat(ended("", "<skipped/>")).isEqualTo(Ended.SKIPPED);
  }

  @Test
  void whatWasSkippedIsToldByItsReason() throws Exception {
    ended("<skipped message=\"SKIPPED: only root can\"/>");
    assertThat(Reports.skipped(List.of(folder)))
        .isEqualTo(Map.of("only root can", Set.of("OneIT.holds")));
    ended(
        "<skipped type=\"a.B\">a.BException: Assumption failed: tmux is not installed\n"
            + "\tat x</skipped>");
    assertThat(Reports.skipped(List.of(folder))).containsOnlyKeys("tmux is not installed");
    ended("<skipped/>", "");
    assertThat(Reports.skipped(List.of(folder))).containsOnlyKeys("no reason said");
  }

  @Test
  void testsOfAClassAreCounted() throws Exception {
    ended("", "", "<skipped/>");
    assertThat(Reports.counts(List.of(folder), "OneIT"))
        .isEqualTo(Map.of(Ended.PASSED, 2L, Ended.SKIPPED, 1L));
    assertThat(Reports.counts(List.of(folder), "One")).isEmpty();
  }
}
