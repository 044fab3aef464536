package dev.lockkeeper.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.analysis.PathIssues;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.coder.KnownIssue.Severity;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.RecoveryWorld;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a step shows. */
class StepInfoTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();

  private static Scenery running() {
    return Scenery.of(UpgradeWorld::running);
  }

  private static List<StepInfo> all() {
    return StepInfo.ALL;
  }

  @ParameterizedTest
  @MethodSource("all")
  void aReadingAlwaysSaysSomething(StepInfo reading) {
    List<Snapshot> all = new ArrayList<>(Scenery.everyMoment());
    all.addAll(Scenery.hostile());
    for (Snapshot seen : all) {
      assertThat(reading.lines(seen, KNOWLEDGE)).isNotEmpty().doesNotContainNull();
      Snapshot nothing = Snapshot.empty(seen.now(), seen.run());
      assertThat(reading.lines(nothing, KNOWLEDGE)).isNotEmpty();
    }
  }

  @Test
  void noneIsForgottenInTheList() {
    assertThat(Stream.of(StepInfo.class.getFields()).filter(all -> all.getType() == StepInfo.class))
        .hasSameSizeAs(StepInfo.ALL)
        .allSatisfy(each -> assertThat(StepInfo.ALL).contains((StepInfo) each.get(null)));
  }

  @Test
  void pendingMigrationsAreCountedAndTheirLargestTablesNamed() {
    List<String> lines = StepInfo.PENDING_MIGRATIONS.lines(running().seen(), KNOWLEDGE);
    assertThat(lines.get(0)).isEqualTo("39 migrations, 363 to 401");
    assertThat(String.join("\n", lines)).contains("api_keys", "371");
  }

  @Test
  void withoutAnythingPendingItSaysSo() {
    Scenery patch =
        running()
            .database("schema", SchemaTable.read("public", 401, false))
            .recalls("schema", "401");
    assertThat(StepInfo.PENDING_MIGRATIONS.lines(patch.seen(), KNOWLEDGE))
        .containsExactly("no migration is pending: the schema stays at 401");
  }

  @Test
  void withoutSizesTheTablesAreNamedAllTheSame() {
    Scenery unsized = running().database("tables", Observed.unknown("not read", Scenery.NOW));
    assertThat(StepInfo.PENDING_MIGRATIONS.lines(unsized.seen(), KNOWLEDGE))
        .last()
        .isEqualTo("sizes of tables are not known");
  }

  private static List<Severity> severities(Scenery seen) {
    return PathIssues.relevant(seen.seen(), KNOWLEDGE).stream().map(KnownIssue::severity).toList();
  }

  @Test
  void theSlowBuildsOf371AreToBeAvoidedAndTheRepairedOnesAreNot() {
    assertThat(severities(running().recalls("target", "v2.27.7"))).contains(Severity.AVOID);
    assertThat(severities(running().recalls("target", "v2.28.4"))).contains(Severity.AVOID);
    assertThat(severities(running().recalls("target", "v2.27.8"))).doesNotContain(Severity.AVOID);
    assertThat(severities(running())).isNotEmpty().doesNotContain(Severity.AVOID);
  }

  @Test
  void whatIsToBeAvoidedComesFirst() {
    List<Severity> severities = severities(running().recalls("target", "v2.27.7"));
    assertThat(severities).isSorted();
  }

  @Test
  void anIssueThatWhatIsSeenRulesOutIsNotShown() {
    Scenery v2290 = running().recalls("target", "v2.29.0");
    assertThat(titles(v2290)).noneMatch(title -> title.contains("401"));
    Scenery elsewhere =
        running()
            .recalls("target", "v2.29.0")
            .database("schema", SchemaTable.read("coder", 362, false));
    assertThat(titles(elsewhere)).anyMatch(title -> title.contains("401"));
  }

  private static List<String> titles(Scenery seen) {
    return PathIssues.relevant(seen.seen(), KNOWLEDGE).stream().map(KnownIssue::title).toList();
  }

  @Test
  void withoutTheClusterNoSessionIsSaidToHaveNoPod() {
    Snapshot seen = running().seen();
    Snapshot blind = seen.withCluster(Observed.unknown("no route", seen.now()));
    assertThat(String.join("\n", StepInfo.CONTENTION.lines(blind, KNOWLEDGE)))
        .contains("pods unknown", "30 sessions")
        .doesNotContain("no pod");
  }

  @Test
  void whatWasNotReadIsSaidToBeUnknown() {
    Snapshot seen = running().seen();
    Snapshot blind = seen.withDatabase(Observed.unknown("no route", seen.now()));
    assertThat(StepInfo.CONTENTION.lines(blind, KNOWLEDGE)).containsExactly("unknown: no route");
    assertThat(StepInfo.USAGE.lines(blind, KNOWLEDGE)).contains("unknown: no route");
    Snapshot bare =
        running().cluster("scalers", Observed.unknown("may not list", seen.now())).seen();
    assertThat(StepInfo.SCALERS.lines(bare, KNOWLEDGE)).containsExactly("unknown: may not list");
    assertThat(
            StepInfo.OWN_COMMANDS.lines(seen.withCluster(Observed.notYet(seen.now())), KNOWLEDGE))
        .first()
        .asString()
        .startsWith("unknown");
  }

  @Test
  void aReplicaCountThatHelmWouldChangeIsTold() {
    Scenery five =
        Scenery.of(UpgradeWorld::running)
            .recallsNothing()
            .deployment("replicas", 5)
            .release(Scenery.revision(3, "deployed", "2.26.6"));
    assertThat(StepInfo.HELM.lines(five.seen(), KNOWLEDGE))
        .contains("! the deployment wanted 5 and your values say 3: helm upgrade brings 3");
    assertThat(StepInfo.HELM.lines(five.deployment("replicas", 3).seen(), KNOWLEDGE))
        .noneMatch(line -> line.startsWith("!"));
  }

  @Test
  void ownCommandsKeepTheMigratingPodAlone() {
    assertThat(String.join("\n", StepInfo.OWN_COMMANDS.lines(running().seen(), KNOWLEDGE)))
        .contains(
            "--version 2.29.3 --reset-values",
            "--namespace coder --kube-context prod-eu",
            "--set coder.replicaCount=1,coder.livenessProbe.initialDelaySeconds=3600")
        .doesNotContain("--atomic ", "<release>");
  }

  @Test
  void aMigrationThatTakesLongIsSaidTo() {
    Snapshot seen = Scenery.of(UpgradeWorld::blocked).seen();
    assertThat(StepInfo.MIGRATION.lines(seen, KNOWLEDGE))
        .contains("for 7m50s · waiting, not working", "schema 362 → 401 (39 migrations)");
    Snapshot works =
        Scenery.of(UpgradeWorld::blocked)
            .database("waits", List.of())
            .database("backends", List.of(lasting(470)))
            .seen();
    assertThat(StepInfo.MIGRATION.lines(works, KNOWLEDGE))
        .contains("for 7m50s · longer than the usual 4 to 7 min");
  }

  /** The reading has no opinion of its own: each root is answered as the findings answer it. */
  @Test
  void aBlockedMigrationIsAnsweredAsItsFindingIs() {
    Scenery blocked = Scenery.of(UpgradeWorld::blocked);
    assertThat(advice(blocked)).containsExactly(answer(blocked, Kind.OTHER_SESSION_BLOCKS));
    Scenery prepared = Scenery.of(now -> RecoveryWorld.prepared(now, "order-17"));
    assertThat(advice(prepared))
        .containsExactly(answer(prepared, Kind.PREPARED_TRANSACTION_BLOCKS));
    assertThat(advice(prepared)[1]).contains("COMMIT PREPARED or ROLLBACK PREPARED");
    List<Pod> pods = new ArrayList<>(blocked.seen().cluster().value().orElseThrow().pods());
    Pod replica = UpgradeWorld.running(Scenery.NOW).cluster().pods().get(0);
    pods.add(Altered.of(replica, "ip", Optional.of("10.0.8.14")));
    List<Backend> sessions =
        blocked.seen().database().value().orElseThrow().backends().stream()
            .map(each -> Altered.of(Altered.of(each, "user", "coder"), "application", ""))
            .toList();
    Scenery old =
        Scenery.of(UpgradeWorld::blocked).cluster("pods", pods).database("backends", sessions);
    assertThat(advice(old)).containsExactly(answer(old, Kind.OLD_REPLICA_BLOCKS));
    assertThat(advice(old)[0]).contains("blocks the migration");
    assertThat(advice(old)[1]).contains("End this one session");
  }

  @Test
  void aMigrationThatWorksNeedsNoAdvice() {
    assertThat(MigrationReading.advice(Scenery.of(UpgradeWorld::migrating).seen(), KNOWLEDGE))
        .isEmpty();
    assertThat(MigrationReading.advice(running().seen(), KNOWLEDGE)).isEmpty();
  }

  private static String[] advice(Scenery scenery) {
    return MigrationReading.advice(scenery.seen(), KNOWLEDGE).stream()
        .limit(3)
        .toArray(String[]::new);
  }

  private static String[] answer(Scenery scenery, Kind kind) {
    Finding finding =
        Diagnosis.of(scenery.seen(), KNOWLEDGE).stream()
            .filter(each -> each.kind() == kind)
            .findFirst()
            .orElseThrow();
    return new String[] {
      finding.headline(), "do now: " + finding.advice().text(), "do not " + finding.notThis()
    };
  }

  @Test
  void anEmptyDeploymentIsSaidToBe() {
    Snapshot seen =
        Scenery.of(UpgradeWorld::drained).cluster("deployment", Optional.empty()).seen();
    assertThat(StepInfo.ROLLOUT.lines(seen, KNOWLEDGE)).containsExactly("no pod");
  }

  private static Backend lasting(int seconds) {
    return Altered.of(
        Sessions.from(4733, "10.42.0.41"),
        "transactionAge",
        Optional.of(Duration.ofSeconds(seconds)));
  }

  private static String read(StepInfo reading, Scenery seen) {
    return String.join("\n", reading.lines(seen.seen(), KNOWLEDGE));
  }

  @Test
  void whatIsFoundIsReadWithWhatHelpsAndWhatDoesNot() {
    assertThat(read(StepInfo.FINDINGS, Scenery.of(UpgradeWorld::blocked)))
        .startsWith("ACT ")
        .contains("pid 5102", "do: ", "do not: end the migrator");
    assertThat(read(StepInfo.FINDINGS, running())).startsWith("nothing is found");
    assertThat(read(StepInfo.FINDINGS, Scenery.of(Troubles::writing))).startsWith("WAIT");
  }

  @Test
  void logsOfTheContainerBeforeAreSavedWhereThereWasOne() {
    assertThat(read(StepInfo.EVIDENCE, running())).doesNotContain("--previous");
    assertThat(read(StepInfo.EVIDENCE, Scenery.of(Troubles::orphaned)))
        .contains("--tail=-1 -c coder --previous > coder-6b8f9c7d4-9fq7c.previous.log");
  }

  @Test
  void thoseWhoAreLeftAloneAreNamedWithTheReason() {
    Scenery seen = running().database("backends", List.of(Sessions.of(9, "pg_dump")));
    assertThat(read(StepInfo.SESSIONS, seen)).contains("left alone: pid 9", "it is a backup");
    assertThat(read(StepInfo.BLOCKERS, running())).isEqualTo("no session blocks a migrator");
    assertThat(read(StepInfo.BLOCKERS, Scenery.of(now -> RecoveryWorld.prepared(now, "order-17"))))
        .contains("prepared 1h30m ago by shop: order-17");
  }

  @Test
  void theSchemaNumberIsReadWithWhatItMeans() {
    Scenery dirty = running().database("schema", SchemaTable.read("coder", 362, true));
    assertThat(read(StepInfo.SCHEMA, dirty))
        .contains("table coder.schema_migrations", "362, DIRTY", "v2.26.6 does not leave this");
    assertThat(read(StepInfo.SCHEMA, Scenery.of(Troubles::writing))).contains("locked by an open");
    assertThat(read(StepInfo.FITTING_IMAGES, running())).contains("database  362: use v2.26.6");
  }

  @Test
  void whatIsStillToDoOfTheUpgradeIsReadFromTheCluster() {
    assertThat(read(StepInfo.HANDOVER, running()))
        .contains("still to do: v2.29.3 takes schema 362 to 401", "lockkeeper upgrade --to");
    assertThat(read(StepInfo.HANDOVER, Scenery.of(now -> UpgradeWorld.upgraded(now, 3))))
        .contains("is done");
    assertThat(read(StepInfo.HANDOVER, running().wantsNothing())).contains("--to <version>");
  }
}
