package dev.lockkeeper.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A chart with one Deployment, which is called like the release, and a repository that has it. Its
 * pods fit onto no node: whatever replicas are wanted, no image is pulled and none gets ready.
 */
final class SmallChart implements AutoCloseable {
  static final String NAME = "small";
  static final String OLD = "2.1.0";
  static final String NEW = "2.2.0";

  /** One that wants a value that nobody gave. */
  static final String DEMANDING = "2.3.0";

  static final String DEMAND = "say where the database is";

  static final String IMAGE = "lockkeeper.invalid/small:";
  private static final List<String> VERSIONS = List.of(OLD, NEW, DEMANDING);
  private static final String TEMPLATE =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: {{ .Release.Name }}
      spec:
        replicas: {{ .Values.coder.replicaCount }}
        selector:
          matchLabels: {app: {{ .Release.Name | quote }}}
        template:
          metadata:
            labels: {app: {{ .Release.Name | quote }}}
          spec:
            nodeSelector: {lockkeeper.dev/node: none}
            containers:
              - name: coder
                image: "lockkeeper.invalid/small:{{ .Values.coder.image.tag | default (print "v" .Chart.Version) }}"
                imagePullPolicy: Never
                {{- with .Values.coder.livenessProbe }}
                {{- if .enabled }}
                livenessProbe:
                  httpGet: {path: /healthz, port: 8080}
                  initialDelaySeconds: {{ .initialDelaySeconds }}
                {{- end }}
                {{- end }}
      """;

  private final HttpServer server;

  /** Serves it on a random port of this machine. */
  SmallChart() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/index.yaml", index().getBytes(StandardCharsets.UTF_8));
    for (String version : VERSIONS) {
      serve("/" + archive(version), packed(version));
    }
    server.start();
  }

  private static String archive(String version) {
    return NAME + "-" + version + ".tgz";
  }

  private static String index() {
    return VERSIONS.stream()
        .map("  - {apiVersion: v2, name: small, version: %1$s, urls: [small-%1$s.tgz]}"::formatted)
        .collect(Collectors.joining("\n", "apiVersion: v1\nentries:\n  small:\n", "\n"));
  }

  private void serve(String path, byte[] content) {
    server.createContext(path, exchange -> answer(exchange, content));
  }

  private static void answer(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  /** The repository's URL. */
  String repository() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Puts one version into a folder, as {@code helm pull --untar} would. */
  static Path unpacked(String version, Path directory) throws IOException {
    Path root = directory.resolve("chart-" + version);
    for (Map.Entry<String, String> file : files(version).entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return root;
  }

  private static Map<String, String> files(String version) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "Chart.yaml",
        "apiVersion: v2\nname: %1$s\nversion: %2$s\nappVersion: %2$s\n".formatted(NAME, version));
    files.put(
        "values.yaml",
        "coder: {replicaCount: 0, image: {tag: ''}, livenessProbe: {enabled: false}}\n");
    files.put(
        "templates/deployment.yaml",
        version.equals(DEMANDING) ? "{{ fail \"%s\" }}".formatted(DEMAND) : TEMPLATE);
    return files;
  }

  private static byte[] packed(String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (Map.Entry<String, String> file : files(version).entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(NAME + "/" + file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
