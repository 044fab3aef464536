package dev.lockkeeper.story;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Setting;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;

/** Recoveries, told up to each of their moments. */
public final class Recoveries {
  private Recoveries() {}

  public static Story begins(Function<Instant, UpgradeWorld> seen) {
    return Story.begins("coder-recovery", Setting.World.PRODUCTION, seen);
  }

  /** The decision between waiting and acting is asked for. */
  public static Story decides(Function<Instant, UpgradeWorld> seen) {
    return begins(seen).enters().enters();
  }

  /** It was decided to act, and evidence and backup are kept. */
  public static Story acts(Function<Instant, UpgradeWorld> seen) {
    return second(decides(seen))
        .enters()
        .enters()
        .answers("/var/tmp/coder-0304")
        .enters()
        .answers("snap-0a1b2c")
        .answers("21:40")
        .enters();
  }

  /** A report's transaction blocks, and whether to end its session is asked. */
  public static Story asksToEnd() {
    return acts(UpgradeWorld::blocked).enters().enters().enters();
  }

  public static Story ended() {
    return asksToEnd()
        .answers("5102")
        .clusterAnswers(Outcome.done("1 session ended"))
        .sees(Troubles::writing);
  }

  /** The schema is dirty, nobody migrates, and the small cures find nobody. */
  public static Story smallCuresAreOver() {
    Story story = acts(now -> RecoveryWorld.dirty(now, 371));
    return story.enters().enters().enters().enters();
  }

  /** The last option: everything is taken down. */
  public static Story takesDown() {
    return smallCuresAreOver().enters().presses(Key.Name.UP).enters();
  }

  /** No pod is left; two sessions come back from somewhere. */
  public static Story atZero() {
    return goes(takesDown().enters(), 1)
        .clusterAnswers(Outcome.done("replicas 1 → 0"))
        .sees(RecoveryWorld::leaving)
        .enters()
        .sees(zero(371, true, -1, strangers()))
        .enters();
  }

  public static Story asksToEndCoderds() {
    Story door = second(atZero().enters().enters()).enters();
    return goes(door.enters(), 1)
        .clusterAnswers(Outcome.done("connection limit -1 → 0"))
        .sees(zero(371, true, 0, strangers()))
        .enters()
        .enters();
  }

  /** Only the schema is left to look at. */
  public static Story readsTheSchema() {
    Story quiet =
        asksToEndCoderds()
            .answers("2")
            .clusterAnswers(Outcome.done("2 sessions ended"))
            .sees(zero(371, true, 0, psql()))
            .passes(12)
            .enters();
    Story last = second(quiet.enters()).enters();
    Story nobody =
        last.enters()
            .answers("900")
            .clusterAnswers(Outcome.done("1 session ended"))
            .sees(zero(371, true, 0))
            .enters();
    return goes(nobody.enters(), 1)
        .clusterAnswers(Outcome.done("connection limit 0 -> -1"))
        .sees(zero(371, true, -1))
        .enters();
  }

  public static Story asksToRepair() {
    return second(readsTheSchema().passes(1).enters().enters())
        .enters()
        .enters()
        .answers("370")
        .enters();
  }

  public static Story repaired() {
    return asksToRepair()
        .answers("370")
        .clusterAnswers(Outcome.done("1 row: 371, dirty → 370, clean"))
        .sees(zero(370, false, -1))
        .enters();
  }

  public static Story asksToStart() {
    return first(repaired().walksTo("5.4").enters())
        .enters()
        .walksTo("6.1")
        .presses('w')
        .answers("it failed at the mark, which is repaired")
        .enters();
  }

  /** Chooses the first option, or the second. */
  static Story first(Story story) {
    return story.presses(Key.Name.DOWN);
  }

  static Story second(Story story) {
    return story.presses(Key.Name.DOWN).presses(Key.Name.DOWN);
  }

  /** Moves from Cancel to doing it, and does. */
  private static Story goes(Story story, int steps) {
    for (int i = 0; i < steps; i++) {
      story.presses(Key.Name.RIGHT);
    }
    return story.enters();
  }

  private static Backend[] strangers() {
    return new Backend[] {
      Sessions.from(901, RecoveryWorld.GONE), Sessions.from(902, RecoveryWorld.GONE), psql()
    };
  }

  private static Backend psql() {
    return Sessions.of(900, "psql");
  }

  static Function<Instant, UpgradeWorld> zero(
      long number, boolean dirty, int limit, Backend... sessions) {
    Backend[] there = Arrays.copyOf(sessions, sessions.length);
    return now -> RecoveryWorld.limited(RecoveryWorld.zero(now, number, dirty, there), now, limit);
  }
}
