package dev.lockkeeper.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch that is open and never says anything, beside a server that answers every question. */
class SilentWatchTest {
  private static final String DEPLOYMENT =
      """
      {"kind":"Deployment","metadata":{"name":"coder","uid":"u1","resourceVersion":"%d","generation":%d},
       "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"coder"}},
         "template":{"spec":{"containers":[{"name":"coder","image":"coder:1"}]}}}}
      """;

  @TempDir Path directory;
  private final AtomicInteger replicas = new AtomicInteger(2);
  private final AtomicInteger watches = new AtomicInteger();

  @Test
  void itIsFoundOutByTheHeartbeatAndBegunAnew() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(SilentWatchTest::daemon));
    server.createContext("/", this::handle);
    server.start();
    Heartbeat.Pace pace =
        new Heartbeat.Pace(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(2));
    try (ClusterConnection connection = connect(server.getAddress().getPort());
        ClusterSource source = connection.source(pace)) {
      Observations seen = new Observations();
      source.watch(seen);
      seen.known(one -> one.deployment().get().replicas() == 2);
      TimeUnit.SECONDS.sleep(1);
      assertThat(watches).as("a quiet cluster is left in peace").hasValue(4);

      replicas.set(5);
      seen.known(one -> one.deployment().get().replicas() == 5);
    } finally {
      server.stop(0);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString();
    if (uri.contains("watch=true")) {
      watches.incrementAndGet();
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
    } else if (uri.endsWith("/deployments/coder")) {
      FaultyApi.answer(exchange, 200, deployment());
    } else if (uri.contains("/deployments")) {
      pause(1500); // Longer than two heartbeats: a slow list must be waited for.
      FaultyApi.answer(exchange, 200, list(deployment()));
    } else {
      FaultyApi.answer(exchange, 200, list(""));
    }
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String deployment() {
    int now = replicas.get();
    return DEPLOYMENT.formatted(now, now, now);
  }

  private static String list(String items) {
    return "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[%s]}".formatted(items);
  }

  private ClusterConnection connect(int port) throws Exception {
    String text =
        """
        current-context: c
        contexts: [{name: c, context: {cluster: c, namespace: coder}}]
        clusters: [{name: c, cluster: {server: 'http://127.0.0.1:%d'}}]
        """
            .formatted(port);
    Path file = directory.resolve("config");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return ClusterConnection.open(
        new ClusterOptions(Optional.of(file), Optional.empty(), Optional.empty(), "coder"),
        Map.of());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "silent-api");
    thread.setDaemon(true);
    return thread;
  }
}
