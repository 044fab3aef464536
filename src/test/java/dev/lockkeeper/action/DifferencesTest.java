package dev.lockkeeper.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndRequest.Grounds;
import dev.lockkeeper.action.EndRequest.Manner;
import dev.lockkeeper.action.EndRequest.Session;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.story.Altered;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two requests that read alike say in what they are not. */
class DifferencesTest {
  private static final ScaleRequest SCALE =
      new ScaleRequest(Contexts.in("coder"), "coder", "u1", 3, 0);
  private static final DatabaseIdentity HERE =
      new DatabaseIdentity("db", 5432, "coder", "coder", "7301", "2026-02-01", 170011, false);

  private static EndRequest end(Session... sessions) {
    return new EndRequest(HERE, Manner.TERMINATE, Grounds.DATABASE, List.of(sessions));
  }

  private static Session session(int pid, String start) {
    return new Session(pid, start, "coder", "somebody");
  }

  @Test
  void theSameActDiffersInNothing() {
    assertThat(SCALE.differences(new ScaleRequest(Contexts.in("coder"), "coder", "u1", 3, 0)))
        .isEmpty();
  }

  @Test
  void whatLooksTheSameNamesWhatIsNot() {
    ScaleRequest other = new ScaleRequest(Contexts.in("coder"), "coder", "u2", 3, 0);
    assertThat(other.summary()).isEqualTo(SCALE.summary());
    assertThat(SCALE.differences(other)).containsExactly("uid: u1 → u2");
  }

  @Test
  void oldValueAndNewOneAreNamedTogether() {
    assertThat(SCALE.differences(new ScaleRequest(Contexts.in("coder"), "coder", "u1", 5, 1)))
        .containsExactly("found: 3 → 5", "wanted: 0 → 1");
  }

  @Test
  void aGradeThatRoseIsADifference() {
    Plan before = new Plan(SCALE, Risk.DISRUPTIVE, List.of(), "", "");
    Plan now = new Plan(SCALE, Risk.IRREVERSIBLE, List.of(), "", "");
    assertThat(before.differences(now)).containsExactly("grade: DISRUPTIVE → IRREVERSIBLE");
  }

  @Test
  void aReusedProcessIdIsToldWithBothStarts() {
    assertThat(end(session(7, "18:00")).differences(end(session(7, "21:00"))))
        .containsExactly("pid 7 is another session, started 18:00 → 21:00");
  }

  @Test
  void newSessionsAreNamedAndManyAreCounted() {
    Session[] many = IntStream.range(1, 6).mapToObj(i -> session(i, "x")).toArray(Session[]::new);
    assertThat(end(session(9, "x")).differences(end(many)))
        .containsExactly(
            "session 1 was not among them",
            "session 2 was not among them",
            "session 3 was not among them",
            "and 2 more");
  }

  @Test
  void aServerThatWasRestartedIsTold() {
    EndRequest before = end(session(7, "x"));
    EndRequest now = Altered.of(before, "database", Altered.of(HERE, "startedAt", "2026-03-04"));
    assertThat(before.differences(now)).containsExactly("server-started: 2026-02-01 → 2026-03-04");
  }

  @Test
  void aLongValueIsCutAndAnEmptyOneNamed() {
    String wide = "😀".repeat(90);
    LeaseRequest before =
        new LeaseRequest(Contexts.in("coder"), "lease", false, Optional.empty(), "me");
    LeaseRequest now =
        new LeaseRequest(Contexts.in("coder"), "lease", true, Optional.of(wide), "me");
    assertThat(before.differences(now)).containsExactly("found: none → " + "😀".repeat(60) + "…");
  }
}
