package dev.lockkeeper.practice.coderd;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server's HTTP port. Like the original it is bound long before anything answers, so that a probe
 * in between runs into its time limit instead of being refused.
 */
final class Listener {
  static final int PORT = 8080;
  private static final int BACKLOG = 128;

  private final HttpServer server;
  private final ExecutorService threads;

  private Listener(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Binds the port; connections queue up in the kernel from now on. */
  static Listener bind(String address, String accessUrl, Release release) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address, PORT), BACKLOG);
    ExecutorService threads = Executors.newCachedThreadPool(Listener::daemon);
    server.setExecutor(threads);
    String build = release.build();
    String info =
        "{\"external_url\":\"https://github.com/coder/coder/releases/tag/"
            + release.version()
            + "\",\"version\":\""
            + build
            + "\",\"dashboard_url\":\""
            + accessUrl
            + "\",\"telemetry\":false,\"workspace_proxy\":false,\"agent_api_version\":\"1.0\","
            + "\"provisioner_api_version\":\"1.0\",\"upgrade_message\":\"\","
            + "\"deployment_id\":\"practice\"}\n";
    server.createContext("/healthz", exchange -> answer(exchange, build, "text/plain", "OK"));
    server.createContext(
        "/api/v2/buildinfo", exchange -> answer(exchange, build, "application/json", info));
    return new Listener(server, threads);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "http");
    thread.setDaemon(true);
    return thread;
  }

  private static void answer(HttpExchange exchange, String build, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("X-Coder-Build-Version", build);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** From now on it answers. */
  void serve() {
    server.start();
  }

  /** Closes the port. */
  void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
