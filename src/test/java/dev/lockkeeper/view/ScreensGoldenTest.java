package dev.lockkeeper.view;

import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.HelmChapters;
import dev.lockkeeper.story.Samples;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The important moments of an upgrade, as an operator sees them. */
class ScreensGoldenTest {
  /** With {@code -Dpictures=<folder>} each moment is also written there as PNG. */
  private static final String PICTURES = System.getProperty("pictures", "");

  /** The moments of which a picture is kept. */
  static final Set<String> PICTURED =
      Set.of(
          "begin",
          "practice",
          "contention",
          "plan",
          "disruptive",
          "irreversible",
          "helm-asked",
          "migrating",
          "blocked",
          "done");

  private static Story begins() {
    return begins(Setting.World.PRODUCTION, Policy.NONE);
  }

  private static Story begins(Setting.World kind, Policy policy) {
    return Story.begins(Samples.onScreens("coder-upgrade"), kind, policy, UpgradeWorld::running);
  }

  private static Map<String, Story> moments() {
    Map<String, Story> moments = new LinkedHashMap<>();
    moments.put("first-step", begins(Setting.World.ORDINARY, Policy.NONE));
    moments.put("begin", begins().presses('i'));
    moments.put("practice", begins(Setting.World.PRACTICE, Policy.NONE));
    moments.put("path", Chapters.named(begins()));
    moments.put("contention", Chapters.readUpToContention(begins()).sees(UpgradeWorld::contended));
    moments.put(
        "locks-open",
        Chapters.readUpToContention(begins()).sees(UpgradeWorld::contended).presses('l'));
    moments.put(
        "waive",
        Chapters.readUpToContention(begins())
            .sees(UpgradeWorld::contended)
            .presses('w')
            .types("I know"));
    moments.put("backup-asked", Chapters.prepared(begins()).enters().types("snap-0a"));
    moments.put("choose", Chapters.backedUp(begins()).enters());
    moments.put("plan", Chapters.choseZero(begins()));
    moments.put("disruptive", Chapters.asksToScaleDown(begins()));
    moments.put("disruptive-go", Chapters.asksToScaleDown(begins()).presses(Key.Name.RIGHT));
    moments.put("asking", Chapters.scalesDown(begins()).passes(3));
    moments.put("draining", Chapters.drains(begins()));
    moments.put("lost-database", Chapters.lostTheDatabase(begins()));
    moments.put("resumed", Chapters.resumed(begins()));
    moments.put("irreversible", Chapters.asksToMigrate(begins()).types("prod-eu/co"));
    moments.put("second-look", Chapters.asksToMigrate(closelyKept()).types("prod-eu/coder "));
    moments.put("would-be-refused", Chapters.asksToScaleDown(begins().serverJudges(denied())));
    moments.put("helm-choose", HelmChapters.drained().enters());
    moments.put("helm-choose-pending", HelmChapters.pending());
    moments.put("helm-release", HelmChapters.looksAtTheRelease());
    moments.put("helm-keep-values", HelmChapters.keepsValues());
    moments.put("helm-settle", HelmChapters.settles());
    moments.put("helm-settle-choose", HelmChapters.settles().enters());
    moments.put("helm-forget", forgets());
    moments.put("helm-rollback", rollsBack());
    moments.put("helm-asked", HelmChapters.asksForHelm());
    moments.put(
        "helm-asked-below",
        HelmChapters.asksForHelm().presses(Key.Name.PAGE_DOWN).presses(Key.Name.PAGE_DOWN));
    moments.put("helm-has-run", HelmChapters.helmHasRun());
    moments.put("read-only", Chapters.choseZero(readOnly()));
    moments.put("migrating", Chapters.migrates(begins()));
    moments.put("blocked", Chapters.migrates(begins()).sees(UpgradeWorld::blocked));
    moments.put(
        "blocked-findings", Chapters.migrates(begins()).sees(UpgradeWorld::blocked).presses('f'));
    moments.put("works", Chapters.migrates(begins()).passes(20).sees(Troubles::writing));
    moments.put("works-findings", Chapters.migrates(begins()).sees(Troubles::writing).presses('f'));
    moments.put(
        "orphan-findings", Chapters.migrates(begins()).sees(Troubles::orphaned).presses('f'));
    moments.put("probe-kills", Chapters.migrates(begins()).passes(20).sees(Troubles::probeKills));
    moments.put(
        "probe-kills-findings",
        Chapters.migrates(begins()).sees(Troubles::probeKills).presses('f'));
    moments.put("failed-findings", Chapters.migrates(begins()).sees(Troubles::failed).presses('f'));
    moments.put("leave", Chapters.migrates(begins()).presses('q'));
    moments.put("help", Chapters.migrates(begins()).presses('?'));
    moments.put("healthy", Chapters.committed(begins()));
    moments.put("done", Chapters.done(begins()));
    return moments;
  }

