package dev.lockkeeper.view;

import static dev.lockkeeper.view.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The panels, one below the other, at three widths and on five days. */
class PanelsTest {
  private static final int[] HEIGHTS = {7, 9, 8};

  @ParameterizedTest
  @ValueSource(ints = {38, 78, 118})
  void healthy(int width) {
    Golden.matches(
        "panels/healthy-" + width,
        panels(
            Samples.read(Samples.healthyCluster(), 1),
            Samples.read(Samples.healthyDatabase(), 1),
            width));
  }

  @ParameterizedTest
  @ValueSource(ints = {38, 78, 118})
  void blockedMigration(int width) {
    Golden.matches(
        "panels/blocked-" + width,
        panels(
            Samples.read(Samples.stuckCluster(), 1),
            Samples.read(Samples.blockedDatabase(), 2),
            width));
  }

  @ParameterizedTest
  @ValueSource(ints = {38, 78, 118})
  void lostDatabaseAndStaleCluster(int width) {
    Observed<Database> lost =
        Samples.read(Samples.blockedDatabase(), 12).lost("connection to pg-1:5432 refused");
    Golden.matches(
        "panels/lost-" + width, panels(Samples.read(Samples.stuckCluster(), 75), lost, width));
  }

  @ParameterizedTest
  @ValueSource(ints = {38, 78, 118})
  void hiddenSessionsAndNothingRead(int width) {
    Golden.matches(
        "panels/hidden-" + width,
        panels(
            Observed.unknown("not read yet", NOW),
            Samples.read(Samples.hiddenDatabase(), 0),
            width));
  }

  @ParameterizedTest
  @ValueSource(ints = {38, 78, 118})
  void hostileNames(int width) {
    Golden.matches(
        "panels/hostile-" + width,
        panels(
            Samples.read(Samples.hostileCluster(), 1),
            Samples.read(Samples.hostileDatabase(), 1),
            width));
  }

  @Test
  void thePictureOfABlockedMigration() {
    Observed<Cluster> cluster = Samples.read(Samples.stuckCluster(), 1);
    Observed<Database> database = Samples.read(Samples.blockedDatabase(), 2);
    Golden.pictured("blocked-migration", panels(cluster, database, 118));
  }

  @Test
  void everythingFitsEverySize() {
    for (int width = 1; width < 130; width += 3) {
      for (int height = 0; height < 9; height += 2) {
        for (List<Line> lines : everything(width, height)) {
          int columns = width;
          assertThat(lines).hasSizeLessThanOrEqualTo(height);
          assertThat(lines).allMatch(line -> line.columns() <= columns);
        }
      }
    }
  }

  /** What is not live has no style that says good or bad. */
  @Test
  void theStaleIsNeverShownAsLive() {
    Observed<Cluster> stale = Samples.read(Samples.healthyCluster(), 6);
    Observed<Database> lost = Samples.read(Samples.healthyDatabase(), 1).lost("gone");
    assertThat(PodsPanel.lines(stale, NOW, 78, 9)).allMatch(PanelsTest::unknown);
    assertThat(EventsPanel.lines(stale, NOW, 78, 9)).allMatch(PanelsTest::unknown);
    assertThat(LocksPanel.lines(lost, stale, NOW, 78, 9)).allMatch(PanelsTest::unknown);
    assertThat(PodsPanel.summary(stale, NOW).text())
        .isEqualTo("Pods 3/3  ? stale: last read 6 s ago");
    assertThat(LocksPanel.summary(lost, NOW).text())
        .isEqualTo("Locks  ? unknown: gone, last seen 1 s ago");
  }

  @Test
  void addressesAreNotNamedByAStaleCluster() {
    Observed<Database> live = Samples.read(Samples.healthyDatabase(), 1);
    Observed<Cluster> stale = Samples.read(Samples.healthyCluster(), 6);
    assertThat(LocksPanel.lines(live, stale, NOW, 78, 9).toString())
        .contains("coder@10.42.0.17")
        .doesNotContain("x2k4p");
  }

  @Test
  void foldedPanelsSayTheMostImportantThing() {
    Observed<Cluster> cluster = Samples.read(Samples.stuckCluster(), 1);
    assertThat(PodsPanel.summary(cluster, NOW).text())
        .isEqualTo("Pods 1/3  1 Ready · 1 not Ready · 1 Terminating · 1 CrashLoop  1 s ago");
    assertThat(EventsPanel.summary(cluster, NOW).text())
        .isEqualTo("Events 2 warnings  02:12:37Z Unhealthy  1 s ago");
    assertThat(LocksPanel.summary(Samples.read(Samples.blockedDatabase(), 2), NOW).text())
        .isEqualTo("Locks 1 root · 5 waiting  5 behind 4711  2 s ago");
  }

  private static boolean unknown(Line line) {
    return line.spans().stream().allMatch(span -> span.style() == Style.UNKNOWN);
  }

  private static List<List<Line>> everything(int width, int height) {
    Observed<Cluster> cluster = Samples.read(Samples.hostileCluster(), 1);
    Observed<Cluster> stuck = Samples.read(Samples.stuckCluster(), 1);
    Observed<Database> hostile = Samples.read(Samples.hostileDatabase(), 1);
    Observed<Database> blocked = Samples.read(Samples.blockedDatabase(), 9);
    return List.of(
        PodsPanel.lines(cluster, NOW, width, height),
        PodsPanel.lines(stuck, NOW, width, height),
        EventsPanel.lines(cluster, NOW, width, height),
        EventsPanel.lines(stuck, NOW, width, height),
        LocksPanel.lines(hostile, cluster, NOW, width, height),
        LocksPanel.lines(blocked, stuck, NOW, width, height));
  }

  /** Three boxes below one another that leave {@code width} columns for the panels. */
  static Frame panels(Observed<Cluster> cluster, Observed<Database> database, int width) {
    int[] h = HEIGHTS;
    Canvas canvas = new Canvas(width + 4, h[0] + h[1] + h[2] - 2);
    panel(
        canvas,
        new Area(0, 0, width + 4, h[0]),
        PodsPanel.title(cluster, NOW),
        Freshness.age(cluster, NOW),
        PodsPanel.lines(cluster, NOW, width, h[0] - 2));
    panel(
        canvas,
        new Area(0, h[0] - 1, width + 4, h[1]),
        LocksPanel.title(database, NOW),
        Freshness.age(database, NOW),
        LocksPanel.lines(database, cluster, NOW, width, h[1] - 2));
    panel(
        canvas,
        new Area(0, h[0] + h[1] - 2, width + 4, h[2]),
        EventsPanel.title(cluster, NOW),
        Freshness.age(cluster, NOW),
        EventsPanel.lines(cluster, NOW, width, h[2] - 2));
    return canvas.frame();
  }

  private static void panel(Canvas canvas, Area area, Line title, Line age, List<Line> lines) {
    canvas.box(area, Style.BORDER).title(area, title, age).lines(area.inner().indented(1), lines);
  }
}
