package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Opened;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.Sheet;
import dev.lockkeeper.wizard.Watching;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an open panel looks like. */
class OpenPanelTest {
  private static final Instant NOW = Samples.NOW;

  private static Watching watching(Cluster cluster) {
    return Watching.starting(Setting.World.ORDINARY, KnowledgeFile.load(), NOW)
        .after(Event.Seen.cluster(Observed.known(cluster, NOW)))
        .after(Event.Seen.database(Observed.known(Samples.blockedDatabase(), NOW)));
  }

  private static Watching pressed(Watching state, String keys) {
    Watching now = state;
    for (char key : keys.toCharArray()) {
      Key pressed = key == '\n' ? Key.of(Key.Name.ENTER) : Key.of(key);
      now = now.after(new Event.Pressed(pressed, NOW));
    }
    return now;
  }

  private static Cluster many(int events) {
    Cluster healthy = Samples.healthyCluster();
    List<ClusterEvent> all =
        IntStream.range(0, events)
            .mapToObj(
                i ->
                    new ClusterEvent(
                        "uid-" + i,
                        "Warning",
                        "Unhealthy",
                        "Pod",
                        "coder-x2k4p",
                        "event " + i + " " + "of many ".repeat(40) + "the end",
                        1,
                        NOW.minusSeconds(i)))
            .toList();
    return Altered.of(healthy, "events", all);
  }

  @Test
  void theChosenRowIsMarkedAndInSightWhereverItIs() {
    Watching events = pressed(watching(many(200)), "e");
    for (int i = 0; i < 200; i += 13) {
      String text = WatchScreen.render(pressed(events, "j".repeat(i)), 80, 24).text();
      assertThat(text.lines().filter(line -> line.contains("▶")))
          .singleElement()
          .asString()
          .contains("event " + i + " ");
      assertThat(text).contains((i + 1) + " of 200");
    }
  }

  @Test
  void whatIsCutIsReachedSideways() {
    Watching events = pressed(watching(many(3)), "e");
    assertThat(WatchScreen.render(events, 80, 24).text()).doesNotContain("the end").contains("…");
    Watching aside = events;
    for (int i = 0; i < 40; i++) {
      aside = aside.after(new Event.Pressed(Key.of(Key.Name.RIGHT), NOW));
    }
    assertThat(WatchScreen.render(aside, 80, 24).text()).contains("the end", "…");
  }

  @Test
  void aZoomedPanelHasTheWholeWidthAndNoBordersAtItsSides() {
    Watching zoomed = pressed(watching(Samples.healthyCluster()), "pz");
    String text = WatchScreen.render(zoomed, 120, 40).text();
    assertThat(text).doesNotContain("│").contains("Pods 3/3", "z back");
    Story story = Story.begins().presses('p').presses('z');
    String walk = Screens.render(story.state(), 120, 40).text();
    assertThat(walk.lines().skip(1)).noneMatch(line -> line.contains("│"));
    assertThat(walk).contains("coder-75d5c8d9f-");
  }

  @Test
  void anOpenPanelIsNoNarrowerThanTheSmallOnes() {
    Story story = Story.begins().presses('e');
    String text = Screens.render(story.state(), 120, 40).text();
    String title = text.lines().filter(line -> line.contains("│ Events")).findFirst().orElseThrow();
    assertThat(title.stripTrailing()).hasSize(120);
    assertThat(title.substring(2, 118)).doesNotContain("│");
  }

  @Test
  void matchesAreMarkedAndCounted() {
    Watching found = pressed(watching(many(30)), "e/event 2\n");
    Frame frame = WatchScreen.render(found, 80, 24);
    assertThat(frame.text()).contains("/event 2  11 matches");
    long marked =
        IntStream.range(0, 80 * 24)
            .filter(cell -> frame.style(cell % 80, cell / 80) == Style.FOUND)
            .count();
    assertThat(marked).isGreaterThan(7);
  }

  @Test
  void tenThousandEventsAndFiveThousandPodsTakeNoTimeToSpeakOf() {
    List<Pod> pods = new ArrayList<>(Samples.healthyCluster().pods());
    for (int i = 0; i < 5_000; i++) {
      pods.add(Altered.of(pods.get(0), "metadata", metadata(pods.get(0), i)));
    }
    Watching crowd = watching(Altered.of(many(10_000), "pods", pods));
    for (String keys : List.of("e", "eG", "p", "pG", "ez")) {
      Watching state = pressed(crowd, keys);
      Opened opened = state.opened().orElseThrow();
      assertThat(
              best(
                  () -> {
                    Area area = new Area(0, 0, 200, 60);
                    OpenPanel.draw(new Canvas(200, 60), area, state, opened);
                    Panels.lines(opened.panel(), state, 100, 20);
                  }))
          .as(keys)
          .isLessThan(Duration.ofMillis(30));
    }
    assertThat(WatchScreen.render(crowd, 200, 60).text()).containsPattern("… 9,?9\\d\\d more");
  }

  private static Duration best(Runnable drawing) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 12; i++) {
      long start = System.nanoTime();
      drawing.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return Duration.ofNanos(best);
  }

  private static Pod.Metadata metadata(Pod like, int number) {
    return new Pod.Metadata(
        "coder-" + number, "uid-" + number, "coder", like.createdAt(), Optional.empty());
  }

  @Test
  void aLogShowsWhatIsWrongWithItOrWhereItStands() {
    Watching opened = pressed(watching(Samples.healthyCluster()), "p\n");
    Inspection asked = opened.opened().flatMap(Opened::sheet).flatMap(Sheet::asked).orElseThrow();
    String forbidden = "pods/log: forbidden: ask for get on pods/log";
    Watching refused =
        opened.after(new Event.Looked(Inspected.unread(asked, Observed.forbidden(forbidden, NOW))));
    assertThat(WatchScreen.render(refused, 80, 24).text()).contains(forbidden);

    List<String> lines =
        List.of(
            "2026-03-04 Started HTTP listener at http://0.0.0.0:8080",
            "2026-03-04 migrate: 000362 \u001b[31m" + "x".repeat(200),
            "something else");
    Watching read =
        opened.after(
            new Event.Looked(
                new Inspected(
                    asked,
                    Observed.known(lines, NOW),
                    List.of("init", "coder"),
                    "coder",
                    0,
                    false)));
    String text = WatchScreen.render(read, 80, 24).text();
    assertThat(text)
        .contains(
            "container coder (2 of 2)", "following", "▶ 2026-03-04 Started", "● 2026-03-04 mig")
        .doesNotContain("\u001b");
  }

  @Test
  void everySizeHasAPictureOfEveryPanel() {
    for (String keys : List.of("p", "e", "l", "m", "f", "pz", "p\n", "l\n", "e\n", "f\n", "lz/x")) {
      for (int columns : new int[] {1, 60, 80, 131}) {
        for (int rows : new int[] {1, 20, 24, 47}) {
          Watching state = pressed(watching(Samples.hostileCluster()), keys);
          Frame frame = WatchScreen.render(state, columns, rows);
          assertThat(frame.rows()).isEqualTo(rows);
          assertThat(frame.text()).doesNotContain("\u001b", "\u202e", "\u0007");
        }
      }
    }
  }

  @Test
  void whatIsNotLiveIsNotShownAsLive() {
    Watching old =
        pressed(watching(Samples.healthyCluster()), "p")
            .after(new Event.Ticked(NOW.plusSeconds(12)));
    assertThat(WatchScreen.render(old, 80, 24).text()).contains("stale");
  }
}
