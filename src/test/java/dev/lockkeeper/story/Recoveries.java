package dev.lockkeeper.story;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Setting;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Recoveries, told up to each of their moments.
 *
 * @param runbook the steps of the recovery, all of them or those of which screens are kept
 */
public record Recoveries(Runbook runbook) {
  private static final String NAME = "coder-recovery";

  public static Recoveries shipped() {
    return new Recoveries(RunbookFile.bundled(NAME));
  }

  public static Recoveries onScreens() {
    return new Recoveries(Samples.onScreens(NAME));
  }

  public Story begins(Function<Instant, UpgradeWorld> seen) {
    return Story.begins(runbook, Setting.World.PRODUCTION, Policy.NONE, seen);
  }

  /** The decision between waiting and acting is asked for. */
  public Story decides(Function<Instant, UpgradeWorld> seen) {
    return begins(seen).walksTo("1.2").enters();
  }

  /** It was decided to act, and evidence and backup are kept. */
  public Story acts(Function<Instant, UpgradeWorld> seen) {
    return second(decides(seen))
        .enters()
        .walksTo("2.1")
        .enters()
        .enters()
        .clusterAnswers(Outcome.done("9 files, 41 KiB, in /runs/one/evidence; nothing is missing"))
        .walksTo("2.2")
        .enters()
        .answers("snap-0a1b2c")
        .answers("21:40")
        .walksTo("3.1");
  }

  /** A report's transaction blocks, and whether to end its session is asked. */
  public Story asksToEnd() {
    return acts(UpgradeWorld::blocked).walksTo("3.3").enters();
  }

  public Story ended() {
    return asksToEnd()
        .answers("5102")
        .clusterAnswers(Outcome.done("1 session ended"))
        .sees(Troubles::writing);
  }

  /** The schema is dirty, nobody migrates, and the small cures find nobody. */
  public Story smallCuresAreOver() {
    return acts(now -> RecoveryWorld.dirty(now, 371)).walksTo("3.5");
  }

  /** The last option: everything is taken down. */
  public Story takesDown() {
    return smallCuresAreOver().enters().presses(Key.Name.UP).enters();
  }

  /** No pod is left; two sessions come back from somewhere. */
  public Story atZero() {
    return goes(takesDown().walksTo("4.1").enters(), 1)
        .clusterAnswers(Outcome.done("replicas 1 → 0"))
        .sees(RecoveryWorld::leaving)
        .walksTo("4.2")
        .sees(zero(371, true, -1, strangers()))
        .walksTo("4.3");
  }

  public Story asksToEndCoderds() {
    Story door = second(atZero().walksTo("4.4").enters()).enters().walksTo("4.5");
    return goes(door.enters(), 1)
        .clusterAnswers(Outcome.done("connection limit -1 → 0"))
        .sees(zero(371, true, 0, strangers()))
        .walksTo("4.6")
        .enters();
  }

  /** Only the schema is left to look at. */
  public Story readsTheSchema() {
    Story quiet =
        asksToEndCoderds()
            .answers("2")
            .clusterAnswers(Outcome.done("2 sessions ended"))
            .sees(zero(371, true, 0, psql()))
            .passes(12)
            .walksTo("4.7");
    Story last = second(quiet.enters()).enters().walksTo("4.8");
    Story nobody =
        last.enters()
            .answers("900")
            .clusterAnswers(Outcome.done("1 session ended"))
            .sees(zero(371, true, 0))
            .walksTo("4.9");
    return goes(nobody.enters(), 1)
        .clusterAnswers(Outcome.done("connection limit 0 -> -1"))
        .sees(zero(371, true, -1))
        .walksTo("5.1");
  }

  public Story asksToRepair() {
    return second(readsTheSchema().passes(1).walksTo("5.2").enters())
        .enters()
        .walksTo("5.3")
        .enters()
        .answers("370")
        .enters();
  }

  public Story repaired() {
    return asksToRepair()
        .answers("370")
        .clusterAnswers(Outcome.done("1 row: 371, dirty → 370, clean"))
        .sees(zero(370, false, -1))
        .walksTo("5.4");
  }

  public Story asksToStart() {
    return first(repaired().enters())
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
