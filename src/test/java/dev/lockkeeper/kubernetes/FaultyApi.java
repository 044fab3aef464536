package dev.lockkeeper.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.change.KubernetesOperations;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.kubernetes.config.HttpFactory;
import dev.lockkeeper.kubernetes.config.KubeContext;
import dev.lockkeeper.kubernetes.config.Kubeconfig;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import io.fabric8.kubernetes.api.model.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that shows one object and treats writes as badly as it is told to. */
public final class FaultyApi implements AutoCloseable {
  /** What happens to a write. */
  public interface Fault {
    void happen(HttpExchange exchange) throws IOException;
  }

  /** How long an answer may take. */
  public static final Duration LIMIT = Duration.ofMillis(2500);

  public final List<String> writes = new CopyOnWriteArrayList<>();
  public final List<String> reads = new CopyOnWriteArrayList<>();
  public final List<String> agents = new CopyOnWriteArrayList<>();
  public volatile String shown;

  /** What happens to a read; it shows the object unless it is told otherwise. */
  public volatile Fault reading = exchange -> answer(exchange, 200, shown);

  private final HttpServer server;
  private volatile Fault fault = exchange -> answer(exchange, 500, "");

  public FaultyApi(String shown) throws IOException {
    this.shown = shown;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "faulty-api");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::handle);
    server.start();
  }

  public void on(Fault next) {
    fault = next;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
    if (exchange.getRequestMethod().equals("GET")) {
      reads.add(exchange.getRequestURI().toString());
      reading.happen(exchange);
    } else {
      writes.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      fault.happen(exchange);
    }
  }

  public static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public static String status(int code, String message) {
    return "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":%d,\"message\":\"%s\"}"
        .formatted(code, message);
  }

  public KubernetesOperations operations(Credentials credentials) throws ClusterException {
    ApiServer api = api(credentials);
    LeaseElector.Pace pace =
        new LeaseElector.Pace(
            Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(30), LIMIT);
    LeaseElector seat = new LeaseElector(api, "coder", "coder", pace);
    seat.as("me");
    return new KubernetesOperations(api, seat, LIMIT);
  }

  public ApiServer api(Credentials credentials) throws ClusterException {
    Cluster cluster = new Cluster();
    cluster.setServer("http://127.0.0.1:" + server.getAddress().getPort());
    KubeContext target =
        new KubeContext(
            "faulty",
            List.of(),
            "coder",
            new Kubeconfig.Entry<>(cluster, Path.of("kubeconfig")),
            Optional.empty());
    return new ApiServer(
        target.server(),
        HttpFactory.client(target, credentials, Optional.empty()),
        Optional.empty());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
