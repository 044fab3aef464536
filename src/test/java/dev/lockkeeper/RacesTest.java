package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.live.OneAct;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Between the question and the answer the world changes: in time to be seen, and too late for that.
 * Nothing wrong is done, and the screen says what changed.
 */
@Timeout(60)
class RacesTest {
  private static final String BOB = "bob@laptop upgrade-0304";
  private static final String STOP = "action: scale-to-zero";
  private static final String PROBE = "action: remove-liveness-probe";
  private static final String END = "action: end-blockers";
  private static final int SOFT = 9;

  private static WorldClient world;
  private static Meddler meddler;

  @TempDir Path folder;
  private int before;

  /** What somebody else does to the cluster, what is seen of it, and what the screen says then. */
  enum Race {
    SCALED(
        STOP,
        other -> other.scale(4),
        seen(deployment -> deployment.replicas() == 4),
        "found: 3 → 4",
        "replicas is 4, not 3"),
    SCALED_BY_AN_AUTOSCALER(
        STOP + "\n        before: [{must: nothing-scales-back}]",
        other -> other.autoscales(4),
        state -> cluster(state).scalers().value().filter(each -> !each.isEmpty()).isPresent(),
        "HorizontalPodAutoscaler coder",
        "replicas is 4, not 3"),
    MADE_ANEW(
        STOP,
        Meddler::makesAnew,
        seen(deployment -> !deployment.uid().equals(meddler.original())),
        "deployment-uid %s → %s",
        "it was deleted and created again"),
    PROBE_EDITED(
        PROBE,
        other -> other.probe(SOFT),
        seen(deployment -> deployment.livenessProbe().orElse("").contains(":" + SOFT)),
        "found: {",
        "the liveness probe's failureThreshold is 9, not 3"),
    IMAGE_EDITED(
        PROBE,
        other -> other.image("ghcr.io/coder/coder:v2.26.5"),
        seen(deployment -> deployment.image().endsWith("v2.26.5")),
        "generation: ",
        "its specification was changed (generation "),
    LEASE_TAKEN(
        STOP,
        other -> other.sits(BOB),
        state -> cluster(state).operator().value().orElseThrow().other().isPresent(),
        BOB + " acts here",
        "nothing was sent: " + BOB + " holds the operator's lease now");

    private final String act;
    private final Consumer<Meddler> meddling;
    private final Predicate<State> visible;
    private final String shown;
    private final String refusal;

    Race(
        String act,
        Consumer<Meddler> meddling,
        Predicate<State> visible,
        String shown,
        String refusal) {
      this.act = act;
      this.meddling = meddling;
      this.visible = visible;
      this.shown = shown;
      this.refusal = refusal;
    }

    /** Whether the question is put again; else it is over. */
    boolean asksAnew() {
      return this == SCALED || this == PROBE_EDITED || this == IMAGE_EDITED;
    }

    private static Predicate<State> seen(Predicate<Deployment> so) {
      return state -> cluster(state).deployment().filter(so).isPresent();
    }
  }

  private static Cluster cluster(State state) {
    return state.snapshot().cluster().value().orElseThrow();
  }

  private static Deployment deployment(State state) {
    return cluster(state).deployment().orElseThrow();
  }

  private static Database database(State state) {
    return state.snapshot().database().value().orElseThrow();
  }

  @BeforeAll
  static void makeAWorld() throws Exception {
    world = WorldClient.start(WorldClient.newDirectory(), WorldOptions.defaults().withPace(20));
    world.awaitReady(line -> {});
    world.hold();
    meddler = new Meddler(world);
  }

  @AfterAll
  static void leaveIt() throws Exception {
    meddler.close();
    world.leave();
  }

  @BeforeEach
  void count() {
    before = new RequestLog(world.requests()).entries().size();
  }

  @AfterEach
  void tidyUp() {
    meddler.tidies();
    await().atMost(Duration.ofSeconds(30)).until(meddler::isTidy);
  }

  /** What the operator changed since, or tried to: the Lease and dry runs excepted. */
  private List<RequestLog.Entry> writes() {
    RequestLog log = new RequestLog(world.requests());
    List<RequestLog.Entry> all = log.entries();
    // Looked up afterwards: the seat is renewed meanwhile.
    List<RequestLog.Entry> leases = log.writesTo(Resources.LEASES);
    return all.stream()
        .skip(before)
        .filter(each -> each.writes() && !each.dryRun() && each.user().equals("operator"))
        .filter(each -> !leases.contains(each))
        .toList();
  }

