package dev.lockkeeper.story;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.wizard.Key;

/** The upgrade, told up to each of its moments; every chapter goes on from the one before. */
public final class Chapters {
  private Chapters() {}

  /** Section 1 is read, and the window named. */
  public static Story prepared() {
    return prepared(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story prepared(Story story) {
    return readUpToContention(story).enters().enters().enters();
  }

  public static Story readUpToContention() {
    return readUpToContention(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story readUpToContention(Story story) {
    return story.enters().enters().answers("22:00").answers("23:30").enters();
  }

  public static Story backedUp() {
    return backedUp(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story backedUp(Story story) {
    return prepared(story).enters().answers("snap-0a1b2c").answers("21:40").enters().enters();
  }

  public static Story choseZero() {
    return choseZero(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story choseZero(Story story) {
    return backedUp(story).enters().presses(Key.Name.DOWN).enters();
  }

  public static Story asksToScaleDown() {
    return asksToScaleDown(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story asksToScaleDown(Story story) {
    return choseZero(story).enters();
  }

  public static Story scalesDown() {
    return scalesDown(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story scalesDown(Story story) {
    return asksToScaleDown(story).presses(Key.Name.RIGHT).enters();
  }

  public static Story drains() {
    return drains(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story drains(Story story) {
    return scalesDown(story)
        .clusterAnswers(Outcome.done("replicas 3 → 0, resourceVersion 48211"))
        .sees(UpgradeWorld::draining)
        .enters();
  }

  public static Story lostTheDatabase() {
    return drains().losesTheDatabase("connection refused: pg-1.db.internal:5432", 14);
  }

  /** The terminal closed in the middle, and the operator comes back. */
  public static Story resumed() {
    return drained().resumes();
  }

  public static Story drained() {
    return drained(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story drained(Story story) {
    return drains(story).sees(UpgradeWorld::drained).passes(12);
  }

  public static Story choseWizard() {
    return choseWizard(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story choseWizard(Story story) {
    return drained(story).enters().enters().presses(Key.Name.DOWN).presses(Key.Name.DOWN).enters();
  }

  public static Story renamed() {
    return renamed(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story renamed(Story story) {
    return choseWizard(story)
        .enters()
        .presses(Key.Name.RIGHT)
        .enters()
        .clusterAnswers(Outcome.done("image ghcr.io/coder/coder:v2.29.3, generation 8"))
        .sees(UpgradeWorld::renamed)
        .enters();
  }

  public static Story asksToMigrate() {
    return asksToMigrate(Story.begins());
  }

  /** The same for a run that began so. */
  public static Story asksToMigrate(Story story) {
    return renamed(story).enters();
  }

  public static Story migrates() {
    return asksToMigrate()
        .answers("prod-eu/coder")
        .clusterAnswers(Outcome.done("replicas 0 → 1, resourceVersion 48377"))
        .sees(UpgradeWorld::migrating)
        .enters()
        .passes(3);
  }

  public static Story committed() {
    return migrates().sees(now -> UpgradeWorld.upgraded(now, 1)).enters().passes(1);
  }

  public static Story scalesBack() {
    return committed()
        .enters()
        .enters()
        .presses(Key.Name.RIGHT)
        .enters()
        .clusterAnswers(Outcome.done("replicas 1 → 3, resourceVersion 48502"));
  }

  public static Story done() {
    return scaledBack().enters().enters().answers("v2.29.3");
  }

  public static Story scaledBack() {
    return scalesBack().sees(now -> UpgradeWorld.upgraded(now, 3)).enters().passes(2);
  }
}
