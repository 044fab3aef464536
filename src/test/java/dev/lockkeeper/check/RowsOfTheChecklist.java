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

import dev.lockkeeper.check.database.ConnectionsAreFree;
import dev.lockkeeper.check.database.MayEndBlockers;
import dev.lockkeeper.check.database.MayEndCoderdSessions;
import dev.lockkeeper.check.database.MayEndSessions;
import dev.lockkeeper.check.database.PostgresIsSupported;
import dev.lockkeeper.check.database.SeesAllSessions;
import dev.lockkeeper.check.deployment.LivenessLeavesTime;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.DatabaseRights;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.ServerLoad;
import dev.lockkeeper.story.RecoveryWorld;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is asked before an upgrade that no runbook asks. */
final class RowsOfTheChecklist {
  private RowsOfTheChecklist() {}

  static List<Row> all() {
    return Stream.of(around(), endsCoderd(), endsBlockers(), endsAll())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> endsCoderd() {
    Check ends = new MayEndCoderdSessions();
    Scenery seesNothing = withBackends(running(), Sessions.hidden(8), Sessions.hidden(9));
    return List.of(
        row(ends, "it may", running(), PASS, "may end"),
        row(ends, "the sessions are its own", rights(running(), false), PASS, "its own"),
        row(
            ends,
            "they are another role's",
            rights(running(), false).databaseIdentity("user", "reader"),
            FAIL,
            "lacks"),
        row(ends, "coderd has none", rights(drained(), false), PASS, "no session to end"),
        row(ends, "it sees nothing", rights(seesNothing, false), UNKNOWN, "2 sessions hidden"),
        row(
            ends,
            "not all are read",
            rights(drained(), false).database("unlisted", new Database.Unlisted(7, 0)),
            UNKNOWN,
            "7 sessions not read"));
  }

  private static List<Row> endsBlockers() {
    Check ends = new MayEndBlockers();
    Scenery own = Scenery.of(now -> RecoveryWorld.blockedBy(now, Sessions.of(9, "metabase")));
    Scenery others = Scenery.of(UpgradeWorld::blocked);
    Scenery hidden = Scenery.of(now -> RecoveryWorld.blockedBy(now, Sessions.hidden(9)));
    return List.of(
        row(ends, "it may", Scenery.of(UpgradeWorld::blocked), PASS, "may end"),
        row(ends, "who blocks is its own", rights(own, false), PASS, "they are its own"),
        row(ends, "who blocks is another role's", rights(others, false), FAIL, "somebody else"),
        row(ends, "who blocks is hidden", rights(hidden, false), UNKNOWN, "1 session hidden"),
        row(
            ends,
            "nobody blocks",
            rights(drained(), false),
            UNKNOWN,
            "no session that could be ended"));
  }

  private static List<Row> endsAll() {
    Check ends = new MayEndSessions();
    return List.of(
        row(ends, "they are its own", rights(running(), false), PASS, "they are its own"),
        row(ends, "there is none", rights(drained(), false), PASS, "no session is there"),
        row(
            ends,
            "one is another role's",
            rights(Scenery.of(UpgradeWorld::blocked), false),
            FAIL,
            "somebody else"),
        row(
            ends,
            "one is hidden",
            rights(withBackends(running(), Sessions.hidden(8)), false),
            UNKNOWN,
            "hidden"));
  }

  /** With a startup probe that may fail so often, each ten seconds. */
  private static Scenery starting(Scenery scenery, int failures) {
    return scenery.deployment(
        "startupProbe",
        Optional.of("{\"httpGet\":{},\"failureThreshold\":%d}".formatted(failures)));
  }

  private static List<Row> around() {
    Check free = new ConnectionsAreFree();
    Check liveness = new LivenessLeavesTime();
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
            running().database("slots", old(new ServerLoad.Slots(100, 3, 9, -1, 9, -1))),
            UNKNOWN,
            "long ago"),
        row(liveness, "there is none", running(), PASS, "no liveness probe"),
        row(liveness, "it kills after 90 s", probed(running()), FAIL, "never ends"),
        row(
            liveness,
            "a startup probe holds it off for an hour",
            starting(probed(running()), 360),
            PASS,
            "startup probe: SIGTERM 1h00m"),
        row(
            liveness,
            "a startup probe kills after five minutes",
            starting(running(), 30),
            FAIL,
            "on: startup probe: SIGTERM 5m00s"),
        row(
            liveness,
            "it asks for the open port",
            running().deployment("livenessProbe", Optional.of("{\"tcpSocket\":{\"port\":8080}}")),
            PASS,
            "only the open port"),
        row(
            liveness,
            "it asks for a port of something else",
            running().deployment("livenessProbe", Optional.of("{\"tcpSocket\":{\"port\":2112}}")),
            FAIL,
            "never ends"),
        row(
            liveness,
            "it asks seldom, and kills at the first silence",
            running()
                .deployment(
                    "livenessProbe", Optional.of("{\"periodSeconds\":900,\"failureThreshold\":1}")),
            FAIL,
            "on"),
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
            "slots", Observed.known(new ServerLoad.Slots(limit, 3, used, ownLimit, 10, -1), NOW));
  }

  private static Scenery rights(Scenery scenery, boolean all) {
    return scenery.database("rights", new DatabaseRights(all, all, false));
  }

  private static Scenery probed(Scenery scenery) {
    return scenery.deployment(
        "livenessProbe", Optional.of("{\"periodSeconds\":10,\"failureThreshold\":3}"));
  }
}
