package dev.lockkeeper.check;

import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.check.Verdict.Answer;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Served;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What each check answers to what is seen. */
class AnswersTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final Instant NOW = Scenery.NOW;

  /** A check, what is seen, its answer and a part of its evidence. */
  private record Row(Check check, String when, Scenery seen, Answer answer, String evidence) {}

  private static Scenery running() {
    return Scenery.of(UpgradeWorld::running);
  }

  private static Scenery upgraded() {
    return Scenery.of(now -> UpgradeWorld.upgraded(now, 3));
  }

  private static Scenery drained() {
    return Scenery.of(UpgradeWorld::drained).chose("scale-to", "zero").quietFor(10);
  }

  private static Scenery withBackends(Scenery scenery, Backend... some) {
    return scenery.database("backends", List.of(some));
  }

  private static String ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes)).toString();
  }

  private static <T> Observed<T> lost(T value) {
    return Observed.known(value, NOW).lost("locked by a migration");
  }

  private static <T> Observed<T> old(T value) {
    return Observed.known(value, NOW.minus(Lately.LIMIT).minusSeconds(1));
  }

  private static Observed<List<Database.ReplicaRow>> rows(Database.ReplicaRow... rows) {
    return Observed.known(List.of(rows), NOW);
  }

  private static Database.ReplicaRow row(String version, int secondsAgo) {
    return new Database.ReplicaRow("pod", version, true, Duration.ofSeconds(secondsAgo));
  }

  private static Observed<Database.Usage> jobs(long running, long pending) {
    return Observed.known(new Database.Usage(9, 9, running, pending), NOW);
  }

  /** The one pod of the new version, answering so. */
  private static Scenery serving(boolean healthy, Observed<String> version) {
    Pod pod = UpgradeWorld.upgraded(NOW, 1).cluster().pods().get(0);
    return Scenery.of(now -> UpgradeWorld.upgraded(now, 1))
        .cluster("served", List.of(new Served(pod.name(), healthy, version)));
  }

  private static Scenery withEvictedPod() {
    Pod old = UpgradeWorld.running(NOW).cluster().pods().get(0);
    return drained().cluster("pods", List.of(Altered.of(old, "phase", "Failed")));
  }

  private static Observed<List<Scaler>> scalers(Scaler... some) {
    return Observed.known(List.of(some), NOW);
  }

  private static List<Row> rowsOfTheRun() {
    Check backup = new BackupIsRecent();
    Check window = new WindowIsOpen();
    Check same = new SameTargets();
    Check newer = new TargetIsNewer();
    Check listed = new TargetIsListed();
    Check overlap = new MayOverlap();
    Check clear = new PathIsClear();
    return List.of(
        row(backup, "it is 59 min old", running().said("backup-time", ago(59)), PASS, "59m"),
        row(backup, "it is 60 min old", running().said("backup-time", ago(60)), PASS, "1h00m"),
        row(backup, "it is 61 min old", running().said("backup-time", ago(61)), FAIL, "1h01m"),
        row(backup, "it is from tomorrow", running().said("backup-time", ago(-5)), FAIL, "ago"),
        row(backup, "nobody said when", running(), UNKNOWN, "attested"),
        row(backup, "its time is no time", running().said("backup-time", "21h"), UNKNOWN, "attest"),
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
            "it failed over to what is still a stand-by",
            running().databaseIdentity("standby", true),
            FAIL,
            "stand-by"),
        row(
            same,
            "it failed over to a copy of the same data",
            running().databaseIdentity("startedAt", "later"),
            PASS,
            "unchanged"),
        row(newer, "it is", running(), PASS, "v2.26.6 → v2.29.3, schema 401"),
        row(newer, "it is installed", running().recalls("source", "v2.29.3"), FAIL, "not newer"),
        row(newer, "it is older", running().recalls("target", "v2.20.0"), FAIL, "no way back"),
        row(newer, "none was given", running().wantsNothing(), FAIL, "--to"),
        row(newer, "nobody knows it", running().recalls("target", "v2.27.1-rc.9"), UNKNOWN, "rc.9"),
        row(
            newer,
            "the image names none",
            running().recallsNothing().deployment("image", "coder:latest"),
            UNKNOWN,
            ""),
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

  private static Scenery window(int fromMinutes, int toMinutes) {
    return running().said("window-start", ago(-fromMinutes)).said("window-end", ago(-toMinutes));
  }

  private static List<Row> rowsOfTheCluster() {
    Check chosen = new ScaledAsChosen();
    Check image = new ImageIsTarget();
    Check migrates = new WillMigrate();
    Check scales = new NothingScalesBack();
    Check served = new TargetIsServed();
    Check back = new ReplicasAreBack();
    Check agree = new VersionsAgree();
    Scaler hpa = new Scaler("HorizontalPodAutoscaler", "coder", "min 3");
    return List.of(
        row(chosen, "zero is wanted and chosen", drained(), PASS, "wants 0, chosen 0"),
        row(chosen, "three are wanted", running().chose("scale-to", "zero"), FAIL, "wants 3"),
        row(chosen, "one was chosen", drained().chose("scale-to", "one"), FAIL, "chosen 1"),
        row(chosen, "nothing was chosen", running(), UNKNOWN, "chosen"),
        row(chosen, "nonsense was chosen", drained().chose("scale-to", "two"), UNKNOWN, "chosen"),
        row(image, "it does", Scenery.of(UpgradeWorld::renamed), PASS, "v2.29.3"),
        row(image, "it names the old one", running(), FAIL, "v2.26.6"),
        row(image, "it names none", running().deployment("image", "coder:latest"), FAIL, "latest"),
        row(image, "there is no target", running().wantsNothing(), UNKNOWN, "target"),
        row(migrates, "one is wanted", Scenery.of(UpgradeWorld::migrating), PASS, "1 replica"),
        row(migrates, "none is wanted", drained(), FAIL, "0 replicas"),
        row(
            migrates,
            "there is none",
            drained().cluster("deployment", Optional.empty()),
            UNKNOWN,
            ""),
        row(scales, "nothing does", running(), PASS, "no HPA"),
        row(scales, "an HPA does", running().cluster("scalers", scalers(hpa)), FAIL, "min 3"),
        row(
            scales,
            "we may not look",
            running().cluster("scalers", Observed.unknown("may not list", NOW)),
            UNKNOWN,
            "may not"),
        row(
            scales,
            "nobody has looked for long",
            running().cluster("scalers", old(List.of())),
            UNKNOWN,
            "long ago"),
        row(served, "all do", upgraded(), PASS, "3 pods Ready, healthy"),
        row(served, "old ones are Ready", running(), FAIL, "v2.26.6"),
        row(served, "none is Ready", Scenery.of(UpgradeWorld::migrating), FAIL, "no pod is Ready"),
        row(
            served,
            "one is not healthy",
            serving(false, Observed.known("v2.29.3+1", NOW)),
            FAIL,
            "not healthy"),
        row(
            served,
            "one does not say",
            serving(true, Observed.unknown("refused", NOW)),
            UNKNOWN,
            "refused"),
        row(served, "one said it long ago", serving(true, old("v2.29.3")), UNKNOWN, "long ago"),
        row(served, "one was not asked", upgraded().cluster("served", List.of()), UNKNOWN, "yet"),
        row(back, "they are", upgraded(), PASS, "3 Ready, wants 3, before 3"),
        row(back, "one is", Scenery.of(now -> UpgradeWorld.upgraded(now, 1)), FAIL, "1 Ready"),
        row(back, "their number is not known", upgraded().recallsNothing(), UNKNOWN, "before"),
        row(agree, "they do", running(), PASS, "served v2.26.6, schema 362"),
        row(
            agree,
            "the image is another",
            running().deployment("image", "coder:v2.29.3"),
            FAIL,
            "401"),
        row(agree, "nobody serves", running().cluster("served", List.of()), UNKNOWN, "buildinfo"),
        row(
            agree,
            "the table is locked",
            running().database("schema", SchemaTable.locked("public", Optional.empty())),
            UNKNOWN,
            ""));
  }

  private static List<Row> rowsOfTheDatabase() {
    Check clean = new SchemaIsClean();
    Check still = new NoMigrationRuns();
    Check committed = new MigrationCommitted();
    Check waits = new NobodyWaits();
    Check free = new NobodyInTheWay();
    Check backup = new NoBackupRuns();
    Check builds = new NoBuildRuns();
    Check only = new OnlyTargetReplicas();
    Check empty = new Drained();
    return List.of(
        row(clean, "it is", running(), PASS, "schema 362, not dirty"),
        row(clean, "it is dirty", at(running(), 362, true), FAIL, "dirty at 362"),
        row(clean, "it is a trap", at(running(), 316, false), FAIL, "316"),
        row(clean, "it is locked", Scenery.of(UpgradeWorld::migrating), UNKNOWN, "locked"),
        row(free, "nobody sits on a table", running(), PASS, "no session"),
        row(
            free,
            "one holds api_keys",
            Scenery.of(UpgradeWorld::contended),
            FAIL,
            "holds api_keys"),
        row(free, "one is hidden", withBackends(running(), Sessions.hidden(8)), UNKNOWN, "hidden"),
        row(still, "nobody migrates", running(), PASS, "IDLE at 362"),
        row(still, "somebody does", Scenery.of(UpgradeWorld::migrating), FAIL, "IN FLIGHT"),
        row(still, "somebody is blocked", Scenery.of(UpgradeWorld::blocked), FAIL, "BLOCKED"),
        row(
            still,
            "it is a stand-by",
            running().databaseIdentity("standby", true),
            UNKNOWN,
            "stand-by"),
        row(committed, "it is", upgraded(), PASS, "COMMITTED 362 → 401; wanted 401"),
        row(committed, "it is not", running(), FAIL, "IDLE at 362"),
        row(committed, "it runs", Scenery.of(UpgradeWorld::migrating), FAIL, "IN FLIGHT"),
        row(committed, "it is dirty", at(upgraded(), 401, true), FAIL, "DIRTY"),
        row(committed, "it stopped half-way", at(upgraded(), 390, false), FAIL, "wanted 401"),
        row(committed, "no migration was left", at(running(), 401, false), PASS, "wanted 401"),
        row(
            committed,
            "no migration was left to begin with",
            at(running(), 401, false).recalls("schema", "401"),
            PASS,
            "IDLE at 401"),
        row(
            committed,
            "a number is only a lower bound, and it was reached before",
            beyond(running()),
            UNKNOWN,
            "exact number"),
        row(committed, "the target is not known", running().wantsNothing(), UNKNOWN, ""),
        row(waits, "nobody does", running(), PASS, "none waits"),
        row(waits, "four do", Scenery.of(UpgradeWorld::contended), FAIL, "4 sessions"),
        row(backup, "none does", running(), PASS, "pg_dump"),
        row(backup, "one does", withBackends(running(), Sessions.of(7, "pg_dump")), FAIL, "pid 7"),
        row(
            backup,
            "a session is hidden",
            withBackends(running(), Sessions.hidden(8)),
            UNKNOWN,
            "1 session hidden"),
        row(builds, "none does", running(), PASS, "0 running"),
        row(builds, "some do", running().database("usage", jobs(2, 1)), FAIL, "2 running, 1 pend"),
        row(
            builds,
            "they could be counted once",
            running().database("usage", lost(new Database.Usage(0, 0, 0, 0))),
            UNKNOWN,
            ""),
        row(
            builds,
            "nobody has counted for long",
            running().database("usage", old(new Database.Usage(0, 0, 0, 0))),
            UNKNOWN,
            ""),
        row(only, "it does", upgraded(), PASS, "3 live rows for 3 Ready pods: v2.29.3"),
        row(
            only,
            "an old one lives",
            upgraded().database("replicas", rows(row("v2.29.3", 1), row("v2.26.6", 59))),
            FAIL,
            "v2.26.6, v2.29.3"),
        row(
            only,
            "an old one died",
            upgraded()
                .database(
                    "replicas",
                    rows(
                        row("v2.29.3", 1),
                        row("v2.29.3", 2),
                        row("v2.29.3", 3),
                        row("v2.26.6", 61))),
            PASS,
            "3 live rows"),
        row(
            only,
            "a pod has no row yet",
            upgraded().database("replicas", rows(row("v2.29.3", 1))),
            FAIL,
            "1 live row for 3 Ready pods"),
        row(only, "there is no row", upgraded().database("replicas", rows()), FAIL, "0 live"),
        row(only, "it is lost", upgraded().database("replicas", lost(List.of())), UNKNOWN, ""),
        row(empty, "all is quiet", drained(), PASS, "no reconnect for 10 s"),
        row(empty, "it was quiet for 9 s", drained().quietFor(9), FAIL, "9 s"),
        row(empty, "two pods stop", draining(), FAIL, "2 pods of 0 left"),
        row(empty, "an evicted pod is still listed", withEvictedPod(), PASS, "0 pods"),
        row(
            empty,
            "a session outlived its pod",
            withBackends(drained(), Sessions.from(9, "10.42.0.99")),
            FAIL,
            "1 session without a pod"),
        row(
            empty,
            "a session is hidden",
            withBackends(drained(), Sessions.hidden(8)),
            UNKNOWN,
            "hidden"),
        row(empty, "one pod was to stay", keepsOne(), PASS, "1 pod keeps 10 sessions"),
        row(empty, "nothing was chosen", Scenery.of(UpgradeWorld::drained), UNKNOWN, ""));
  }

  private static Scenery draining() {
    return Scenery.of(UpgradeWorld::draining).chose("scale-to", "zero");
  }

  private static Scenery keepsOne() {
    return Scenery.of(now -> UpgradeWorld.upgraded(now, 1)).chose("scale-to", "one");
  }

  private static Scenery at(Scenery scenery, long number, boolean dirty) {
    return scenery.database("schema", SchemaTable.read("public", number, dirty));
  }

  /** A target newer than all that are known, and a database at the newest known number. */
  private static Scenery beyond(Scenery scenery) {
    long newest = KNOWLEDGE.schemaOf(CoderVersion.of(99, 0, 0)).orElseThrow().number();
    return at(scenery, newest, false)
        .recalls("target", "v99.0.0")
        .recalls("schema", Long.toString(newest));
  }

  private static Row row(Check check, String when, Scenery seen, Answer answer, String evidence) {
    return new Row(check, when, seen, answer, evidence);
  }

  private static List<Row> all() {
    List<Row> all = new ArrayList<>(rowsOfTheRun());
    all.addAll(rowsOfTheCluster());
    all.addAll(rowsOfTheDatabase());
    return all;
  }

  @TestFactory
  Stream<DynamicTest> theAnswerIsRight() {
    return all().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    "%s, when %s: %s".formatted(row.check.question(), row.when, row.answer),
                    () -> isRight(row)));
  }

  private static void isRight(Row row) {
    Snapshot seen = row.seen.seen();
    Verdict verdict = row.check.evaluate(seen, KNOWLEDGE);
    assertThat(verdict.answer()).as(verdict.evidence()).isEqualTo(row.answer);
    assertThat(verdict.evidence()).contains(row.evidence);
  }

  @Test
  void everyCheckHasARowForEachAnswer() {
    var answers =
        all().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.check.getClass(),
                    Collectors.mapping(Row::answer, Collectors.toSet())));
    for (Class<?> type : Check.class.getPermittedSubclasses()) {
      List<Answer> wanted = new ArrayList<>(List.of(Answer.values()));
      if (type == TargetIsListed.class) {
        wanted.remove(FAIL); // what is not listed may be newer than this program
      }
      if (type == NobodyWaits.class) {
        wanted.remove(UNKNOWN); // only without a database, which CheckTest tries
      }
      assertThat(answers.get(type)).as(type.getSimpleName()).containsAll(wanted);
    }
    assertThat(answers).hasSameSizeAs(Arrays.asList(Check.class.getPermittedSubclasses()));
  }

  @Test
  void theNumberOfBuildsCanBeTyped() {
    Snapshot seen = running().database("usage", jobs(2, 1)).seen();
    assertThat(new NoBuildRuns().evaluate(seen, KNOWLEDGE).figure()).contains("3");
  }
}
