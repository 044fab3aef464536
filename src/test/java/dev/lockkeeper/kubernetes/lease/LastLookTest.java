package dev.lockkeeper.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.RollbackRequest;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.change.KubernetesOperations;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.snapshot.Contexts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A last look that is not answered, or answered with something else, stops the act. */
class LastLookTest {
  private static final String ME = "me";
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
  private static final ScaleRequest SCALE =
      new ScaleRequest(Contexts.in("coder"), "coder", "u1", 3, 0);

  /** What comes instead of the object that was asked for. */
  enum Instead {
    SILENCE(
        exchange -> {
          try {
            TimeUnit.MILLISECONDS.sleep(FaultyApi.LIMIT.toMillis() + 1000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        }),
    A_CLOSED_CONNECTION(HttpExchange::close),
    HALF_AN_ANSWER(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("{\"kind\"".getBytes());
          exchange.close();
        }),
    HTML(exchange -> FaultyApi.answer(exchange, 200, "<html>Please log in</html>")),
    HTML_THAT_IS_NOT_FOUND(exchange -> FaultyApi.answer(exchange, 404, "<html>404</html>")),
    HTML_THAT_FORBIDS(exchange -> FaultyApi.answer(exchange, 403, "<html>403</html>")),
    NOTHING(exchange -> FaultyApi.answer(exchange, 200, "")),
    AN_EMPTY_OBJECT(exchange -> FaultyApi.answer(exchange, 200, "{}")),
    ANOTHER_KIND(
        exchange ->
            FaultyApi.answer(
                exchange,
                200,
                """
                {"kind":"ConfigMap","metadata":{"name":"lockkeeper-coder","namespace":"coder",
                 "uid":"u9","resourceVersion":"7"},"spec":{"holderIdentity":"me"}}\
                """)),
    ANOTHER_NAME(exchange -> FaultyApi.answer(exchange, 200, lease("other", "coder", AT))),
    ANOTHER_NAMESPACE(
        exchange -> FaultyApi.answer(exchange, 200, lease("lockkeeper-coder", "x", AT))),
    AN_ERROR(exchange -> FaultyApi.answer(exchange, 500, FaultyApi.status(500, "etcd"))),
    TOO_MANY(exchange -> FaultyApi.answer(exchange, 429, FaultyApi.status(429, "later"))),
    NOT_LOGGED_IN(exchange -> FaultyApi.answer(exchange, 401, FaultyApi.status(401, "no")));

    private final FaultyApi.Fault fault;

    Instead(FaultyApi.Fault fault) {
      this.fault = fault;
    }
  }

  private static String lease(String name, String namespace, Instant renewed) {
    ObjectNode lease =
        (ObjectNode)
            LeaseObject.absent(namespace, name).taken(ME, Duration.ofSeconds(30), renewed).json();
    lease.withObject("/metadata").put("uid", "lease-uid");
    return lease.toString();
  }

  @ParameterizedTest
  @EnumSource
  void whoHoldsTheLeaseIsAskedInVain(Instead instead) throws Exception {
    try (FaultyApi api = new FaultyApi(lease("lockkeeper-coder", "coder", AT))) {
      KubernetesOperations operations = operations(api);
      assertThat(operations.unseated()).isEmpty();
      api.reading = instead.fault;
      assertThat(operations.unseated().orElseThrow())
          .startsWith("who holds the operator's lease now is not known: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsSentAfterALookInVain(Instead instead) throws Exception {
    try (FaultyApi api = new FaultyApi("")) {
      KubernetesOperations operations = operations(api);
      api.reading = instead.fault;
      assertUnsent(operations.scale(SCALE));
      assertUnsent(
          operations.take(
              new LeaseRequest(
                  Contexts.in("coder"), "lockkeeper-coder", true, Optional.empty(), ME)));
      for (String uid : new String[] {"u1", ""}) {
        HelmRequest helm =
            new RollbackRequest(
                new HelmRequest.Place(Contexts.in("coder"), "coder", 3),
                2,
                false,
                new HelmRequest.Seen("coder", uid, 4, 3, "ghcr.io/coder/coder:v2.26.6"));
        assertThat(operations.changed(helm)).isPresent();
      }
      assertThat(api.writes).isEmpty();
    }
  }

  private static void assertUnsent(Outcome outcome) {
    assertThat(outcome.result()).isEqualTo(Outcome.Result.REFUSED);
    assertThat(outcome.detail()).startsWith("nothing was sent: ");
  }

  @Test
  void anAnswerThatIsOlderThanOurOwnRenewalIsNone() throws Exception {
    String old = lease("lockkeeper-coder", "coder", AT);
    try (FaultyApi api = new FaultyApi(old)) {
      KubernetesOperations operations = operations(api);
      api.on(
          exchange ->
              FaultyApi.answer(
                  exchange, 200, lease("lockkeeper-coder", "coder", AT.plusSeconds(8))));
      operations.take(
          new LeaseRequest(Contexts.in("coder"), "lockkeeper-coder", true, Optional.of(ME), ME));

      assertThat(operations.unseated().orElseThrow()).contains("older than what we wrote");
      api.shown = lease("lockkeeper-coder", "coder", AT.plusSeconds(8));
      assertThat(operations.unseated()).isEmpty();
    }
  }

  private static KubernetesOperations operations(FaultyApi api) throws ClusterException {
    return api.operations(new Credentials.Fixed(Optional.empty()));
  }
}
