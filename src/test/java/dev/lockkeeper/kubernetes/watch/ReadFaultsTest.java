package dev.lockkeeper.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However badly the server answers, the panels say so, and come back by themselves. */
class ReadFaultsTest {
  private static final String DEPLOYMENT =
      """
      {"kind":"Deployment","metadata":{"name":"coder","uid":"u1","resourceVersion":"%d","generation":%d},
       "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"coder"}},
         "template":{"spec":{"containers":[{"name":"coder","image":"coder:1"}]}}}}
      """;

  /** How every read is answered. */
  enum Trouble {
    FAILURE(
        exchange -> FaultyApi.answer(exchange, 500, FaultyApi.status(500, "etcd")), "500: etcd"),
    TOO_MANY(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          FaultyApi.answer(exchange, 429, FaultyApi.status(429, "slow down"));
        },
        "429: slow down"),
    EXPIRED_TOKEN(
        exchange -> FaultyApi.answer(exchange, 401, FaultyApi.status(401, "Unauthorized")),
        "401: the token is no longer accepted: renew it, then resume"),
    A_PAGE(
        exchange -> FaultyApi.answer(exchange, 200, "<!DOCTYPE html><title>Log in</title>"),
        "answered 200 with a page (HTML) instead of an object of the Kubernetes API"),
    NOTHING(
        exchange -> FaultyApi.answer(exchange, 200, ""),
        "answered 200 with nothing instead of an object"),
    TEXT(exchange -> FaultyApi.answer(exchange, 200, "ok"), "with text that is no JSON instead"),
    OTHER_JSON(exchange -> FaultyApi.answer(exchange, 200, "{\"up\":true}"), "with other JSON"),
    JSON_LIST(exchange -> FaultyApi.answer(exchange, 200, "[]"), "with other JSON"),
    ANOTHER_OBJECT(
        exchange -> FaultyApi.answer(exchange, 200, FaultyApi.status(200, "fine")),
        "a Status where a"),
    TOO_LARGE(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < 70; i++) {
            exchange.getResponseBody().write(blanks);
          }
          exchange.close();
        },
        "answered with more than 64 MB",
        // A busy machine needs some time for so much.
        Duration.ofSeconds(40)),
    RESET(HttpExchange::close, "does not answer"),
    HALF_AN_ANSWER(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("{\"kind\"".getBytes(StandardCharsets.UTF_8));
          throw new IOException("broken");
        },
        "does not answer");

    private final FaultyApi.Fault fault;
    private final String reason;
    private final Duration takes;

    Trouble(FaultyApi.Fault fault, String reason) {
      this(fault, reason, Duration.ofSeconds(2));
    }

    Trouble(FaultyApi.Fault fault, String reason, Duration takes) {
      this.fault = fault;
      this.reason = reason;
      this.takes = takes;
    }
  }

  /** How every watch is answered, while everything else works. */
  enum BadWatch {
    GONE(exchange -> FaultyApi.answer(exchange, 410, FaultyApi.status(410, "too old"))),
    GONE_WHILE_OPEN(
        exchange ->
            FaultyApi.answer(
                exchange,
                200,
                "{\"type\":\"ERROR\",\"object\":%s}\n"
                    .formatted(FaultyApi.status(410, "too old")))),
    ENDED_AT_ONCE(exchange -> FaultyApi.answer(exchange, 200, "\n")),
    BROKEN(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("{\"type\":\"MODI".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          throw new IOException("broken");
        });

    private final FaultyApi.Fault fault;

    BadWatch(FaultyApi.Fault fault) {
      this.fault = fault;
    }
  }

  @TempDir Path directory;
  private final AtomicInteger replicas = new AtomicInteger(2);
  private final Observations seen = new Observations();
  private volatile Optional<FaultyApi.Fault> trouble = Optional.empty();
  private volatile Optional<FaultyApi.Fault> badWatch = Optional.empty();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(ReadFaultsTest::daemon));
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @EnumSource
  void itIsToldWithItsReasonAndEndsByItself(Trouble kind) throws Exception {
    try (ClusterConnection connection = connect();
        ClusterSource source = connection.source(pace(kind.takes))) {
      source.watch(seen);
      known(2);
      trouble = Optional.of(kind.fault);
      Observed<Cluster> lost = seen.lost(Duration.ofSeconds(60), kind.reason);
      assertThat(lost.value()).isPresent();
      replicas.set(5);
      trouble = Optional.empty();
      known(5);
      seen.until(
          Duration.ofSeconds(60),
          one -> one.isKnown() && one.value().orElseThrow().operator().isKnown());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWatchOfNoUseKeepsNothingFromSight(BadWatch kind) throws Exception {
    badWatch = Optional.of(kind.fault);
    try (ClusterConnection connection = connect();
        ClusterSource source = connection.source(pace(Duration.ofSeconds(2)))) {
      source.watch(seen);
      known(2);
      replicas.set(5);
      known(5);
    }
  }

  private void known(int wanted) {
    seen.until(
        Duration.ofSeconds(60),
        one ->
            one.isKnown()
                && one.value().orElseThrow().deployment().orElseThrow().replicas() == wanted);
  }

  private static Heartbeat.Pace pace(Duration limit) {
    return new Heartbeat.Pace(Duration.ofMillis(400), Duration.ofMillis(200), limit);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString();
    boolean watch = uri.contains("watch=true");
    if (trouble.isPresent()) {
      trouble.get().happen(exchange);
    } else if (watch && badWatch.isPresent()) {
      badWatch.get().happen(exchange);
    } else if (watch) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
    } else if (uri.endsWith("/deployments/coder")) {
      FaultyApi.answer(exchange, 200, deployment());
    } else if (uri.contains("/leases/")) {
      FaultyApi.answer(exchange, 404, FaultyApi.status(404, "not found"));
    } else {
      FaultyApi.answer(
          exchange,
          200,
          "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[%s]}"
              .formatted(uri.contains("/deployments") ? deployment() : ""));
    }
  }

  private String deployment() {
    int now = replicas.get();
    return DEPLOYMENT.formatted(now, now, now);
  }

  private ClusterConnection connect() throws Exception {
    Path file = directory.resolve("config");
    Files.writeString(
        file,
        """
        current-context: c
        contexts: [{name: c, context: {cluster: c, namespace: coder}}]
        clusters: [{name: c, cluster: {server: 'http://127.0.0.1:%d'}}]
        """
            .formatted(server.getAddress().getPort()));
    return ClusterConnection.open(
        new ClusterOptions(Optional.of(file), Optional.empty(), Optional.empty(), "coder"),
        Map.of());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-reads");
    thread.setDaemon(true);
    return thread;
  }
}