  private static Story forgets() {
    return HelmChapters.settles().enters().presses(Key.Name.DOWN).enters().walksTo("2.2").enters();
  }

  private static Story rollsBack() {
    Key.Name down = Key.Name.DOWN;
    return HelmChapters.settles()
        .enters()
        .presses(down)
        .presses(down)
        .enters()
        .walksTo("2.3")
        .enters();
  }

  private static Story closelyKept() {
    Policy two = new Policy(true, false, true);
    return begins(Setting.World.PRODUCTION, two);
  }

  private static Story readOnly() {
    Policy closed = Policy.NONE.onlyReading();
    return begins(Setting.World.ORDINARY, closed);
  }

  private static Function<Request, Optional<Rehearsal>> denied() {
    String why = "403: you may not patch deployments/scale in namespace coder";
    return request -> Optional.of(new Rehearsal(Rehearsal.Verdict.REFUSED, List.of(why)));
  }

  @TestFactory
  Stream<DynamicTest> theMomentsLookAsTheyDid() {
    return moments().entrySet().stream()
        .map(
            moment ->
                DynamicTest.dynamicTest(
                    moment.getKey(), () -> looks(moment.getKey(), moment.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> aBroadScreenUsesItsRoom() {
    Map<String, Story> moments = moments();
    return Stream.of("contention", "plan", "blocked", "done")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        Golden.matches(
                            name + "-200x60", Screens.render(moments.get(name).state(), 200, 60))));
  }

  @TestFactory
  Stream<DynamicTest> aWalkThatCannotBeginLooksAsItDid() {
    String refused =
        "password authentication failed for user \"coder\" at pg-1:5432: give the right one by"
            + " CODER_PG_CONNECTION_URL or --database-url";
    Approach connecting =
        Approach.starting(unread())
            .after(seen("connecting to https://api.prod-eu.example:6443"))
            .after(Event.Seen.database(waits("reading its address from the Deployment's Secret")))
            .after(new Event.Ticked(Story.START.plusSeconds(3)));
    Approach failed =
        connecting
            .after(Event.Seen.database(Observed.unknown(refused, Story.START)))
            .after(new Event.NotReached(refused));
    return Map.of("connecting", connecting, "not-reached", failed).entrySet().stream()
        .map(
            moment ->
                DynamicTest.dynamicTest(
                    moment.getKey(),
                    () ->
                        looks(
                            moment.getKey(),
                            Screens.render(moment.getValue(), 120, 40),
                            Screens.render(moment.getValue(), 80, 24))));
  }

  /** The walk by what lies on the operator's machine alone. */
  private static State unread() {
    Entry started =
        Entry.started(
            Story.START,
            "coder-upgrade",
            Map.of(
                RunFacts.TARGET, UpgradeWorld.NEW,
                RunFacts.CONTEXT, "prod-eu",
                RunFacts.NAMESPACE, "coder"));
    return State.starting(
        begins().state().setting(),
        Samples.onScreens("coder-upgrade"),
        begins().state().knowledge(),
        Progress.of(List.of(started), Story.START),
        Story.START);
  }

  private static Event seen(String what) {
    return Event.Seen.cluster(Observed.connecting(what, Story.START));
  }

  private static <T> Observed<T> waits(String what) {
    return Observed.connecting(what, Story.START);
  }

  private static void looks(String name, Story story) throws IOException {
    looks(name, Screens.render(story.state(), 120, 40), Screens.render(story.state(), 80, 24));
  }

  private static void looks(String name, Frame large, Frame small) throws IOException {
    if (!PICTURES.isEmpty()) {
      Picture.of(large).png(Path.of(PICTURES, name + ".png"));
      Picture.of(small).png(Path.of(PICTURES, name + "-small.png"));
    }
    if (PICTURED.contains(name)) {
      Golden.picturedTwice(name + "-120x40", large);
    } else {
      Golden.matches(name + "-120x40", large);
    }
    Golden.matches(name + "-80x24", small);
  }
}
