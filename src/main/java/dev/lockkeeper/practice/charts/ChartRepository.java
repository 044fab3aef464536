package dev.lockkeeper.practice.charts;

import dev.lockkeeper.practice.charts.Chart.Line;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The repositories of both lines, by HTTP on a random port of 127.0.0.1. As with the real ones,
 * that of v1 is at the bare host and that of v2 below it, and the chart is called the same in both.
 *
 * <pre>
 *   /index.yaml      /charts/coder-1.44.3.tgz
 *   /v2/index.yaml   /v2/charts/coder-2.29.3.tgz
 * </pre>
 */
public final class ChartRepository implements AutoCloseable {
  private static final String CREATED = "2026-01-01T00:00:00Z";

  private final Undertow undertow;
  private final Map<String, Chart> archives = new HashMap<>();
  private final Map<Line, List<Chart>> charts;

  /**
   * A repository that is up.
   *
   * @param versions the versions of Coder that it has charts of, of both lines
   */
  public static ChartRepository start(List<String> versions) {
    ChartRepository repository = new ChartRepository(versions);
    repository.undertow.start();
    return repository;
  }

  private ChartRepository(List<String> versions) {
    List<Chart> all = versions.stream().map(Chart::of).toList();
    charts = Map.of(Line.V1, ofLine(all, Line.V1), Line.V2, ofLine(all, Line.V2));
    all.forEach(chart -> archives.put(path(chart.line()) + file(chart), chart));
    undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(exchange -> exchange.dispatch((HttpServerExchange one) -> answer(one)))
            .build();
  }

  private static List<Chart> ofLine(List<Chart> all, Line line) {
    return all.stream().filter(chart -> chart.line() == line).toList();
  }

  private static String path(Line line) {
    return switch (line) {
      case V1 -> "/";
      case V2 -> "/v2/";
    };
  }

  private static String file(Chart chart) {
    return "charts/" + Chart.NAME + "-" + chart.version() + ".tgz";
  }

  /** The URL of the repository of a line, as {@code helm repo add} takes it. */
  public String url(Line line) {
    int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    String path = path(line);
    return "http://127.0.0.1:" + port + path.substring(0, path.length() - 1);
  }

  private void answer(HttpServerExchange exchange) {
    Optional<byte[]> content = content(exchange.getRequestPath());
    if (content.isEmpty()) {
      exchange.setStatusCode(404).endExchange();
      return;
    }
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
    exchange.getResponseSender().send(ByteBuffer.wrap(content.get()));
  }

  private Optional<byte[]> content(String path) {
    for (Line line : Line.values()) {
      if (path.equals(path(line) + "index.yaml")) {
        return Optional.of(index(line).getBytes(StandardCharsets.UTF_8));
      }
    }
    return Optional.ofNullable(archives.get(path)).map(ChartArchive::pack);
  }

  /**
   * The list of what a repository has. It is put together as text: a world writes it when it
   * starts, and must not be kept waiting by a hundred charts. Digests, which nobody has to give,
   * are left out.
   */
  String index(Line line) {
    StringBuilder text =
        new StringBuilder("apiVersion: v1\ngenerated: \"" + CREATED + "\"\nentries:\n");
    text.append("  ").append(Chart.NAME).append(":\n");
    String metadata = Chart.template(line);
    for (Chart chart : charts.get(line)) {
      String entry =
          metadata.replace("VERSION", chart.version())
              + "created: \""
              + CREATED
              + "\"\nurls: ["
              + file(chart)
              + "]\n";
      text.append("  - ").append(entry.strip().replace("\n", "\n    ")).append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    undertow.stop();
  }
}
