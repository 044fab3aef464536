package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.practice.charts.Chart.Line;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Helm asks repositories that are not as they should be. */
class ChartLookupTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(HelmProgram.bundled().isPresent(), "there is no Helm for this machine");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.stop(0);
    }
  }

  private String answering(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void aRepositoryThatWantsALoginIsToldSo() {
    assertThat(asked(answering(401, "")).chart().reason())
        .contains("wants a login (401)", "helm registry login");
  }

  @Test
  void aWebPageIsNoRepository() {
    assertThat(asked(answering(200, "<!DOCTYPE html><html><body>Log in: x</body></html>")).chart())
        .extracting(Observed::reason)
        .asString()
        .contains("is no chart repository");
  }

  @Test
  void anAddressWithoutAnIndexIsToldAsOne() {
    assertThat(asked(answering(404, "")).chart().reason()).contains("has no index.yaml (404)");
  }

  @Test
  void whereNobodyListensNobodyAnswers() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThat(asked("http://127.0.0.1:" + free).chart().reason())
        .contains("does not answer (connection refused)");
  }

  @Test
  void aRepositoryWithoutTheVersionTellsItsNewest() throws IOException {
    try (dev.lockkeeper.practice.charts.ChartRepository charts =
        dev.lockkeeper.practice.charts.ChartRepository.start(List.of("2.27.1", "2.28.3"))) {
      Helm helm = asked(charts.url(Line.V2));
      assertThat(helm.chart().value()).contains(Optional.empty());
      assertThat(helm.charts().newestChart()).contains("2.28.3");
    }
  }

  /** One that takes the question and says nothing is left when nobody waits any more. */
  @Test
  void whatHangsIsEndedWithTheLooking() throws Exception {
    Path asked = directory.resolve("asked");
    Path helm = directory.resolve("helm");
    Files.writeString(
        helm,
        """
        #!/bin/sh
        [ "$1" = version ] && echo v3.19.0 && exit
        echo $$ > %1$s.half && mv %1$s.half %1$s
        exec sleep 600
        """
            .formatted(asked));
    helm.toFile().setExecutable(true);
    AtomicReference<Observed<Helm>> seen = new AtomicReference<>();
    HelmSource source =
        new HelmSource(
            desk(new HelmProgram(Optional.of(helm)), "https://charts.example.invalid"), seen::set);
    await().atMost(LONG).until(() -> Files.exists(asked));
    long pid = Long.parseLong(Files.readString(asked).strip());
    source.close();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(directory.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void whatIsNoAddressOfChartsIsNotTaken() {
    assertThat(List.of(ChartRepository.V1, ChartRepository.V2, "oci://ghcr.io/coder/chart/coder"))
        .allMatch(url -> ChartRepository.trouble(url).isEmpty());
    assertThat(List.of("coder-v2/coder", "helm.coder.com/v2", "https://", "file:///x", "https:///"))
        .allSatisfy(
            url -> assertThat(ChartRepository.trouble(url)).hasValueSatisfying(contains(url)));
    assertThat(ChartRepository.trouble("https://me:canary@charts.example.invalid"))
        .hasValueSatisfying(
            text -> assertThat(text).contains("helm registry login").doesNotContain("canary"));
  }

  private static Consumer<String> contains(String url) {
    return text -> assertThat(text).contains(url, "oci://", ChartRepository.V2);
  }

  private HelmConfig desk(HelmProgram program, String repository) {
    return new HelmConfig(
        Optional.of(program),
        directory.resolve("runs"),
        repository,
        "2.29.3",
        Optional.empty(),
        () -> "");
  }

  private Helm asked(String repository) {
    AtomicReference<Observed<Helm>> seen = new AtomicReference<>(Observed.notYet(Instant.EPOCH));
    HelmSource source =
        new HelmSource(desk(HelmProgram.bundled().orElseThrow(), repository), seen::set);
    try {
      await()
          .atMost(LONG)
          .until(() -> seen.get().value().filter(helm -> !helm.chart().isPending()).isPresent());
    } finally {
      source.close();
    }
    return seen.get().value().orElseThrow();
  }
}
