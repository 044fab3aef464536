package dev.lockkeeper.view;

import static dev.lockkeeper.view.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The panels, one below the other, at three widths and on five days. */
class PanelsTest {
  private static final Observed<Cluster> NOT_READ = Observed.unknown("not read", NOW);
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
    assertThat(LocksPanel.lines(lost, stale, NOW, List.of(), 78, 9)).allMatch(PanelsTest::unknown);
    assertThat(PodsPanel.summary(stale, NOW).text())
        .isEqualTo("Pods 3/3  ? stale: last read 6 s ago");
    assertThat(LocksPanel.summary(lost, NOW).text())
        .isEqualTo("Locks  ? unknown: gone; last seen 1 s ago");
  }

  @Test
  void addressesAreNotNamedByAStaleCluster() {
    Observed<Database> live = Samples.read(Samples.healthyDatabase(), 1);
    Observed<Cluster> stale = Samples.read(Samples.healthyCluster(), 6);
    assertThat(LocksPanel.lines(live, stale, NOW, List.of(), 78, 9).toString())
        .contains("coder@10.42.0.17")
        .doesNotContain("x2k4p");
  }

  @Test
  void onePlaceForAllSessionsIsAPooler() {
    Observed<Cluster> cluster = Samples.read(Samples.healthyCluster(), 1);
    assertThat(locks(pooled("10.9.9.9", "10.9.9.9"), cluster))
        .contains("every session comes from 10.9.9.9, no pod's address: a pooler stands between");
    assertThat(locks(pooled("10.9.9.9", "10.9.9.8"), cluster)).doesNotContain("pooler");
    assertThat(locks(pooled("10.42.0.17", "10.42.0.17"), cluster)).doesNotContain("pooler");
    assertThat(locks(pooled("10.9.9.9", "10.9.9.9"), NOT_READ))
        .as("where the pods are not known")
        .doesNotContain("pooler");
  }

  private static Database pooled(String... addresses) {
    List<Backend> backends = new ArrayList<>();
    for (String address : addresses) {
      backends.add(Samples.session(700 + backends.size(), address, "idle", 1, Optional.empty()));
    }
    return Samples.database(backends, List.of(), List.of(), MigrationLock.free(), List.of());
  }

  @Test
  void whatIsLockedHasAName() {
    assertThat(wanting("advisory", "", "4")).contains("waits 9 s for Coder's DBPurge Exclusive");
    assertThat(wanting("advisory", "", "99")).contains("for advisory 99 Exclusive");
    assertThat(wanting("advisory", "", "0,4")).contains("for advisory 0,4 Exclusive");
    assertThat(wanting("tuple", "users", "0,4")).contains("for a row of users Exclusive");
    assertThat(wanting("transactionid", "", "745")).contains("for transaction 745 Exclusive");
    assertThat(wanting("object", "", "1260,10,0")).contains("for object 1260,10,0 Exclusive");
  }

  private static String wanting(String type, String relation, String key) {
    Optional<String> name = Optional.of(relation).filter(text -> !text.isEmpty());
    Optional<Duration> waiting = Optional.of(Duration.ofSeconds(9));
    Lock wanted = new Lock(Optional.of(2), type, name, key, "ExclusiveLock", false, waiting);
    Database database =
        Samples.database(
            List.of(),
            List.of(wanted),
            List.of(new Wait(2, List.of(1))),
            MigrationLock.free(),
            List.of());
    return locks(database, NOT_READ);
  }

  @Test
  void whoeverIsBehindManyNamesAFew() {
    assertThat(locks(waiting(new Wait(9, List.of(1, 2, 3, 4, 5, 6, 7))), NOT_READ))
        .contains("also behind 2, 3, 4, 5 +2");
  }

  @Test
  void aGuessedOrderIsSaidToBeAGuess() {
    assertThat(locks(waiting(new Wait(9, List.of(1), 1, false)), NOT_READ)).contains("is a guess");
    assertThat(locks(waiting(new Wait(9, List.of(1))), NOT_READ)).doesNotContain("is a guess");
  }

  private static Database waiting(Wait wait) {
    return Samples.database(List.of(), List.of(), List.of(wait), MigrationLock.free(), List.of());
  }

  private static String locks(Database database, Observed<Cluster> cluster) {
    return LocksPanel.lines(Samples.read(database, 1), cluster, NOW, List.of(), 118, 9).stream()
        .map(Line::text)
        .collect(Collectors.joining("\n"));
  }

  /** One that holds a table which a pending migration changes, and one that holds nothing. */
  @Test
  void whoSitsInATransactionIsNamedBeforeAnybodyWaits() {
    Observed<Cluster> cluster = Samples.read(Samples.healthyCluster(), 1);
    Observed<Database> idle = Samples.read(idle(65), 1);
    List<Migration> pending =
        List.of(
            new Migration(
                371, "scopes", CoderVersion.of(2, 27, 0), List.of(), List.of("api_keys")));
    assertThat(text(LocksPanel.lines(idle, cluster, NOW, pending, 118, 9)))
        .contains(
            "nothing waits · 2 sessions",
            "▲ 4711 coder-75d5c8d9f-x2k4p v2.26.6  idle in transaction 1m05s  holds api_keys",
            "  1 pending migration would wait behind it: 371",
            "▲ 4712 coder-75d5c8d9f-q4m7z v2.26.6  idle in transaction 1m05s");
    assertThat(text(LocksPanel.lines(idle, cluster, NOW, pending, 38, 9)))
        .contains("▲ 4711 x2k4p idle in tx 1m05s holds a…", "  1 migration would wait for it");
    assertThat(LocksPanel.summary(idle, NOW).text())
        .isEqualTo("Locks  nothing waits · 2 idle in a transaction  1 s ago");
    assertThat(locks(idle(1), cluster)).as("but not for a moment").doesNotContain("▲");
  }

  private static Database idle(int seconds) {
    String state = "idle in transaction";
    return Samples.database(
        List.of(
            Samples.session(4712, "10.42.2.31", state, seconds, Optional.empty()),
            Samples.session(4711, "10.42.0.17", state, seconds, Optional.empty())),
        List.of(Samples.lock(4711, "api_keys", "AccessShareLock", true)),
        List.of(),
        MigrationLock.free(),
        List.of());
  }

  private static List<String> text(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
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
        LocksPanel.lines(hostile, cluster, NOW, List.of(), width, height),
        LocksPanel.lines(blocked, stuck, NOW, List.of(), width, height));
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
        LocksPanel.lines(database, cluster, NOW, List.of(), width, h[1] - 2));
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
