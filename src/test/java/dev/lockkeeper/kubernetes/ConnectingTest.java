package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Observed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kubeconfig says about TLS and credentials, tried against a server over HTTPS. */
class ConnectingTest {
  @TempDir Path directory;
  private PracticeCluster practice;
  private Path kubeconfig;

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
    kubeconfig = directory.resolve("config");
    practice.server.writeKubeconfig(kubeconfig, practice.operator);
  }

  @AfterEach
  void stop() {
    practice.close();
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotTrusted() throws Exception {
    edit("certificate-authority-data: \\S+", "");

    assertThat(first().reason()).contains("shows a certificate that is not trusted");
  }

  @Test
  void anAuthorityInAFileIsTrusted() throws Exception {
    String text = Files.readString(kubeconfig);
    String data = text.replaceAll("(?s).*certificate-authority-data: (\\S+).*", "$1");
    Files.write(directory.resolve("ca.pem"), Base64.getDecoder().decode(data));
    edit("certificate-authority-data: \\S+", "certificate-authority: ca.pem");

    assertThat(first().isKnown()).isTrue();
  }

  @Test
  void theCheckOfCertificatesCanBeSwitchedOff() throws Exception {
    edit("certificate-authority-data: \\S+", "insecure-skip-tls-verify: true");

    assertThat(first().isKnown()).isTrue();
  }

  @Test
  void theNameInTheCertificateIsCheckedUnlessAnotherOneIsExpected() throws Exception {
    try (Relay tunnel = new Relay(InetAddress.getByName("127.0.0.2"), practice.server.port())) {
      edit("server: \\S+", "server: https://127.0.0.2:" + tunnel.port());
      assertThat(first().reason()).contains("shows a certificate that is not trusted");

      edit("(server: \\S+)", "$1\n    tls-server-name: elsewhere");
      assertThat(first().reason()).contains("shows a certificate that is not trusted");

      edit("elsewhere", "localhost");
      assertThat(first().isKnown()).isTrue();
    }
  }

  @Test
  void nobodyThereIsToldAsSuch() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    edit("server: \\S+", "server: https://127.0.0.1:" + port);

    assertThat(first().reason())
        .isEqualTo("API server https://127.0.0.1:%d does not answer: connection refused", port);
  }

  @Test
  void aRejectedTokenOfAPluginIsRenewedAndTheReadRepeated() throws Exception {
    plugin("[ -f runs ] && token='%s' || token=outdated; touch runs");

    assertThat(first().isKnown()).isTrue();
    assertThat(practice.requests.entries()).extracting(RequestLog.Entry::code).contains(401);
    assertThat(practice.requests.entries())
        .filteredOn(entry -> entry.code() == 200)
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.user()).isEqualTo("operator"));
  }

  @Test
  void aPluginThatIsSlowAndNoisyIsWaitedFor() throws Exception {
    plugin("echo 'you have mail' >&2; sleep 1; token='%s'");

    assertThat(first().isKnown()).isTrue();
  }

  @Test
  void aPluginThatCeasesToWorkIsToldAndMissedNoLongerThanItFails() throws Exception {
    // What it gives expires at once, so that it is asked for each request.
    plugin("[ -f broken ] && { echo 'please log in' >&2; exit 1; }; token='%s'");
    Path file = directory.resolve("plugin");
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "{\"token\":", "{\"expirationTimestamp\":\"2020-01-01T00:00:00Z\",\"token\":"));
    try (ClusterConnection connection = open();
        ClusterSource source = connection.source()) {
      Observations seen = new Observations();
      source.watch(seen);
      seen.known(any -> true);
      Files.createFile(directory.resolve("broken"));
      seen.lost(Duration.ofSeconds(15), "please log in");
      assertThat(
              connection
                  .operations()
                  .scale(
                      new ScaleRequest(
                          Contexts.in("coder"), "coder", practice.deploymentUid(), 2, 0))
                  .detail())
          .startsWith("nothing was sent: ")
          .contains("please log in");
      Files.delete(directory.resolve("broken"));
      seen.until(Duration.ofSeconds(20), Observed::isKnown);
    }
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void aPluginThatFailsIsToldWhenTheConnectionIsOpened() throws Exception {
    plugin("echo 'please log in' >&2; exit 1; %s");

    assertThatThrownBy(this::open)
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("failed with exit status 1: please log in");
  }

  @Test
  void brokenCertificateDataIsToldWithoutShowingIt() throws Exception {
    edit("certificate-authority-data: \\S+", "certificate-authority-data: U0VDUkVU");

    assertThatThrownBy(this::open)
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("check that it is PEM")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void theContextStaysTheOneThatWasOpened() throws Exception {
    try (ClusterConnection connection = open();
        ClusterSource source = connection.source()) {
      edit("current-context: practice", "current-context: elsewhere");
      edit("server: \\S+", "server: https://elsewhere.example");
      assertThat(first(source).isKnown()).isTrue();
    }
  }

  private void plugin(String script) throws IOException {
    String token = practice.operator.token();
    Path file =
        Files.writeString(
            directory.resolve("plugin"),
            "#!/bin/sh\ncd \"$(dirname \"$0\")\"\n%s\nprintf '{\"status\":{\"token\":\"%%s\"}}' \"$token\"\n"
                .formatted(script.formatted(token)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    edit(
        "token: \\S+",
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, args: []}");
  }

  private void edit(String pattern, String replacement) throws IOException {
    String text = Files.readString(kubeconfig);
    String edited = text.replaceAll(pattern, replacement);
    assertThat(edited).isNotEqualTo(text);
    Files.writeString(kubeconfig, edited);
  }

  private ClusterConnection open() throws ClusterException {
    return ClusterConnection.open(
        new ClusterOptions(Optional.of(kubeconfig), Optional.empty(), Optional.empty(), "coder"),
        System.getenv());
  }

  private Observed<Cluster> first() throws ClusterException {
    try (ClusterConnection connection = open();
        ClusterSource source = connection.source()) {
      return first(source);
    }
  }

  /** The first thing that is said after something was tried. */
  private static Observed<Cluster> first(ClusterSource source) {
    Observations seen = new Observations();
    source.watch(seen);
    return seen.until(Duration.ofSeconds(8), one -> !one.reason().equals("not read yet"));
  }
}
