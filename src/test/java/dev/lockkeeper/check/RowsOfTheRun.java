package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Row.upgraded;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.database.SameTargets;
import dev.lockkeeper.check.deployment.MayOverlap;
import dev.lockkeeper.check.upgrade.BackupIsRecent;
import dev.lockkeeper.check.upgrade.EvidenceIsKept;
import dev.lockkeeper.check.upgrade.PathIsClear;
import dev.lockkeeper.check.upgrade.TargetIsListed;
import dev.lockkeeper.check.upgrade.TargetIsNewer;
import dev.lockkeeper.check.upgrade.TargetIsUnderWay;
import dev.lockkeeper.check.upgrade.WindowIsOpen;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What was said, chosen and remembered. */
final class RowsOfTheRun {
  private RowsOfTheRun() {}

  static List<Row> all() {
    Check backup = new BackupIsRecent();
    Check kept = new EvidenceIsKept();
    Check window = new WindowIsOpen();
    Check same = new SameTargets();
    Check newer = new TargetIsNewer();
    Check begun = new TargetIsUnderWay();
    Check listed = new TargetIsListed();
    Check overlap = new MayOverlap();
    Check clear = new PathIsClear();
    return List.of(
        row(backup, "it is 59 min old", running().said("backup-time", ago(59)), PASS, "59m"),
        row(backup, "it is 60 min old", running().said("backup-time", ago(60)), PASS, "1h00m"),
        row(backup, "it is 61 min old", running().said("backup-time", ago(61)), FAIL, "1h01m"),
        row(backup, "it is from tomorrow", running().said("backup-time", ago(-5)), FAIL, "ago"),
        row(backup, "nobody said when", running(), UNKNOWN, "named"),
        row(backup, "its time is no time", running().said("backup-time", "21h"), UNKNOWN, "named"),
        row(kept, "none is kept", running(), FAIL, "none"),
        row(
            kept,
            "it is kept",
            running().recalls(RunFacts.EVIDENCE, "9 files in /runs/one/evidence"),
            PASS,
            "/runs/one/evidence"),
        row(window, "it is open", window(-10, 20), PASS, "another 20m"),
        row(window, "it is not yet open", window(5, 20), FAIL, "opens in 5m"),
        row(window, "it is over", window(-20, -10), FAIL, "10m00s ago"),
        row(window, "only its start is known", running().said("window-start", ago(5)), UNKNOWN, ""),
        row(window, "its end is no time", window(-5, 5).said("window-end", "x"), UNKNOWN, ""),
        row(same, "all are the same", running(), PASS, "unchanged"),
        row(same, "nothing was written down", running().recallsNothing(), UNKNOWN, "journal"),
        row(
            same,
            "another deployment has its name",
            running().deployment("uid", "x"),
            FAIL,
            "deployment-uid"),
        row(
            same,
            "the deployment is gone",
            running().cluster("deployment", Optional.empty()),
            FAIL,
            "gone"),
        row(
            same,
            "another server answers",
            running().databaseIdentity("systemIdentifier", "8"),
            FAIL,
            "system"),
        row(
            same,
            "the server may not say who it is",
            running().databaseIdentity("systemIdentifier", ""),
            UNKNOWN,
            "any more"),
        row(
            same,
            "another cluster answers",
            running().recalls(RunFacts.NAMESPACE_UID, "other"),
            FAIL,
            "namespace-uid"),
        row(
            same,
            "it failed over to what is still a standby",
            running().databaseIdentity("standby", true),
            FAIL,
            "standby"),
        row(
            same,
            "it failed over to a copy of the same data",
            running().databaseIdentity("startedAt", "later"),
            PASS,
            "unchanged"),
        row(newer, "it is", running(), PASS, "v2.26.6 → v2.29.3, schema 401"),
        row(newer, "it is installed", upgraded().recallsNothing(), FAIL, "installed already"),
        row(
            newer,
            "a tag that never ran is named",
            running().recallsNothing().deployment("image", "ghcr.io/coder/coder:v2.29.33"),
            PASS,
            "v2.26.6 → v2.29.3"),
        row(
            newer,
            "what is named has migrated",
            Scenery.of(UpgradeWorld::migrating).recallsNothing(),
            PASS,
            "IN FLIGHT"),
        row(
            newer,
            "it has migrated, and does not serve yet",
            upgraded().recallsNothing().cluster("pods", List.of()),
            PASS,
            "the deployment names v2.29.3"),
        row(
            newer,
            "nobody serves, and the schema is that of the image",
            drained().recallsNothing(),
            PASS,
            "v2.26.6 → v2.29.3"),
        row(begun, "it migrates", Scenery.of(UpgradeWorld::migrating), PASS, "IN FLIGHT"),
        row(begun, "another version is named", running(), FAIL, "names v2.26.6"),
        row(begun, "nothing has begun", Scenery.of(UpgradeWorld::renamed), FAIL, "IDLE at 362"),
        row(begun, "all is done", upgraded().recallsNothing(), FAIL, "names v2.29.3"),
        row(
            begun,
            "two of three serve",
            upgraded().recallsNothing().deployment("readyReplicas", 2),
            PASS,
            "names v2.29.3"),
        row(begun, "there is no target", upgraded().wantsNothing(), UNKNOWN, "not known"),
        row(
            newer,
            "it is older",
            running().recalls("target", "v2.20.0"),
            FAIL,
            "the only way back"),
        row(newer, "none was given", running().wantsNothing(), FAIL, "--to"),
        row(newer, "nobody knows it", running().recalls("target", "v2.27.1-rc.9"), UNKNOWN, "rc.9"),
        row(
            newer,
            "the image names none",
            drained()
                .recallsNothing()
                .deployment("image", "coder:latest")
                .database("schema", SchemaTable.locked("public", Optional.empty())),
            UNKNOWN,
            ""),
        row(
            newer,
            "the image names none, and the pods answer",
            running().recallsNothing().deployment("image", "coder:latest"),
            PASS,
            "v2.26.6 → v2.29.3"),
        row(listed, "it is", running(), PASS, "listed"),
        row(
            listed,
            "it is a typing error",
            running().recalls("target", "v2.92.3"),
            UNKNOWN,
            "v2.92"),
        row(listed, "none was given", running().wantsNothing(), UNKNOWN, "no target"),
        row(overlap, "there is no rule", running(), PASS, "no rule"),
        row(overlap, "it crosses v2.39", running().recalls("target", "v2.39.0"), FAIL, "zero"),
        row(overlap, "there is no target", running().wantsNothing(), UNKNOWN, "path"),
        row(clear, "nothing is to be avoided", running(), PASS, "to know"),
        row(clear, "371 takes an hour", running().recalls("target", "v2.27.7"), FAIL, "371"),
        row(clear, "there is no target", running().wantsNothing(), UNKNOWN, "path"));
  }

  private static String ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes)).toString();
  }

  private static Scenery window(int fromMinutes, int toMinutes) {
    return running().said("window-start", ago(-fromMinutes)).said("window-end", ago(-toMinutes));
  }
}