  private OneAct asked(String act) throws Exception {
    return OneAct.begins(world, folder, act).takesTheLease().isAsked();
  }

  @ParameterizedTest
  @EnumSource
  void whatChangedBeforeTheAnswerIsShownAndNotActedUpon(Race race) throws Exception {
    try (OneAct operator = asked(race.act)) {
      String uid = deployment(operator.state()).uid();
      race.meddling.accept(meddler);
      operator.until(race.visible).confirms();
      operator.until(race.asksAnew() ? OneAct::askedAgain : OneAct::idle);

      assertThat(operator.words())
          .contains(race.shown.formatted(uid, deployment(operator.state()).uid()));
      assertThat(writes()).isEmpty();
      if (race.asksAnew()) {
        operator.confirms().until(OneAct::idle);
        assertThat(writes())
            .singleElement()
            .satisfies(one -> assertThat(one.code()).isEqualTo(200));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatChangedUnseenIsRefusedAndTold(Race race) throws Exception {
    try (OneAct operator = asked(race.act)) {
      operator.seesNothingNew();
      race.meddling.accept(meddler);
      operator.confirms();

      assertThat(operator.outcome()).contains(race.refusal);
      assertThat(operator.words()).contains(race.refusal);
      assertThat(writes()).noneMatch(each -> each.code() == 200);
    }
  }

  @Test
  void aLeaseThatSomebodyTookMeanwhileIsAskedForAnew() throws Exception {
    try (OneAct operator = OneAct.begins(world, folder, STOP)) {
      operator.isAsked();
      meddler.sits(BOB);
      operator.until(Race.LEASE_TAKEN.visible).confirms().until(OneAct::askedAgain);

      assertThat(operator.words()).contains("found: none → " + BOB, "grade: SAFE → IRREVERSIBLE");
      assertThat(meddler.sitter()).isEqualTo(BOB);
      operator.confirms().until(state -> state.progress().finished("1.1"));
      assertThat(meddler.sitter()).isEqualTo(OneAct.ME);
    }
  }

  @Test
  void aLeaseThatSomebodyTookUnseenIsTheirs() throws Exception {
    try (OneAct operator = OneAct.begins(world, folder, STOP)) {
      operator.isAsked().seesNothingNew();
      meddler.sits(BOB);
      operator.confirms();

      assertThat(operator.outcome()).contains("it is held by " + BOB);
      assertThat(meddler.sitter()).isEqualTo(BOB);
    }
  }

  /** Whom a scale stops is its count and its Deployment: a pod more or less is the same act. */
  @Test
  void aPodThatWasReplacedIsNoOtherAct() throws Exception {
    try (OneAct operator = asked(STOP)) {
      List<String> pods =
          cluster(operator.state()).pods().stream().map(each -> each.uid()).toList();
      meddler.replacesAPod();
      operator
          .until(state -> cluster(state).pods().stream().anyMatch(it -> !pods.contains(it.uid())))
          .until(state -> cluster(state).pods().stream().allMatch(each -> each.ready()))
          .confirms();

      assertThat(operator.outcome()).contains("replicas 3 -> 0");
      assertThat(writes()).hasSize(1);
    }
  }

  @Test
  void aProcessIdThatIsAnothersByNowIsAskedForAnew() throws Exception {
    try (Contention there = new Contention(world.databaseUrl());
        OneAct operator = OneAct.begins(world, folder, END)) {
      String real = there.blockerStart();
      String older = "2026-03-04 18:00:00.000001+00";
      operator
          .takesTheLease()
          .seesDatabase(session(there.blocker(), older))
          .until(state -> start(state, there.blocker()).equals(Optional.of(older)))
          .isAsked();
      operator
          .seesAllAgain()
          .until(state -> start(state, there.blocker()).equals(Optional.of(real)))
          .confirms()
          .until(OneAct::askedAgain);

      assertThat(operator.words())
          .contains("pid %d is another session".formatted(there.blocker()), older + " → " + real);
      assertThat(there.blockerLives()).isTrue();
      operator.confirms();
      assertThat(operator.outcome()).contains("ended");
      assertThat(there.blockerLives()).isFalse();
    }
  }

  @Test
  void aProcessIdThatIsAnothersUnseenIsNotEnded() throws Exception {
    try (Contention there = new Contention(world.databaseUrl());
        OneAct operator = OneAct.begins(world, folder, END)) {
      String older = "2026-03-04 18:00:00.000001+00";
      operator
          .takesTheLease()
          .seesDatabase(session(there.blocker(), older))
          .until(state -> start(state, there.blocker()).equals(Optional.of(older)))
          .isAsked()
          .confirms();

      assertThat(operator.outcome()).contains("gone already");
      assertThat(there.blockerLives()).isTrue();
    }
  }

  /** As when the migrator's pod was replaced: nobody waits for the session any more. */
  @Test
  void whoBlocksNobodyAnyMoreIsLeftAlone() throws Exception {
    try (Contention there = new Contention(world.databaseUrl());
        OneAct operator = OneAct.begins(world, folder, END)) {
      operator.takesTheLease().until(state -> !database(state).waits().isEmpty()).isAsked();
      there.migratorGoes();
      operator.until(state -> database(state).waits().isEmpty()).confirms().until(OneAct::idle);

      assertThat(operator.words()).contains("nothing was done: no session blocks a migration");
      assertThat(there.blockerLives()).isTrue();
    }
  }

  @Test
  void whoBlocksNobodyAnyMoreUnseenIsLeftAlone() throws Exception {
    try (Contention there = new Contention(world.databaseUrl());
        OneAct operator = OneAct.begins(world, folder, END)) {
      operator.takesTheLease().until(state -> !database(state).waits().isEmpty()).isAsked();
      operator.seesNothingNew();
      there.migratorGoes();
      operator.confirms();

      assertThat(operator.outcome()).contains("it no longer blocks the migration");
      assertThat(there.blockerLives()).isTrue();
    }
  }

  @Test
  void aServerThatWasRestartedIsAskedForAnew() throws Exception {
    try (Contention there = new Contention(world.databaseUrl());
        OneAct operator = OneAct.begins(world, folder, END)) {
      String older = "2026-02-01 00:00:00.000001+00";
      operator.takesTheLease().until(state -> !database(state).waits().isEmpty());
      String real = database(operator.state()).identity().startedAt();
      operator
          .seesDatabase(server("startedAt", older))
          .until(state -> database(state).identity().startedAt().equals(older))
          .isAsked()
          .seesAllAgain()
          .until(state -> database(state).identity().startedAt().equals(real))
          .confirms()
          .until(OneAct::askedAgain);

      assertThat(operator.words()).contains("server-started: " + older + " → " + real);
      assertThat(there.blockerLives()).isTrue();
    }
  }

  @Test
  void aServerThatWasRestartedUnseenIsNotActedUpon() throws Exception {
    try (Contention there = new Contention(world.databaseUrl());
        OneAct operator = OneAct.begins(world, folder, END)) {
      String older = "2026-02-01 00:00:00.000001+00";
      operator
          .takesTheLease()
          .seesDatabase(server("startedAt", older))
          .until(state -> !database(state).waits().isEmpty())
          .until(state -> database(state).identity().startedAt().equals(older))
          .isAsked()
          .confirms();

      assertThat(operator.outcome()).contains("nothing was sent: the server was restarted since");
      assertThat(there.blockerLives()).isTrue();
    }
  }

  @Test
  void anotherServerThanBeforeIsNamedAndNotActedUpon() throws Exception {
    try (Contention there = new Contention(world.databaseUrl());
        OneAct operator = OneAct.begins(world, folder, END)) {
      operator.takesTheLease().until(state -> !database(state).waits().isEmpty()).isAsked();
      String real = database(operator.state()).identity().systemIdentifier();
      operator
          .seesDatabase(server("systemIdentifier", "7301"))
          .until(state -> database(state).identity().systemIdentifier().equals("7301"))
          .confirms()
          .until(OneAct::idle);

      assertThat(operator.words()).contains("system-identifier %s → 7301".formatted(real));
      assertThat(there.blockerLives()).isTrue();
    }
  }

  private static Optional<String> start(State state, int pid) {
    return database(state).waits().isEmpty()
        ? Optional.empty()
        : database(state).backend(pid).map(Backend::backendStart);
  }

  /** The process id was another session's, which started then. */
  private static UnaryOperator<Database> session(int pid, String start) {
    return seen ->
        Altered.of(
            seen,
            "backends",
            seen.backends().stream()
                .map(each -> each.pid() == pid ? Altered.of(each, "backendStart", start) : each)
                .toList());
  }

  private static UnaryOperator<Database> server(String component, String value) {
    return seen -> Altered.of(seen, "identity", Altered.of(seen.identity(), component, value));
  }
}
