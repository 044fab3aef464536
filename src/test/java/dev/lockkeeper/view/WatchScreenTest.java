package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.SecondLook;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Binding.Place;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.KeyMap;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.Watching;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WatchScreenTest {
  private static final Instant NOW = Samples.NOW;

  private static Map<String, Watching> moments() {
    Map<String, Watching> moments = new LinkedHashMap<>();
    moments.put("watch", sees(UpgradeWorld::running));
    moments.put("watch-blocked", sees(UpgradeWorld::contended));
    moments.put("watch-locks", pressed(sees(UpgradeWorld::contended), 'l'));
    moments.put("watch-help", pressed(sees(UpgradeWorld::contended), '?'));
    moments.put("watch-second-look", sees(WatchScreenTest::asksForALook));
    moments.put("watch-begins", begins());
    return moments;
  }

  @TestFactory
  Stream<DynamicTest> theMomentsLookAsTheyDid() {
    return moments().entrySet().stream()
        .map(
            moment ->
                DynamicTest.dynamicTest(
                    moment.getKey(),
                    () -> {
                      Watching state = moment.getValue();
                      String name = moment.getKey();
                      Golden.matches(name + "-120x40", WatchScreen.render(state, 120, 40));
                      Golden.matches(name + "-80x24", WatchScreen.render(state, 80, 24));
                    }));
  }

  @Test
  void everySizeHasAPicture() {
    for (Watching state : moments().values()) {
      for (int columns : new int[] {1, 60, 99, 100, 131}) {
        for (int rows : new int[] {1, 20, 29, 30, 47}) {
          Frame frame = WatchScreen.render(state, columns, rows);
          assertThat(frame.columns()).isEqualTo(columns);
          assertThat(frame.rows()).isEqualTo(rows);
        }
      }
    }
  }

  @Test
  void hostileTextIsInert() {
    Watching hostile =
        begins()
            .after(Event.Seen.cluster(Observed.known(Samples.hostileCluster(), NOW)))
            .after(Event.Seen.database(Observed.known(Samples.hostileDatabase(), NOW)));
    assertThat(WatchScreen.render(hostile, 120, 40).text())
        .doesNotContain("\u001b", "\u202e", "\u0007");
  }

  @Test
  void aPanelOpensAndClosesByItsKey() {
    Watching open = pressed(sees(UpgradeWorld::running), 'e');
    assertThat(open.panel()).isPresent();
    assertThat(pressed(open, 'e').panel()).isEmpty();
    assertThat(pressed(open, Key.of(Key.Name.ESCAPE)).panel()).isEmpty();
    assertThat(pressed(open, 'm').panel()).isPresent().isNotEqualTo(open.panel());
  }

  @Test
  void leavingNeedsNoSecondKeyNotEvenBehindTheHelp() {
    Watching state = sees(UpgradeWorld::running);
    assertThat(state.left()).isFalse();
    assertThat(pressed(state, 'q').left()).isTrue();
    assertThat(pressed(state, Key.ctrl('c')).left()).isTrue();
    assertThat(pressed(pressed(state, '?'), 'q').left()).isTrue();
  }

  @Test
  void anyOtherKeyClosesTheHelpAndDoesNothingElse() {
    Watching help = pressed(sees(UpgradeWorld::running), '?');
    for (Key key : new Key[] {Key.of('z'), Key.of('l'), Key.of(Key.Name.ENTER), Key.of('?')}) {
      assertThat(pressed(help, key)).isEqualTo(sees(UpgradeWorld::running));
    }
  }

  @Test
  void theKeysThatWalkDoNothingButSayWhy() {
    Watching state = sees(UpgradeWorld::running);
    KeyMap.bindings(Place.WALK).stream()
        .filter(binding -> binding.description(Place.WATCH).isEmpty())
        .flatMap(binding -> binding.keys().stream())
        .map(key -> pressed(state, key))
        .forEach(
            after -> {
              assertThat(WatchScreen.render(after, 80, 24).text())
                  .contains("does nothing here: this only looks");
              assertThat(after.after(new Event.Ticked(NOW.plusSeconds(60))).notice()).isEmpty();
            });
  }

  @Test
  void helpScrollsToItsEndAndNamesTheKeyThatTriesAgain() {
    Watching help = pressed(sees(UpgradeWorld::running), '?');
    String top = WatchScreen.render(help, 60, 20).text();
    for (int i = 0; i < 200; i++) {
      help = pressed(help, Key.of(Key.Name.DOWN));
    }
    assertThat(top).contains("r          Try again", "more below");
    assertThat(WatchScreen.render(help, 60, 20).text()).contains("before it goes on");
    assertThat(help.help()).isTrue();
  }

  @Test
  void whatGrowsOldIsNotShownAsLive() {
    Watching old = sees(UpgradeWorld::running).after(new Event.Ticked(NOW.plusSeconds(12)));
    assertThat(WatchScreen.render(old, 120, 40).text()).contains("stale, 12 s old");
  }

  /** Another operator is about to start the migration. */
  private static UpgradeWorld asksForALook(Instant now) {
    UpgradeWorld world = UpgradeWorld.renamed(now);
    OperatorLease.Holder holder =
        new OperatorLease.Holder(
            "ops@bastion-1 20260304-220500-coder-upgrade",
            now.minusSeconds(720),
            Duration.ofSeconds(3),
            false);
    SecondLook look =
        new SecondLook(
            "6f2c",
            "scale deployment/coder from 0 to 1",
            "kubectl --context prod-eu -n coder scale deployment/coder --current-replicas=0"
                + " --replicas=1",
            "a1b2c3");
    OperatorLease lease =
        new OperatorLease(
            "lockkeeper-coder",
            true,
            "eve@b2",
            Optional.of(holder),
            Optional.empty(),
            Optional.of(look));
    return new UpgradeWorld(
        Altered.of(world.cluster(), "operator", Observed.known(lease, now)), world.database());
  }

  private static Watching begins() {
    return Watching.starting(Setting.World.ORDINARY, KnowledgeFile.load(), NOW);
  }

  private static Watching sees(Function<Instant, UpgradeWorld> world) {
    UpgradeWorld seen = world.apply(NOW);
    return begins()
        .after(Event.Seen.cluster(Observed.known(seen.cluster(), NOW)))
        .after(Event.Seen.database(Observed.known(seen.database(), NOW)));
  }

  private static Watching pressed(Watching state, char key) {
    return pressed(state, Key.of(key));
  }

  private static Watching pressed(Watching state, Key key) {
    return state.after(new Event.Pressed(key, NOW));
  }
}
