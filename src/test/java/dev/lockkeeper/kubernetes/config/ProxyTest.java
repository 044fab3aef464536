package dev.lockkeeper.kubernetes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.Main;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.ConnectProxy;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a proxy is on the way to the API server, by the rules of kubectl and Helm. */
class ProxyTest {
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://localhost:6443      | ''                         | true",
        "https://127.9.9.9           | ''                         | true",
        "https://[::1]:6443          | ''                         | true",
        "https://api.example         | ''                         | false",
        "https://api.example         | *                          | true",
        "https://api.example         | other, *                   | true",
        "https://api.example         | api.example                | true",
        "https://API.Example         | api.EXAMPLE                | true",
        "https://api.example         | example                    | true",
        "https://api.example         | ample                      | false",
        "https://api.example         | .example                   | true",
        "https://example             | .example                   | false",
        "https://api.example         | *.example                  | true",
        "https://example             | *.example                  | false",
        "https://api.example:6443    | api.example:6443           | true",
        "https://api.example:6443    | api.example:443            | false",
        "https://api.example         | api.example:443            | true",
        "http://api.example          | api.example:80             | true",
        "https://api.example:6443    | .example:6443              | true",
        "https://10.1.2.3            | 10.0.0.0/8                 | true",
        "https://11.1.2.3            | 10.0.0.0/8                 | false",
        "https://10.1.2.3            | 10.1.2.0/23                | true",
        "https://10.1.2.3            | 10.1.2.3                   | true",
        "https://10.1.2.3:6443       | 10.1.2.3:443               | false",
        "https://10.1.2.3            | 10.0.0.0/99                | false",
        "https://10.1.2.3            | 0.0.0.0/0                  | true",
        "https://[fd00::1]           | fd00::/8                   | true",
        "https://[fd00::1]           | fd00::1                    | true",
        "https://[fd00::1]:6443      | [fd00::1]:6443             | true",
        "https://[fd00::1]           | 10.0.0.0/8                 | false",
        "https://api.example         | /,10/8,:443,[,.,a/b,,*.    | false",
        "https://10.example          | 10.0.0.0/8                 | false",
      })
  void noProxyIsReadAsGoClientsReadIt(String server, String list, boolean straight) {
    assertThat(NoProxy.of(list).covers(URI.create(server.strip()))).isEqualTo(straight);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
  void thisMachineIsNeverReachedThroughAProxy(String variable) throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(practice.server.port(), "200 OK")) {
      assertThat(reached(Map.of(variable, url(proxy))).isKnown()).isTrue();
      assertThat(proxy.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
  void anotherMachineIsReachedThroughTheProxyOfTheEnvironment(String variable) throws Exception {
    server("https://api.example");
    try (ConnectProxy proxy = new ConnectProxy(practice.server.port(), "200 OK")) {
      assertThat(reached(Map.of(variable, url(proxy), "HTTP_PROXY", "http://nobody:1")).isKnown())
          .isTrue();
      assertThat(proxy.asked()).first().asString().startsWith("CONNECT api.example:443 ");
      String without = url(proxy).substring("http://".length());
      assertThat(reached(Map.of(variable, without)).isKnown()).as("no scheme is http").isTrue();
    }
  }

  @Test
  void theProxyOfTheKubeconfigGoesBeforeTheEnvironment() throws Exception {
    server("https://api.example");
    try (ConnectProxy proxy = new ConnectProxy(practice.server.port(), "200 OK")) {
      edit("(server: \\S+)", "$1\n    proxy-url: " + url(proxy));
      assertThat(reached(Map.of("HTTPS_PROXY", "http://nobody:1", "NO_PROXY", "*")).isKnown())
          .isTrue();
      assertThat(proxy.asked()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 Forbidden | refuses to connect there, with 403: it may not be used for this host; ask"
            + " who runs it",
        "502 Bad Gateway | refuses to connect there, with 502: it does not reach the host; ask who"
            + " runs it",
        "418 Tea | refuses to connect there, with 418; ask who runs it",
      })
  void aProxyThatRefusesIsToldAsThat(String answer, String told) throws Exception {
    server("https://api.example");
    try (ConnectProxy proxy = new ConnectProxy(practice.server.port(), answer)) {
      assertThat(first(Map.of("HTTPS_PROXY", url(proxy))).reason())
          .contains("proxy", told)
          .doesNotContain("certificate");
    }
  }

  /** Java gives this to its caller as if the server had answered it. */
  @ParameterizedTest
  @CsvSource({
    "https://api.example, '', 'Proxy-Authenticate: Basic realm=\"x\"'",
    "https://api.example, me:secret@, 'Proxy-Authenticate: Basic realm=\"x\"'",
    "https://api.example, '', 'Proxy-Authenticate: Negotiate'",
    "https://api.example, '', 'Via: x'",
    "http://api.example, '', 'Proxy-Authenticate: Basic realm=\"x\"'",
    "http://api.example, me:secret@, 'Proxy-Authenticate: Basic realm=\"x\"'",
  })
  void aProxyThatWantsAPasswordIsToldWithWhatToDo(String server, String user, String header)
      throws Exception {
    server(server);
    edit("token: \\S+", "as-nobody: x");
    String answer = "407 Proxy Authentication Required\r\n%s\r\nContent-Length: 0";
    try (ConnectProxy proxy = new ConnectProxy(practice.server.port(), answer.formatted(header))) {
      String url = url(proxy).replace("http://", "http://" + user);
      assertThat(first(Map.of("HTTPS_PROXY", url, "HTTP_PROXY", url)).reason())
          .contains("API server %s is not reached: the proxy 127.0.0.1".formatted(server))
          .contains(
              "refuses to connect there, with 407: it wants a user and a password, or others than"
                  + " its URL")
          .doesNotContain("secret");
    }
  }

  @Test
  void aProxyThatIsNotThereIsToldWithItsName() throws Exception {
    server("https://api.example");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(first(Map.of("HTTPS_PROXY", "http://me:secret@127.0.0.1:" + port)).reason())
        .isEqualTo(
            "API server https://api.example is not reached: the proxy 127.0.0.1:%d (HTTPS_PROXY)"
                + " does not answer: connection refused",
            port);
  }

  /** Java has to be told so before it speaks to anybody, which the program itself does. */
  @Test
  void userAndPasswordOfTheUrlAreGivenToTheProxy() throws Exception {
    server("https://api.example");
    try (ConnectProxy proxy = new ConnectProxy(practice.server.port(), "200 OK")) {
      Process program = check(url(proxy).replace("http://", "http://me:secret@"));
      try {
        await().atMost(Duration.ofSeconds(30)).until(() -> !proxy.asked().isEmpty());
      } finally {
        program.destroyForcibly().waitFor();
      }
      String basic =
          Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.US_ASCII));
      assertThat(proxy.asked()).first().asString().contains("Basic " + basic);
    }
  }

  private Process check(String proxy) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "check",
            "--kubeconfig",
            kubeconfig.toString(),
            "--deployment",
            "coder");
    builder.environment().put("HTTPS_PROXY", proxy);
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
    builder.environment().put("PATH", "/nowhere");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("said").toFile())
        .start();
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://proxy:1080, 'socks5, and only http:// is supported here'",
    "https://proxy:3128, 'https, and only http:// is supported here'",
    "http://, must be like http://host:port",
    "http://me:secret@ x, must be like http://host:port",
  })
  void aProxyThatCannotBeUsedIsRefused(String proxy, String told) throws Exception {
    server("https://api.example");
    assertThatThrownBy(() -> open(Map.of("HTTPS_PROXY", proxy)))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageContaining(told)
        .hasMessageNotContaining("secret");
  }

  private static String url(ConnectProxy proxy) {
    return "http://127.0.0.1:" + proxy.port();
  }

  /** The name in the certificate is another one; that is not what is tried here. */
  private void server(String url) throws IOException {
    edit("server: \\S+", "server: " + url);
    edit("certificate-authority-data: \\S+", "insecure-skip-tls-verify: true");
  }

  private void edit(String pattern, String replacement) throws IOException {
    String text = Files.readString(kubeconfig);
    String edited = text.replaceAll(pattern, replacement);
    assertThat(edited).isNotEqualTo(text);
    Files.writeString(kubeconfig, edited);
  }

  private ClusterConnection open(Map<String, String> environment) throws ClusterException {
    return ClusterConnection.open(
        new ClusterOptions(Optional.of(kubeconfig), Optional.empty(), Optional.empty(), "coder"),
        environment);
  }

  /** What is known, as soon as it is: a slow machine may miss the first answer. */
  private Observed<Cluster> reached(Map<String, String> environment) throws ClusterException {
    return seen(environment, Observed::isKnown);
  }

  private Observed<Cluster> first(Map<String, String> environment) throws ClusterException {
    return seen(environment, one -> !one.reason().equals("not read yet"));
  }

  private Observed<Cluster> seen(
      Map<String, String> environment, Predicate<Observed<Cluster>> sought)
      throws ClusterException {
    try (ClusterConnection connection = open(environment);
        ClusterSource source = connection.source()) {
      Observations seen = new Observations();
      source.watch(seen);
      return seen.until(Duration.ofSeconds(60), sought);
    }
  }
}
