package dev.lockkeeper.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.ClusterOperations;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.ObjectName;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of act under each kind of fault: one request on the wire, and the truth about it. */
class OneWriteTest {
  private static final String OBJECT =
      """
      {"kind":"Any","metadata":{"uid":"u1","generation":4,"resourceVersion":"9"},
       "spec":{"replicas":3,"holderIdentity":"ann","template":{"spec":{"containers":[
         {"name":"coder","image":"a","livenessProbe":{"tcpSocket":{"port":1}}}]}}}}
      """;

  /** Only the Lease itself says who holds it. */
  private static final String LEASE =
      """
      {"kind":"Lease","metadata":{"name":"lockkeeper-coder","namespace":"coder","uid":"u1",
       "resourceVersion":"9"},"spec":{"holderIdentity":"ann"}}
      """;

  /** What can be done. */
  enum Act {
    SCALE(door -> door.scale(new ScaleRequest(Contexts.in("coder"), "coder", "u1", 3, 0))),
    IMAGE(
        door ->
            door.setImage(
                new ImageRequest(Contexts.in("coder"), "coder", "u1", 4, "coder", "a", "b"))),
    PROBE(
        door ->
            door.setProbe(
                new ProbeRequest(
                    Contexts.in("coder"),
                    "coder",
                    "u1",
                    4,
                    "coder",
                    Optional.of("{\"tcpSocket\":{\"port\":1}}"),
                    Optional.empty()))),
    ADOPT(
        door ->
            door.adopt(
                new AdoptRequest(
                    Contexts.in("coder"),
                    new ObjectName("ServiceAccount", "coder", "coder"),
                    "u1",
                    "9",
                    new HelmClaim(Optional.empty(), Optional.empty(), Optional.empty()),
                    HelmClaim.of("coder", "coder")))),
    FORGET(
        door ->
            door.forget(
                new ForgetRequest(
                    Contexts.in("coder"),
                    "prod",
                    4,
                    "pending-upgrade",
                    new HelmRelease.Secret("sh.helm.release.v1.prod.v4", "u1", "9")))),
    LEASE(
        door ->
            door.take(
                new LeaseRequest(
                    Contexts.in("coder"), "lockkeeper-coder", true, Optional.of("ann"), "me")));

    private final Function<ClusterOperations, Outcome> perform;

    Act(Function<ClusterOperations, Outcome> perform) {
      this.perform = perform;
    }
  }

  /** How the server treats it. */
  enum Treatment {
    CONFLICT(Result.REFUSED, exchange -> FaultyApi.answer(exchange, 409, status(409))),
    INVALID(Result.REFUSED, exchange -> FaultyApi.answer(exchange, 422, status(422))),
    TOO_MANY(
        Result.REFUSED,
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          FaultyApi.answer(exchange, 429, status(429));
        }),
    EXPIRED_TOKEN(Result.REFUSED, exchange -> FaultyApi.answer(exchange, 401, status(401))),
    FAILURE(Result.UNKNOWN, exchange -> FaultyApi.answer(exchange, 500, status(500))),
    RESET(Result.UNKNOWN, com.sun.net.httpserver.HttpExchange::close),
    HALF_AN_ANSWER(
        Result.UNKNOWN,
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(new byte[10]);
          throw new IOException("broken");
        }),
    TOO_LATE(
        Result.UNKNOWN,
        exchange -> {
          pause(FaultyApi.LIMIT.toMillis() + 700);
          FaultyApi.answer(exchange, 200, OBJECT);
        });

    private final Result result;
    private final FaultyApi.Fault fault;

    Treatment(Result result, FaultyApi.Fault fault) {
      this.result = result;
      this.fault = fault;
    }
  }

  static Stream<Arguments> everything() {
    return Arrays.stream(Act.values())
        .flatMap(act -> Arrays.stream(Treatment.values()).map(each -> Arguments.of(act, each)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void isSentOnceAndToldTruthfully(Act act, Treatment treatment) throws Exception {
    try (FaultyApi api = new FaultyApi(act == Act.LEASE ? LEASE : OBJECT)) {
      api.on(treatment.fault);
      Outcome outcome =
          act.perform.apply(api.operations(new Credentials.Fixed(Optional.of("Bearer t"))));
      if (treatment == Treatment.TOO_LATE || treatment == Treatment.TOO_MANY) {
        pause(1500);
      }

      assertThat(outcome.result()).as(outcome.detail()).isEqualTo(treatment.result);
      assertThat(api.writes).hasSize(1);
    }
  }

  private static String status(int code) {
    return FaultyApi.status(code, "no");
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
