package dev.lockkeeper.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.Relay;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.SecondLook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One operator at a time, and nobody is fought for the seat. */
class LeaseElectorTest {
  private static final String ANN = "ann@bastion run-1";
  private static final String BEN = "ben@bastion run-2";

  /** Renewed often; good for so long that a slow machine does not lose it. */
  private static final LeaseElector.Pace QUICK =
      new LeaseElector.Pace(
          Duration.ofMillis(100),
          Duration.ofMillis(400),
          Duration.ofSeconds(6),
          Duration.ofSeconds(10));

  @TempDir Path directory;
  private PracticeCluster practice;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    practice.close();
  }

  @Test
  void aSeatThatNobodyHasIsTakenAndKept() throws Exception {
    LeaseElector seat = seat(practice.operator, ANN);
    OperatorLease empty = known(seat, lease -> lease.holder().isEmpty());
    assertThat(empty.name()).isEqualTo("lockkeeper-coder");
    assertThat(seat.take(request(Optional.empty(), ANN)))
        .isEqualTo(Outcome.done("the lease is held by " + ANN));
    assertThat(seat.seen().value().orElseThrow().ours()).isTrue();

    ObjectNode taken = practice.lease().orElseThrow();
    assertThat(taken.at("/spec/holderIdentity").asText()).isEqualTo(ANN);
    assertThat(taken.at("/spec/leaseDurationSeconds").asInt()).isEqualTo(6);
    assertThat(taken.at("/spec/leaseTransitions").asInt()).isEqualTo(1);
    assertThat(taken.at("/spec/acquireTime").asText()).matches(".*T.*\\.[0-9]{6}Z");
    assertThat(practice.requests.writes()).extracting(RequestLog.Entry::verb).startsWith("create");

    String first = taken.at("/spec/renewTime").asText();
    until(() -> !practice.lease().orElseThrow().at("/spec/renewTime").asText().equals(first));
    assertThat(practice.lease().orElseThrow().at("/spec/acquireTime"))
        .isEqualTo(taken.at("/spec/acquireTime"));
    assertThat(known(seat, lease -> true).ours()).isTrue();
  }

  @Test
  void whoeverTakesItOverHasItAndTheOtherStopsAtOnce() throws Exception {
    LeaseElector ann = seat(practice.operator, ANN);
    LeaseElector ben = seat(practice.admin, BEN);
    ann.take(request(Optional.empty(), ANN));
    known(ben, lease -> lease.other().isPresent());
    assertThat(ben.take(request(Optional.of(ANN), BEN)).result()).isEqualTo(Result.DONE);
    assertThat(practice.lease().orElseThrow().at("/spec/leaseTransitions").asInt()).isEqualTo(2);

    OperatorLease lost = known(ann, lease -> !lease.ours());
    assertThat(lost.other().orElseThrow().identity()).isEqualTo(BEN);
    int before = accepted("operator");
    TimeUnit.MILLISECONDS.sleep(1200);
    assertThat(accepted("operator")).isEqualTo(before);
    assertThat(known(ben, OperatorLease::ours).ours()).isTrue();
  }

  @Test
  void whoSitsThereNowIsReadAnew() throws Exception {
    LeaseElector ann = seat(practice.operator, ANN);
    assertThat(ann.unseated()).as("nobody").isEmpty();
    ann.take(request(Optional.empty(), ANN));
    assertThat(ann.unseated()).as("we").isEmpty();
    hold(BEN, Instant.now());
    assertThat(ann.unseated()).contains(BEN + " holds the operator's lease now");
    assertThat(seat(practice.shortsighted, ANN).unseated()).as("who may not read it").isEmpty();
  }

  @Test
  void whoSitsThereIsReadOffTheAnswerEvenWhenWeWroteInTheMeantime() throws Exception {
    String ours = heldBy(ANN);
    try (FaultyApi api = new FaultyApi(ours);
        LeaseElector ann =
            new LeaseElector(
                api.api(new Credentials.Fixed(Optional.empty())), "coder", "coder", QUICK)) {
      ann.as(ANN);
      assertThat(ann.glance().value().orElseThrow().other()).isEmpty();
      api.shown = heldBy(BEN);
      api.on(exchange -> FaultyApi.answer(exchange, 409, FaultyApi.status(409, "modified")));
      FaultyApi.Fault ordinary = api.reading;
      api.reading =
          exchange -> {
            String before = api.shown;
            api.reading = ordinary;
            api.shown = ours;
            ann.take(request(Optional.of(ANN), ANN));
            FaultyApi.answer(exchange, 200, before);
          };

      assertThat(ann.unseated()).contains(BEN + " holds the operator's lease now");
      assertThat(api.writes).hasSize(1);
    }
  }

  private static String heldBy(String who) {
    ObjectNode lease =
        (ObjectNode)
            LeaseObject.absent("coder", "lockkeeper-coder")
                .taken(who, Duration.ofSeconds(6), Instant.now())
                .json();
    lease.withObject("/metadata").put("uid", "lease-uid");
    return lease.toString();
  }

  @Test
  void aPlanIsShownToWhoeverWatchesAndTakenBack() throws Exception {
    LeaseElector ann = seat(practice.operator, ANN);
    LeaseElector ben = seat(practice.admin, BEN);
    SecondLook look = new SecondLook("d1", "scale it", "kubectl scale 'x'", "n1");
    assertThat(ann.publishSecondLook(Optional.of(look)).result())
        .as("nobody shows anything beside a lease that is not theirs")
        .isEqualTo(Result.REFUSED);
    ann.take(request(Optional.empty(), ANN));
    assertThat(ann.publishSecondLook(Optional.of(look)).result()).isEqualTo(Result.DONE);
    OperatorLease seen = known(ben, lease -> lease.look().isPresent());
    assertThat(seen.look()).contains(look);
    assertThat(ann.publishSecondLook(Optional.empty()).result()).isEqualTo(Result.DONE);
    assertThat(known(ben, lease -> lease.look().isEmpty()).other()).isPresent();
  }

  @Test
  void aSeatIsOnlyTakenFromWhomWasSeenOnIt() throws Exception {
    LeaseElector ann = seat(practice.operator, ANN);
    hold(BEN, Instant.now());
    Outcome outcome = ann.take(request(Optional.empty(), ANN));

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail())
        .isEqualTo("nothing was sent: the lease is no longer what you saw: it is held by " + BEN);
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void whoHoldsItAlreadyGoesOn() throws Exception {
    hold(ANN, Instant.now().minusSeconds(600));
    LeaseElector ann = seat(practice.operator, ANN);

    assertThat(known(ann, OperatorLease::ours).ours()).isTrue();
    assertThat(practice.requests.writes())
        .extracting(RequestLog.Entry::verb)
        .allMatch("update"::equals);
  }

  @Test
  void clocksOfHostsAreNotCompared() throws Exception {
    LeaseElector ann = seat(practice.operator, ANN);
    for (int hours : new int[] {-1, 1}) {
      Instant theirs = Instant.now().plus(Duration.ofHours(hours));
      hold(BEN, theirs);
      OperatorLease.Holder fresh =
          known(
                  ann,
                  lease ->
                      lease.other().filter(each -> each.silent().toMillis() < 1500).isPresent())
              .other()
              .orElseThrow();
      assertThat(fresh.expired()).isFalse();
      OperatorLease.Holder silent =
          known(ann, lease -> lease.other().filter(OperatorLease.Holder::expired).isPresent())
              .other()
              .orElseThrow();
      assertThat(silent.silent()).isGreaterThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void renewalsThatFailForTooLongCostTheSeat() throws Exception {
    try (Relay relay = new Relay(practice.server.port())) {
      ClusterConnection connection = practice.connect(practice.operator, "coder", relay.port());
      open.add(connection);
      LeaseElector ann = seat(connection, ANN);
      ann.take(request(Optional.empty(), ANN));
      known(ann, OperatorLease::ours);
      relay.cut();

      until(() -> !ann.seen().isKnown());
      assertThat(ann.seen().reason()).contains("does not answer");
      until(() -> !ann.seen().value().orElseThrow().ours());
      relay.restore();
      assertThat(known(ann, OperatorLease::ours).other()).isEmpty();
    }
  }

  @Test
  void givenBackItIsNobodysAndStaysSo() throws Exception {
    LeaseElector ann = seat(practice.operator, ANN);
    ann.take(request(Optional.empty(), ANN));
    ann.anchor("abc123 17 run");
    until(() -> ann.seen().value().flatMap(OperatorLease::anchor).isPresent());
    assertThat(ann.seen().value().orElseThrow().anchor()).contains("abc123 17 run");
    // A renewal on its way at this very moment makes the server refuse; then it expires by itself.
    until(ann::release);

    TimeUnit.MILLISECONDS.sleep(800);
    assertThat(practice.lease().orElseThrow().at("/spec").has("holderIdentity")).isFalse();
    assertThat(known(ann, lease -> lease.holder().isEmpty()).anchor()).contains("abc123 17 run");
  }

  @Test
  void whatIsNotOursIsNotGivenBack() throws Exception {
    hold(BEN, Instant.now());
    LeaseElector ann = seat(practice.operator, ANN);

    assertThat(ann.release()).isFalse();
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void theAnchorOfAnotherRunIsNotTakenOver() throws Exception {
    LeaseElector ann = seat(practice.operator, ANN);
    ann.anchor("abc123 17 run");
    ann.take(request(Optional.empty(), ANN));
    LeaseElector ben = seat(practice.admin, BEN);
    ben.take(request(Optional.of(ANN), BEN));

    assertThat(known(ben, OperatorLease::ours).anchor()).isEmpty();
  }

  @Test
  void whoMayNotReadItIsToldSo() throws Exception {
    LeaseElector seat = seat(practice.narrow, ANN);
    until(() -> !seat.seen().isPending());

    assertThat(seat.seen().value()).isEmpty();
    assertThat(seat.seen().reason())
        .startsWith("403: may not read leases in namespace coder: ask for get, create and update");
    assertThat(seat.take(request(Optional.empty(), ANN)).detail())
        .startsWith("nothing was sent: 403");
  }

  @Test
  void itIsPartOfTheClusterThatIsWatched() throws Exception {
    hold(BEN, Instant.now());
    ClusterConnection connection = practice.connect(practice.viewer);
    open.add(connection);
    try (ClusterSource source = connection.source()) {
      Observations seen = new Observations();
      source.watch(seen);
      assertThat(
              seen.known(one -> one.operator().isKnown()).operator().value().orElseThrow().other())
          .isPresent();
    }
    assertThat(practice.requests.writes()).isEmpty();
  }

  private LeaseElector seat(User user, String me) throws Exception {
    ClusterConnection connection = practice.connect(user);
    open.add(connection);
    return seat(connection, me);
  }

  private LeaseElector seat(ClusterConnection connection, String me) {
    LeaseElector seat = new LeaseElector(connection.api(), "coder", "coder", QUICK);
    open.add(0, seat);
    seat.as(me);
    seat.watch(() -> {});
    return seat;
  }

  private static LeaseRequest request(Optional<String> from, String to) {
    return new LeaseRequest(Contexts.in("coder"), "lockkeeper-coder", true, from, to);
  }

  /** Somebody on a host with this clock takes it, for two seconds. */
  private void hold(String who, Instant clock) {
    ObjectNode lease =
        (ObjectNode)
            LeaseObject.absent("coder", "lockkeeper-coder")
                .taken(who, Duration.ofSeconds(2), clock)
                .json();
    if (practice.lease().isEmpty()) {
      practice.create(lease.toString());
    } else {
      practice.edit(
          Resources.LEASES, "lockkeeper-coder", object -> object.set("spec", lease.get("spec")));
    }
  }

  private int accepted(String user) {
    return (int)
        practice.requests.writes().stream()
            .filter(entry -> entry.user().equals(user) && entry.code() < 300)
            .count();
  }

  private static OperatorLease known(
      LeaseElector seat, java.util.function.Predicate<OperatorLease> condition) {
    until(
        () -> {
          Observed<OperatorLease> seen = seat.seen();
          return seen.isKnown() && condition.test(seen.value().orElseThrow());
        });
    return seat.seen().value().orElseThrow();
  }

  private static void until(java.util.concurrent.Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
