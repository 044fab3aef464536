package dev.lockkeeper.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.snapshot.Contexts;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However badly a write is answered, it went over the wire once, and nothing is claimed. */
class WriteFaultsTest {
  private static final ScaleRequest REQUEST =
      new ScaleRequest(Contexts.in("coder"), "coder", "u1", 3, 0);

  private FaultyApi api;

  @BeforeEach
  void start() throws IOException {
    api = new FaultyApi(scale(3));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("500 of unknown effect", Result.UNKNOWN, 500, "etcdserver: request timed out"),
        fault("500 of a webhook before it", Result.REFUSED, 500, "failed calling webhook x"),
        fault("504", Result.UNKNOWN, 504, "timeout"),
        fault("502 of a proxy", Result.UNKNOWN, 502, ""),
        fault("503 of a proxy", Result.UNKNOWN, 503, ""),
        fault("503 of the server", Result.REFUSED, 503, "shutting down"),
        fault("429", Result.REFUSED, 429, "too many requests"),
        fault("409", Result.REFUSED, 409, "the object has been modified"),
        fault("403 of admission", Result.REFUSED, 403, "admission webhook denied the request"),
        fault("400 of admission", Result.REFUSED, 400, "admission webhook denied the request"),
        fault("401", Result.REFUSED, 401, "Unauthorized"),
        fault("404", Result.REFUSED, 404, "not found"),
        fault("a redirection", Result.UNKNOWN, 307, ""));
  }

  private static Arguments fault(String name, Result expected, int code, String message) {
    return Arguments.of(name, expected, code, message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void anErrorIsTheEndOfIt(String name, Result expected, int code, String message)
      throws Exception {
    api.on(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.getResponseHeaders().set("Retry-After", "0");
          FaultyApi.answer(
              exchange, code, message.isEmpty() ? "" : FaultyApi.status(code, message));
        });
    Outcome outcome = operations().scale(REQUEST);

    assertThat(outcome.result()).isEqualTo(expected);
    assertThat(outcome.detail()).contains(String.valueOf(code));
    assertThat(api.writes).hasSize(1);
  }

  @Test
  void anAnswerThatNeverComesIsUnknown() throws Exception {
    api.on(exchange -> pause(4000));
    Outcome outcome = operations().scale(REQUEST);
    pause(2500);

    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
    assertThat(outcome.detail()).startsWith("sent, but no answer");
    assertThat(api.writes).hasSize(1);
  }

  @Test
  void aConnectionThatBreaksAfterSendingIsUnknown() throws Exception {
    api.on(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          throw new IOException("broken");
        });
    Outcome outcome = operations().scale(REQUEST);

    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
    assertThat(api.writes).hasSize(1);
  }

  @Test
  void aConnectionThatIsClosedInsteadOfAnsweredIsUnknown() throws Exception {
    api.on(HttpExchange::close);
    Outcome outcome = operations().scale(REQUEST);

    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
    assertThat(api.writes).hasSize(1);
  }

  @Test
  void aServerThatIsNotThereWasNeverAsked() throws Exception {
    KubernetesOperations operations = operations();
    api.close();
    Outcome outcome = operations.scale(REQUEST);

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).startsWith("nothing was sent");
  }

  @Test
  void aFailedTestIsExplainedByOneMoreLook() throws Exception {
    api.on(
        exchange -> {
          api.shown = scale(2);
          FaultyApi.answer(exchange, 422, FaultyApi.status(422, "the server rejected our request"));
        });
    Outcome outcome = operations().scale(REQUEST);

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail())
        .isEqualTo("the deployment is no longer what you saw: replicas is 2, not 3");
    assertThat(api.writes).hasSize(1);
    assertThat(api.reads).as("its state, who owns it, and once more").hasSize(3);
  }

  @Test
  void aRejectedTokenIsRenewedAndTheWriteIsNotRepeated() throws Exception {
    AtomicInteger renewals = new AtomicInteger();
    api.on(exchange -> FaultyApi.answer(exchange, 401, FaultyApi.status(401, "Unauthorized")));
    Outcome outcome =
        api.operations(
                new Credentials() {
                  @Override
                  public Optional<String> authorization() {
                    return Optional.of("Bearer " + renewals.get());
                  }

                  @Override
                  public boolean renew(String rejected) {
                    return renewals.incrementAndGet() > 0;
                  }
                })
            .scale(REQUEST);

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(renewals).hasValue(1);
    assertThat(api.writes).hasSize(1);
  }

  @Test
  void aScaleOfZeroMayComeWithoutItsNumber() throws Exception {
    api.shown = "{\"kind\":\"Scale\",\"metadata\":{\"uid\":\"u1\"},\"spec\":{}}";
    api.on(exchange -> FaultyApi.answer(exchange, 200, scale(3)));
    Outcome outcome =
        operations().scale(new ScaleRequest(Contexts.in("coder"), "coder", "u1", 0, 3));

    assertThat(outcome).isEqualTo(Outcome.done("replicas 0 -> 3"));
    assertThat(api.writes)
        .singleElement()
        .asString()
        .contains("{\"op\":\"test\",\"path\":\"/spec\",\"value\":{}}")
        .contains("{\"op\":\"add\",\"path\":\"/spec/replicas\",\"value\":3}");
  }

  @Test
  void everyRequestSaysWhoWeAre() throws Exception {
    operations().scale(REQUEST);

    assertThat(api.agents).hasSize(3).allMatch(agent -> agent.startsWith("lockkeeper/"));
  }

  private KubernetesOperations operations() throws ClusterException {
    return api.operations(new Credentials.Fixed(Optional.empty()));
  }

  private static String scale(int replicas) {
    return "{\"kind\":\"Scale\",\"metadata\":{\"uid\":\"u1\"},\"spec\":{\"replicas\":%d}}"
        .formatted(replicas);
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
