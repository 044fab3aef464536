package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What holds of every screen, whatever its size and whatever the world says. */
class ScreensTest {
  private static final String HOSTILE =
      "\u001b[2J\u202eevil\u202c\u0007" + "\u0301".repeat(9) + "\ud83d\ude00 \u65e5\u672c\u8a9e ";

  private static List<State> everySortOfState() {
    List<Story> stories = new ArrayList<>();
    stories.add(Story.begins(Setting.World.PRACTICE));
    stories.add(Story.begins().presses('?'));
    stories.add(Story.begins().presses('x').types(HOSTILE));
    stories.add(Story.begins().presses(' ').presses(' ').presses(' '));
    stories.add(Chapters.readUpToContention().sees(UpgradeWorld::contended).presses('w'));
    stories.add(Chapters.prepared().enters().types(HOSTILE + "x".repeat(190)));
    stories.add(Chapters.backedUp().enters());
    stories.add(Chapters.choseZero());
    stories.add(Chapters.asksToScaleDown());
    stories.add(Chapters.scalesDown());
    stories.add(Chapters.scalesDown().clusterAnswers(Outcome.unknown("timeout " + HOSTILE)));
    stories.add(Chapters.lostTheDatabase());
    stories.add(Chapters.resumed());
    stories.add(Chapters.asksToMigrate());
    stories.add(Chapters.migrates().sees(UpgradeWorld::blocked).presses('q'));
    stories.add(Chapters.done());
    for (char panel : "pelm".toCharArray()) {
      stories.add(Chapters.migrates().sees(UpgradeWorld::blocked).presses(panel));
    }
    List<State> states = new ArrayList<>();
    stories.forEach(story -> states.add(story.state()));
    stories.forEach(story -> states.add(story.sees(ScreensTest::hostile).state()));
    return states;
  }

  /** Names and texts that want to get out of their cells. */
  private static UpgradeWorld hostile(Instant now) {
    Cluster seen = Samples.hostileCluster();
    Database database = Samples.hostileDatabase();
    String name = HOSTILE.repeat(20);
    Cluster cluster =
        Altered.of(
            seen,
            "identity",
            new ClusterIdentity(name, "https://10.0.0.1:6443", name, "uid-namespace"));
    Database evil =
        Altered.of(
            database,
            "identity",
            new DatabaseIdentity(name, 6432, name, name, "7301", "", 170011, false));
    return new UpgradeWorld(cluster, evil);
  }

  @Test
  void everyStateHasAPictureOfEverySizeAndNothingHostileInIt() {
    for (State state : everySortOfState()) {
      for (int columns : List.of(60, 79, 99, 100, 131, 180)) {
        for (int rows : List.of(20, 24, 30, 47)) {
          Frame frame = Screens.render(state, columns, rows);
          assertThat(frame.columns()).isEqualTo(columns);
          assertThat(frame.rows()).isEqualTo(rows);
          assertThat(frame.text()).doesNotContain("\u001b", "\u202e", "\u0007");
          everyRowIsAsWideAsTheScreen(frame);
        }
      }
    }
  }

  private static void everyRowIsAsWideAsTheScreen(Frame frame) {
    for (int row = 0; row < frame.rows(); row++) {
      int width = 0;
      for (int column = 0; column < frame.columns(); column++) {
        int codePoint = frame.codePoint(column, row);
        width += codePoint == Frame.COVERED ? 0 : Columns.width(codePoint);
      }
      assertThat(width).as("row %d of %s", row, frame).isEqualTo(frame.columns());
    }
  }

  @Test
  void theTargetIsInSightOnEveryScreenAndBehindEveryQuestion() {
    List<Story> stories =
        List.of(
            Story.begins(),
            Chapters.asksToScaleDown(),
            Chapters.asksToMigrate(),
            Chapters.migrates().presses('q'),
            Chapters.migrates().presses('?'));
    for (Story story : stories) {
      for (int columns = 78; columns <= 200; columns += 1) {
        String bar = Screens.render(story.state(), columns, 24).text().lines().findFirst().get();
        assertThat(bar)
            .contains("PRODUCTION", "prod-eu", "ns coder", "deploy/coder", "coder/coder@pg-1");
      }
    }
  }

  @Test
  void practiceIsSaidOnEveryScreen() {
    State practice = Story.begins(Setting.World.PRACTICE).state();
    for (int columns = 60; columns <= 200; columns++) {
      Frame frame = Screens.render(practice, columns, 30);
      assertThat(frame.text().lines().findFirst().orElseThrow()).contains("PRACTICE");
      assertThat(frame.style(5, 0)).isEqualTo(Style.BANNER_PRACTICE);
    }
  }

  @Test
  void whatIsAskedAndHowToAnswerIsWholeOnTheSmallestScreen() {
    String disruptive = Screens.render(Chapters.asksToScaleDown().state(), 60, 20).text();
    assertThat(disruptive).contains("▶[ Cancel ]", "DISRUPTIVE", "--replicas=0");
    String irreversible = Screens.render(Chapters.asksToMigrate().state(), 60, 20).text();
    assertThat(irreversible).contains("IRREVERSIBLE", "prod-eu/coder", "--replicas=1", "s left");
    String leave = Screens.render(Chapters.migrates().presses('q').state(), 60, 20).text();
    assertThat(leave).contains("▶[ Stay ]", "[ Leave ]", "bring back 3 replicas");
    String help = Screens.render(Story.begins().presses('?').state(), 60, 20).text();
    assertThat(help).contains("enter", "n ↓", "more below: pgdn");
  }

