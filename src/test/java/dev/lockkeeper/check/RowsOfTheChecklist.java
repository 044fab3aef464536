package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.at;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.old;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Row.withBackends;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.DatabaseRights;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import java.util.List;
import java.util.Optional;

/** What is asked before an upgrade that no runbook asks. */
final class RowsOfTheChecklist {
  private RowsOfTheChecklist() {}

  static List<Row> all() {
    Check free = new ConnectionsAreFree();
    Check liveness = new LivenessLeavesTime();
    Check ends = new MayEndSessions();
    Check postgres = new PostgresIsSupported();
    Check sees = new SeesAllSessions();
    return List.of(
        row(free, "a pod fits in", slots(100, 86, -1), PASS, "11 free"),
        row(free, "it does not", slots(100, 87, -1), FAIL, "10 free"),
        row(free, "our role's limit is lower", slots(100, 10, 20), FAIL, "10 of 20 of our role"),
        row(
            free,
            "nobody counted",
            running().database("slots", Observed.notYet(Scenery.NOW)),
            UNKNOWN,
            ""),
        row(
            free,
            "nobody has counted for long",
            running().database("slots", old(new Database.Slots(100, 3, 9, -1, 9, -1))),
            UNKNOWN,
            "long ago"),
        row(liveness, "there is none", running(), PASS, "no liveness probe"),
        row(liveness, "it kills after 90 s", probed(running()), FAIL, "never ends"),
        row(
            liveness,
            "nothing is left to migrate",
            probed(at(running(), 401, false)).recalls("schema", "401"),
            PASS,
            "no migration is pending"),
        row(
            liveness,
            "there is no deployment",
            running().cluster("deployment", Optional.empty()),
            UNKNOWN,
            ""),
        row(ends, "it may", running(), PASS, "may end"),
        row(ends, "the sessions are its own", rights(running(), false), PASS, "its own"),
        row(
            ends,
            "they are another role's",
            rights(running(), false).databaseIdentity("user", "reader"),
            FAIL,
            "lacks"),
        row(ends, "coderd has none", rights(drained(), false), PASS, "no session to end"),
        row(postgres, "it is 17", running(), PASS, "version 17.11"),
        row(postgres, "it is 12", running().databaseIdentity("version", 120_022), FAIL, "12.22"),
        row(sees, "it may", running(), PASS, "all sessions"),
        row(sees, "nobody is hidden now", rights(running(), false), PASS, "none now"),
        row(
            sees,
            "one is hidden",
            rights(withBackends(running(), Sessions.hidden(8)), false),
            FAIL,
            "1 session hidden"));
  }

  private static Scenery slots(int limit, int used, int ownLimit) {
    return running()
        .database(
            "slots", Observed.known(new Database.Slots(limit, 3, used, ownLimit, 10, -1), NOW));
  }

  private static Scenery rights(Scenery scenery, boolean all) {
    return scenery.database("rights", new DatabaseRights(all, all, false));
  }

  private static Scenery probed(Scenery scenery) {
    return scenery.deployment(
        "livenessProbe", Optional.of("{\"periodSeconds\":10,\"failureThreshold\":3}"));
  }
}
