package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.view.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A panel that is worked in: rows are chosen, searched and opened, and nothing is changed. */
class BrowsingTest {
  private static final Instant NOW = Samples.NOW;

  private static Watching watching(Cluster cluster) {
    return Watching.starting(Setting.World.ORDINARY, KnowledgeFile.load(), NOW)
        .after(Event.Seen.cluster(Observed.known(cluster, NOW)))
        .after(Event.Seen.database(Observed.known(Samples.blockedDatabase(), NOW)));
  }

  private static Watching pressed(Watching state, char key) {
    return pressed(state, Key.of(key));
  }

  private static Watching pressed(Watching state, Key.Name key) {
    return pressed(state, Key.of(key));
  }

  private static Watching pressed(Watching state, Key key) {
    return state.after(new Event.Pressed(key, NOW));
  }

  private static Watching typed(Watching state, String text) {
    Watching typing = pressed(state, '/');
    for (char each : text.toCharArray()) {
      typing = pressed(typing, each);
    }
    return pressed(typing, Key.Name.ENTER);
  }

  private static PanelRow chosen(Watching state) {
    Opened opened = state.opened().orElseThrow();
    List<PanelRow> rows = PanelRows.of(opened.panel(), state).rows();
    return rows.get(opened.chosen().among(rows));
  }

  private static Sheet sheet(Watching state) {
    return state.opened().flatMap(Opened::sheet).orElseThrow();
  }

  private static Watching pods() {
    return pressed(watching(Samples.healthyCluster()), 'p');
  }