  @Test
  void helpScrollsToItsEndOnAnyScreenAndNothingOfItIsCut() {
    for (int[] size : new int[][] {{80, 24}, {60, 20}}) {
      Story story = Story.begins().presses('?');
      StringBuilder read = new StringBuilder();
      for (int i = 0; i < 120; i++) {
        read.append(Screens.render(story.state(), size[0], size[1]).text());
        story.presses(Key.Name.DOWN);
      }
      assertThat(read.toString().replaceAll("[\\s│]+", " "))
          .contains("never acts without another question.")
          .contains("Nothing is undone.")
          .contains("▶ the step on the screen")
          .contains("before it goes on")
          .doesNotContain("Show all k…");
      assertThat(story.presses(Key.Name.ENTER).state().dialog()).isEmpty();
    }
  }

  @Test
  void theThreeGradesAreToldApartWithoutColour() {
    assertThat(Screens.render(Chapters.asksToScaleDown().state(), 80, 24).text())
        .contains("┏", "┛")
        .doesNotContain("╔");
    assertThat(Screens.render(Chapters.asksToMigrate().state(), 80, 24).text())
        .contains("╔", "╝")
        .doesNotContain("┏");
    assertThat(Screens.render(Chapters.migrates().presses('q').state(), 80, 24).text())
        .doesNotContain("╔", "┏");
  }

  @Test
  void whatChangedWhileOneWasAskedIsShown() {
    Function<Instant, UpgradeWorld> two = now -> UpgradeWorld.upgraded(now, 2);
    Story story = Chapters.asksToScaleBack().sees(two).presses(Key.Name.RIGHT).enters();
    assertThat(Screens.render(story.state(), 120, 40).text())
        .contains(
            "changed since you were asked; it was: scale deployment/coder from 1 to 3",
            "Scale deployment/coder from 2 to 3.",
            "▶[ Cancel ]");
    assertThat(story.asked()).isEmpty();
  }

  @Test
  void anActOnItsWaySaysForHowLong() {
    String screen = Screens.render(Chapters.scalesDown().passes(3).state(), 80, 24).text();
    assertThat(screen).contains("Asking the cluster: scale deployment/coder from 3 to 0 … 4 s");
  }

  @Test
  void anActOfUnknownOutcomeIsSaidToBeUnknown() {
    Story story = Chapters.scalesDown().clusterAnswers(Outcome.unknown("connection reset"));
    assertThat(Screens.render(story.state(), 120, 40).text())
        .contains("nobody knows whether it was done", "! bring back 3 replicas")
        .contains("never sent again by itself");
  }

  @Test
  void whatIsLostIsNeverShownAsLive() {
    String screen = Screens.render(Chapters.lostTheDatabase().state(), 120, 40).text();
    assertThat(screen)
        .contains("? lost, 14 s old", "? UNKNOWN: the database cannot be", "? unknown")
        .contains("connection refused");
  }

  @Test
  void aBroadScreenNamesEveryPanel() {
    assertThat(Screens.render(Chapters.choseZero().state(), 200, 60).text())
        .contains("┌ Pods 3/3 ", "├ Locks ", "├ Migration ", "├ Events ");
  }

  @Test
  void moreThanFitsSaysSoAndScrolls() {
    Story story = Chapters.choseZero();
    String top = Screens.render(story.state(), 80, 20).text();
    assertThat(top).contains("more below: space").doesNotContain("more above");
    String below = Screens.render(story.presses(' ').state(), 80, 20).text();
    assertThat(below).contains("more above: pgup");
  }

  @Test
  void aWindowCountsDownOpensAndCloses() {
    assertThat(bar(Story.begins().walksTo("1.2").enters().answers("22:00").answers("23:30")))
        .contains("window 00:05 of 01:30 gone");
    assertThat(bar(Story.begins().walksTo("1.2").enters().answers("22:30").answers("23:30")))
        .contains("window opens in 24m");
    Story over = Story.begins().walksTo("1.2").enters().answers("21:00").answers("22:06");
    assertThat(bar(over.passes(180))).contains("window closed ");
  }

  private static String bar(Story story) {
    return Screens.render(story.state(), 200, 30).text().lines().findFirst().orElseThrow();
  }

  @Test
  void aScreenThatIsTooSmallSaysSo() {
    assertThat(Screens.render(Story.begins().state(), 59, 20).text()).contains("too small");
    assertThat(Screens.render(Story.begins().state(), 1, 1).text()).isNotEmpty();
  }

  /** A practice world that is served is there still, and its run can be resumed. */
  @Test
  void onlyAWorldThatEndsWithTheRunIsSaidToEnd() {
    State asked = Story.begins(Setting.World.PRACTICE).presses('q').state();
    assertThat(Screens.render(asked, 120, 40).text())
        .contains("To come back to this place", "lockkeeper resume")
        .doesNotContain("ends the practice world");
    State passing = Altered.of(asked, "setting", Altered.of(asked.setting(), "stays", false));
    assertThat(Screens.render(passing, 120, 40).text())
        .contains("ends the practice world that was made for this run")
        .doesNotContain("lockkeeper resume");
  }
}
