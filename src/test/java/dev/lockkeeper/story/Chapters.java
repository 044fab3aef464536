package dev.lockkeeper.story;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.wizard.Key;

/**
 * An upgrade, told up to each of its moments; every chapter goes on from the one before. A chapter
 * goes to its steps by their ids, so that it can be told of the sample as well as of the shipped
 * runbook. Without a story to go on with it is that of the sample.
 */
public final class Chapters {
  private Chapters() {}

  public static Story readUpToContention() {
    return readUpToContention(Story.begins());
  }

  public static Story readUpToContention(Story story) {
    return named(story).walksTo("1.4");
  }

  /** The window is named. */
  public static Story named(Story story) {
    return story.walksTo("1.2").enters().answers("22:00").answers("23:30");
  }

  /** Section 1 is read, and the window named. */
  public static Story prepared() {
    return prepared(Story.begins());
  }

  public static Story prepared(Story story) {
    return readUpToContention(story).walksTo("2.1");
  }

  public static Story backedUp() {
    return backedUp(Story.begins());
  }

  public static Story backedUp(Story story) {
    return prepared(story).enters().answers("snap-0a1b2c").answers("21:40").walksTo("3.1");
  }

  public static Story choseZero() {
    return choseZero(Story.begins());
  }

  public static Story choseZero(Story story) {
    return backedUp(story).enters().presses(Key.Name.DOWN).enters().walksTo("3.2");
  }

  public static Story asksToScaleDown() {
    return asksToScaleDown(Story.begins());
  }

  public static Story asksToScaleDown(Story story) {
    return choseZero(story).enters();
  }

  public static Story scalesDown() {
    return scalesDown(Story.begins());
  }

  public static Story scalesDown(Story story) {
    return asksToScaleDown(story).presses(Key.Name.RIGHT).enters();
  }

  public static Story drains() {
    return drains(Story.begins());
  }

  public static Story drains(Story story) {
    return scalesDown(story)
        .clusterAnswers(Outcome.done("replicas 3 → 0, resourceVersion 48211"))
        .sees(UpgradeWorld::draining)
        .walksTo("3.3");
  }

  public static Story lostTheDatabase() {
    return lostTheDatabase(Story.begins());
  }

  public static Story lostTheDatabase(Story story) {
    return drains(story).losesTheDatabase("connection refused: pg-1.db.internal:5432", 14);
  }

  /** The terminal closed in the middle, and the operator comes back. */
  public static Story resumed() {
    return resumed(Story.begins());
  }

  public static Story resumed(Story story) {
    return drained(story).resumes();
  }

  /** Nobody is left, and the step that waited for it is still on the screen. */
  public static Story drained() {
    return drained(Story.begins());
  }

  public static Story drained(Story story) {
    return drains(story).sees(UpgradeWorld::drained).passes(12);
  }

  public static Story choseWizard() {
    return choseWizard(Story.begins());
  }

  public static Story choseWizard(Story story) {
    return drained(story)
        .walksTo("4.1")
        .enters()
        .presses(Key.Name.DOWN)
        .presses(Key.Name.DOWN)
        .enters()
        .walksTo("4.2");
  }

  public static Story renamed() {
    return renamed(Story.begins());
  }

  public static Story renamed(Story story) {
    return choseWizard(story)
        .enters()
        .presses(Key.Name.RIGHT)
        .enters()
        .clusterAnswers(Outcome.done("image ghcr.io/coder/coder:v2.29.3, generation 8"))
        .sees(UpgradeWorld::renamed)
        .walksTo("4.3");
  }

  public static Story asksToMigrate() {
    return asksToMigrate(Story.begins());
  }

  public static Story asksToMigrate(Story story) {
    return renamed(story).enters();
  }

  public static Story migrates() {
    return migrates(Story.begins());
  }

  public static Story migrates(Story story) {
    return asksToMigrate(story)
        .answers("prod-eu/coder")
        .clusterAnswers(Outcome.done("replicas 0 → 1, resourceVersion 48377"))
        .sees(UpgradeWorld::migrating)
        .walksTo("5.1")
        .passes(3);
  }

  public static Story committed() {
    return committed(Story.begins());
  }

  public static Story committed(Story story) {
    return migrates(story).sees(now -> UpgradeWorld.upgraded(now, 1)).walksTo("5.2").passes(1);
  }

  public static Story asksToScaleBack() {
    return asksToScaleBack(Story.begins());
  }

  public static Story asksToScaleBack(Story story) {
    return committed(story).walksTo("6.1").enters();
  }

  public static Story scalesBack() {
    return scalesBack(Story.begins());
  }

  public static Story scalesBack(Story story) {
    return asksToScaleBack(story)
        .presses(Key.Name.RIGHT)
        .enters()
        .clusterAnswers(Outcome.done("replicas 1 → 3, resourceVersion 48502"));
  }

  public static Story scaledBack() {
    return scaledBack(Story.begins());
  }

  public static Story scaledBack(Story story) {
    return scalesBack(story).sees(now -> UpgradeWorld.upgraded(now, 3)).walksTo("6.2").passes(2);
  }

  public static Story done() {
    return done(Story.begins());
  }

  public static Story done(Story story) {
    return scaledBack(story).walksTo("6.3").enters().answers("v2.29.3").walksToTheEnd();
  }
}