  /** Many of them; the names are numbered. */
  private static Cluster crowd(int count) {
    Cluster healthy = Samples.healthyCluster();
    Pod one = healthy.pods().get(0);
    List<Pod> pods =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new Pod(
                        new Pod.Metadata(
                            "coder-%05d".formatted(i),
                            "uid-" + i,
                            "coder",
                            one.createdAt().plusSeconds(i),
                            Optional.empty()),
                        one.phase(),
                        one.ip(),
                        one.node(),
                        one.container(),
                        one.words(),
                        one.place()))
            .toList();
    return with(healthy, pods);
  }

  private static Cluster with(Cluster cluster, List<Pod> pods) {
    return Altered.of(cluster, "pods", pods);
  }

  @Test
  void arrowsAndLettersChooseRowsAndNotSteps() {
    Watching state = pods();
    String first = chosen(state).id();
    Watching next = pressed(state, 'j');
    assertThat(chosen(next).id()).isNotEqualTo(first);
    assertThat(chosen(pressed(next, Key.Name.UP)).id()).isEqualTo(first);
    assertThat(chosen(pressed(state, 'G')).kind()).isEqualTo(PanelRow.Kind.DEPLOYMENT);
    assertThat(chosen(pressed(pressed(state, Key.Name.END), 'g')).id()).isEqualTo(first);

    Story story = Story.begins();
    String step = story.state().cursor();
    story.presses('p').presses(Key.Name.DOWN).presses('n').presses('b').presses('w');
    assertThat(story.state().cursor()).isEqualTo(step);
    assertThat(story.state().dialog()).isEmpty();
  }

  @Test
  void whoIsChosenStaysChosenWhenOthersComeAndGo() {
    Cluster healthy = Samples.healthyCluster();
    Watching state = pressed(pods(), 'j');
    String second = chosen(state).id();
    List<Pod> without = new ArrayList<>(healthy.pods());
    without.remove(0);
    Watching fewer = state.after(Event.Seen.cluster(Observed.known(with(healthy, without), NOW)));
    assertThat(chosen(fewer).id()).isEqualTo(second);
    without.remove(0);
    Watching gone = state.after(Event.Seen.cluster(Observed.known(with(healthy, without), NOW)));
    assertThat(gone.opened().orElseThrow().chosen().id()).isEqualTo(second);
    assertThat(chosen(gone).id()).isNotEqualTo(second);
  }

  @Test
  void aPageIsWhatIsInSight() {
    Watching state = pressed(watching(crowd(500)), 'p').after(new Event.Laid(new Extent(31, 0)));
    assertThat(chosen(pressed(state, ' ')).place()).isEqualTo(31);
    assertThat(chosen(pressed(pressed(state, Key.Name.PAGE_DOWN), 'j')).place()).isEqualTo(32);
    assertThat(chosen(pressed(pressed(state, ' '), Key.Name.PAGE_UP)).place()).isZero();
  }

  @Test
  void aSearchGoesOnRoundAndRoundUntilItIsEnded() {
    Watching state = pressed(watching(crowd(300)), 'p');
    Watching found = typed(state, "0012");
    assertThat(chosen(found).place()).isEqualTo(12);
    assertThat(chosen(pressed(found, 'n')).place()).isEqualTo(120);
    assertThat(chosen(pressed(pressed(found, 'n'), 'N')).place()).isEqualTo(12);
    assertThat(chosen(pressed(found, 'N')).place()).isEqualTo(129);
    Watching ended = pressed(found, Key.Name.ESCAPE);
    assertThat(ended.opened().orElseThrow().search()).isEqualTo(Search.NONE);
    assertThat(pressed(ended, 'n').opened().orElseThrow().word()).contains("/ begins");
    assertThat(pressed(ended, Key.Name.ESCAPE).opened()).isEmpty();
    assertThat(typed(state, "absent").opened().orElseThrow().word())
        .isEqualTo("nothing here has \"absent\"");
  }

  @Test
  void whatIsTypedIntoASearchIsNoCommand() {
    Watching state = pressed(pods(), '/');
    for (char each : "qzfy?dG".toCharArray()) {
      state = pressed(state, each);
    }
    assertThat(state.left()).isFalse();
    assertThat(state.opened().orElseThrow().search())
        .isEqualTo(new Search(TypedLine.of("qzfy?dG"), true));
    assertThat(pressed(state, Key.Name.ESCAPE).opened().orElseThrow().search())
        .isEqualTo(Search.NONE);
  }

  @Test
  void aPodsLogIsAskedForByItsUidAndShownOnlyWhenItIsTheOneAskedFor() {
    Watching state = pressed(pods(), Key.Name.ENTER);
    Inspection asked = sheet(state).asked().orElseThrow();
    Pod first = Samples.healthyCluster().pods().get(0);
    assertThat(asked).isEqualTo(Inspection.log(first.name(), first.uid()));
    assertThat(state.effects()).containsExactly(new Effect.Inspect(Optional.of(asked)));

    Watching read = state.after(new Event.Looked(log(asked, 5)));
    assertThat(sheet(read).lines()).hasSize(5);
    assertThat(read.effects()).isEmpty();
    Watching other = read.after(new Event.Looked(log(asked.of("init"), 9)));
    assertThat(sheet(other).lines()).hasSize(5);

    Watching closed = pressed(read, Key.Name.ESCAPE);
    assertThat(closed.effects()).containsExactly(new Effect.Inspect(Optional.empty()));
    assertThat(closed.panel()).contains(PanelId.PODS);
  }

  private static Inspected log(Inspection asked, int lines) {
    List<String> text = IntStream.range(0, lines).mapToObj(i -> "line " + i).toList();
    return new Inspected(
        asked, Observed.known(text, NOW), List.of("init", "coder"), "coder", 0, false);
  }

  @Test
  void aLogIsFollowedUntilItIsScrolledUpAndAgainFromItsEnd() {
    Watching opened = pressed(pods(), Key.Name.ENTER).after(new Event.Laid(new Extent(9, 0)));
    Inspection asked = sheet(opened).asked().orElseThrow();
    Watching read = opened.after(new Event.Looked(log(asked, 100)));
    assertThat(sheet(read).top(10)).isEqualTo(90);
    assertThat(sheet(read.after(new Event.Looked(log(asked, 120)))).top(10)).isEqualTo(110);
    Watching up = pressed(read, 'k');
    assertThat(sheet(up.after(new Event.Looked(log(asked, 120)))).top(10)).isEqualTo(89);
    Watching again = pressed(up, 'G').after(new Event.Looked(log(asked, 120)));
    assertThat(sheet(again).top(10)).isEqualTo(110);
  }

  @Test
  void whatIsReadStaysInPlaceWhenOlderLinesAreGivenUp() {
    Watching opened = pressed(pods(), Key.Name.ENTER).after(new Event.Laid(new Extent(9, 0)));
    Inspection asked = sheet(opened).asked().orElseThrow();
    Watching up = pressed(opened.after(new Event.Looked(log(asked, 100))), 'g');
    up = pressed(pressed(up, ' '), ' ');
    assertThat(sheet(up).top(10)).isEqualTo(18);
    Inspected later = log(asked, 100);
    Inspected cut =
        new Inspected(
            asked, later.lines(), later.containers(), later.container(), 7, later.ended());
    assertThat(sheet(up.after(new Event.Looked(cut))).top(10)).isEqualTo(11);
  }

  @Test
  void aLogThatGoesOnBehindTheHelpLeavesItAsItIs() {
    Watching opened = pressed(pods(), Key.Name.ENTER);
    Inspection asked = sheet(opened).asked().orElseThrow();
    Watching help = pressed(pressed(opened, '?'), Key.Name.DOWN);
    Watching read = help.after(new Event.Looked(log(asked, 5)));
    assertThat(read.help()).isTrue();
    assertThat(read.scroll()).isEqualTo(help.scroll()).isPositive();
    Story story = Story.begins().presses('p').enters().presses('?').presses(Key.Name.DOWN);
    State before = story.state();
    State after =
        Update.apply(before, new Event.Looked(log(story.inspected().orElseThrow(), 5))).state();
    assertThat(after.dialog()).isEqualTo(before.dialog());
    assertThat(after.scroll()).isEqualTo(before.scroll()).isPositive();
  }

  @Test
  void theContainerAndTheRunBeforeAreChosen() {
    Watching opened = pressed(pods(), Key.Name.ENTER);
    Inspection asked = sheet(opened).asked().orElseThrow();
    assertThat(pressed(opened, 'c').opened().orElseThrow().word()).contains("not read yet");
    Watching read = opened.after(new Event.Looked(log(asked, 5)));
    Watching init = pressed(read, 'c');
    assertThat(sheet(init).asked().orElseThrow().container()).isEqualTo("init");
    assertThat(sheet(init).lines()).as("the other container's lines are gone").isEmpty();
    Watching older = pressed(read, 'o');
    assertThat(sheet(older).asked().orElseThrow().previous()).isTrue();
    assertThat(sheet(older).asked().orElseThrow().container()).isEqualTo("coder");
  }

  @Test
  void objectsAreDescribedAndReadAnew() {
    Watching pod = pressed(pods(), 'd');
    assertThat(sheet(pod).asked().orElseThrow().kind()).isEqualTo(Inspection.Kind.POD);
    Watching deployment = pressed(pressed(pods(), 'G'), 'd');
    assertThat(sheet(deployment).asked().orElseThrow().kind())
        .isEqualTo(Inspection.Kind.DEPLOYMENT);
    assertThat(sheet(pressed(deployment, 'r')).asked().orElseThrow().times()).isEqualTo(2);
    assertThat(pressed(deployment, 'r').effects()).hasSize(1);
    Watching events = pressed(pressed(watching(Samples.stuckCluster()), 'e'), 'd');
    assertThat(events.opened().orElseThrow().word()).contains("enter opens this");
  }

  @Test
  void aSessionIsOpenedWithItsWholeQueryAndItsLocks() {
    Watching locks = pressed(watching(Samples.healthyCluster()), 'l');
    Watching found = typed(locks, "4733");
    Watching session = pressed(found, Key.Name.ENTER);
    assertThat(sheet(session).lines())
        .anyMatch(line -> line.contains("4733, began "))
        .anyMatch(line -> line.equals("SELECT 1"))
        .anyMatch(line -> line.contains("waits for"));
    assertThat(session.effects()).as("nothing is asked of the database for it").isEmpty();
  }

  /** A pid read from it may be ended by hand: it must not become another session's. */
  @Test
  void aSessionThatIsGoneIsNotReadAgainAsTheOneInItsPlace() {
    Watching session = pressed(pressed(watching(Samples.healthyCluster()), 'l'), Key.Name.ENTER);
    Database blocked = Samples.blockedDatabase();
    int open = chosen(session).place();
    List<Backend> others =
        blocked.backends().stream().filter(backend -> backend.pid() != open).toList();
    Database without = Altered.of(Altered.of(blocked, "backends", others), "locks", List.of());
    Watching gone = session.after(Event.Seen.database(Observed.known(without, NOW)));
    Watching again = pressed(gone, 'r');
    assertThat(sheet(again)).isEqualTo(sheet(session));
    assertThat(again.opened().orElseThrow().word()).startsWith("it is gone");
    assertThat(sheet(pressed(session, 'r')).title()).isEqualTo(sheet(session).title());
  }

  @Test
  void anEventAndAFindingAreOpenedWhole() {
    Watching event = pressed(pressed(watching(Samples.stuckCluster()), 'e'), Key.Name.ENTER);
    assertThat(String.join(" ", sheet(event).lines()))
        .contains(Samples.stuckCluster().events().get(0).message());
    Watching findings = pressed(watching(Samples.stuckCluster()), 'f');
    assertThat(sheet(pressed(findings, Key.Name.ENTER)).lines()).contains("Seen", "Do");
  }

  @Test
  void whatIsChosenIsTakenAway() {
    assertThat(pressed(pods(), 'y').effects())
        .containsExactly(new Effect.Copy(Samples.healthyCluster().pods().get(0).name()));
    Watching query = pressed(typed(pressed(watching(Samples.healthyCluster()), 'l'), "4733"), 'y');
    assertThat(query.effects()).containsExactly(new Effect.Copy("SELECT 1"));
    Watching said = pods().after(new Event.Taken(true, "copied: 21 characters"));
    assertThat(said.opened().orElseThrow().word()).isEqualTo("copied: 21 characters");
    assertThat(pressed(said, 'j').opened().orElseThrow().word()).isEmpty();
  }

  @Test
  void aSecretInAQueryIsNeitherShownNorTakenAway() {
    Database blocked = Samples.blockedDatabase();
    List<Backend> telling =
        blocked.backends().stream()
            .map(each -> Altered.of(each, "query", "ALTER ROLE coder PASSWORD 'hunter2-secret'"))
            .toList();
    Watching state =
        watching(Samples.healthyCluster())
            .after(
                Event.Seen.database(Observed.known(Altered.of(blocked, "backends", telling), NOW)));
    Watching session = pressed(pressed(state, 'l'), Key.Name.ENTER);
    assertThat(sheet(session).lines()).anyMatch(line -> line.startsWith("ALTER ROLE"));
    assertThat(sheet(session).lines()).noneMatch(line -> line.contains("hunter2"));
    assertThat(pressed(session, 'y').effects().toString()).doesNotContain("hunter2");
    assertThat(pressed(pressed(state, 'l'), 'y').effects().toString())
        .contains("ALTER ROLE")
        .doesNotContain("hunter2");
  }

  @Test
  void theSameKeyZoomsAndGoesBackAndAnotherPanelStaysZoomed() {
    Watching zoomed = pressed(pods(), 'z');
    assertThat(zoomed.opened().orElseThrow().zoomed()).isTrue();
    assertThat(pressed(zoomed, 'z').opened().orElseThrow().zoomed()).isFalse();
    assertThat(pressed(zoomed, 'e').opened().orElseThrow().zoomed()).isTrue();
  }

  @Test
  void aWalkHasTheSamePanelsAndJournalsNothingOfThem() {
    Story story = Story.begins().sees(UpgradeWorld::contended);
    int written = story.journal().size();
    story.presses('p').enters();
    assertThat(story.inspected()).isPresent();
    story.presses('y').presses(Key.Name.ESCAPE).presses('y').presses('Y');
    assertThat(story.inspected()).isEmpty();
    assertThat(story.taken()).hasSize(2);
    assertThat(story.journal()).hasSize(written);
  }

  @Test
  void beforeTheClusterIsReachedNothingIsReadOfIt() {
    State picture = Story.begins().presses('p').state();
    Approach approach = Approach.starting(picture);
    Approach after = approach.after(new Event.Pressed(Key.of(Key.Name.ENTER), picture.now()));
    assertThat(after.picture().opened().flatMap(Opened::sheet)).isEmpty();
    assertThat(after.message().tone()).isEqualTo(Toast.Tone.WARN);
    Approach searching = approach.after(new Event.Pressed(Key.of('/'), picture.now()));
    searching = searching.after(new Event.Pressed(Key.of('q'), picture.now()));
    assertThat(searching.wish()).isEqualTo(Approach.Wish.NONE);
  }
}
