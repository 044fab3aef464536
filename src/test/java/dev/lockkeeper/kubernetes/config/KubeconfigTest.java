package dev.lockkeeper.kubernetes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {
  private static final String ONE =
      """
      apiVersion: v1
      kind: Config
      current-context: blue
      contexts:
      - {name: blue, context: {cluster: blue, user: anna, namespace: coder}}
      - {name: bare, context: {cluster: blue, user: anna}}
      - {name: lost, context: {cluster: nowhere, user: anna, namespace: coder}}
      clusters:
      - {name: blue, cluster: {server: 'https://blue.example:6443', certificate-authority: ca.pem}}
      users:
      - {name: anna, user: {token: first-secret}}
      """;
  private static final String TWO =
      """
      current-context: green
      contexts:
      - {name: blue, context: {cluster: green, user: bob, namespace: other}}
      - {name: green, context: {cluster: green, user: bob, namespace: other}}
      clusters:
      - {name: green, cluster: {server: 'https://green.example:6443'}}
      users:
      - {name: bob, user: {username: bob, password: pass}}
      - {name: anna, user: {token: second-secret}}
      """;

  @TempDir Path directory;

  @Test
  void theFirstFileThatHasANameWins() throws Exception {
    KubeContext target = target(options(), environment(write("one", ONE), write("two", TWO)));

    assertThat(target.context()).isEqualTo("blue");
    assertThat(target.namespace()).isEqualTo("coder");
    assertThat(target.server()).hasToString("https://blue.example:6443");
    assertThat(Credentials.of(target, Map.of()).authorization()).contains("Bearer first-secret");
  }

  /**
   * As minikube and others write them, with anything inside; even what is no object of a known
   * kind.
   */
  @Test
  void whatOthersKeepThereForThemselvesIsPassedOver() throws Exception {
    String extended =
        """
        current-context: blue
        extensions: [{name: x, extension: {apiVersion: nobody/v1, kind: Whatever}}]
        contexts:
        - name: blue
          context: {cluster: blue, user: anna, namespace: coder, extensions: [{name: x, extension: 7}]}
        clusters:
        - {name: blue, cluster: {server: 'https://blue.example:6443', extensions: [{name: x}]}}
        users:
        - {name: anna, user: {token: first-secret, extensions: [null]}}
        """;

    assertThat(target(options(), environment(write("one", extended))).namespace())
        .isEqualTo("coder");
  }

  @Test
  void aContextOfALaterFileCanBePicked() throws Exception {
    Map<String, String> environment = environment(write("one", ONE), write("two", TWO));
    KubeContext target = target(options("green", "there"), environment);

    assertThat(target.namespace()).isEqualTo("there");
    assertThat(target.server()).hasToString("https://green.example:6443");
    assertThat(Credentials.of(target, Map.of()).authorization())
        .contains("Basic " + Base64.getEncoder().encodeToString("bob:pass".getBytes()));
  }

  /** Whatever way the token is had; who sends none may go there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token: SECRET",
        "tokenFile: token",
        "{username: bob, password: SECRET}",
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: plugin}"
      })
  void overPlainHttpNoTokenIsSent(String user) throws Exception {
    String text =
        """
        current-context: c
        contexts: [{name: c, context: {cluster: c, user: u, namespace: n}}]
        clusters: [{name: c, cluster: {server: '%s://10.0.0.1:8080'}}]
        users: [{name: u, user: %s}]
        """;
    String words = user.startsWith("{") ? user : "{" + user + "}";
    KubeContext plain =
        target(options(), environment(write("plain", text.formatted("http", words))));
    assertThatThrownBy(() -> Credentials.of(plain, Map.of()))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("is http://")
        .hasMessageNotContaining("SECRET");
    KubeContext safe =
        target(options(), environment(write("safe", text.formatted("https", words))));
    assertThat(Credentials.of(safe, Map.of())).isNotNull();
    KubeContext nobody =
        target(options(), environment(write("none", text.formatted("http", "{}"))));
    assertThat(Credentials.of(nobody, Map.of()).authorization()).isEmpty();
  }

  @Test
  void filesOfKubeconfigThatDoNotExistArePassedOver() throws Exception {
    Path missing = directory.resolve("missing");

    assertThat(target(options(), environment(missing, write("one", ONE))).context())
        .isEqualTo("blue");
    assertThatThrownBy(() -> target(options(), environment(missing)))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("does not exist");
  }

  @Test
  void theHomeDirectoryIsTheLastPlaceToLook() throws Exception {
    Files.createDirectory(directory.resolve(".kube"));
    write(".kube/config", ONE);

    assertThat(target(options(), Map.of("HOME", directory.toString())).context()).isEqualTo("blue");
  }

  /**
   * Commands that are shown name the files that kubectl would not find by itself, and no others.
   */
  @Test
  void commandsNameTheFilesThatHaveTheContext() throws Exception {
    Files.createDirectory(directory.resolve(".kube"));
    Path home = write(".kube/config", ONE);
    Map<String, String> plain = Map.of("HOME", directory.toString());
    assertThat(target(options(), plain).named(plain)).as("kubectl finds it").isEmpty();

    Path two = write("two", TWO);
    Map<String, String> both =
        Map.of("HOME", directory.toString(), "KUBECONFIG", home + File.pathSeparator + two);
    assertThat(target(options(), both).named(both))
        .as("the other file has nothing of this context")
        .containsExactly(home.toString());
    assertThat(target(options("green", "there"), both).named(both)).containsExactly(two.toString());

    ClusterOptions named =
        new ClusterOptions(Optional.of(two), Optional.empty(), Optional.empty(), "coder");
    assertThat(target(named, plain).named(plain)).containsExactly(two.toString());
  }

  /** kubectl puts a context together from several files. */
  @Test
  void aContextOfSeveralFilesIsNamedByAllOfThem() throws Exception {
    Path context =
        write(
            "context",
            """
            current-context: blue
            contexts:
            - {name: blue, context: {cluster: blue, user: anna, namespace: coder}}
            """);
    Path one = write("one", ONE);
    Map<String, String> environment = environment(context, write("two", "users: []"), one);
    assertThat(target(options(), environment).named(environment))
        .containsExactly(context.toString(), one.toString());
  }

  @Test
  void withoutAnyKubeconfigTheSentenceSaysWhatToDo() {
    assertThatThrownBy(() -> target(options(), Map.of("HOME", directory.toString())))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("use --kubeconfig");
  }

  @Test
  void aNamedFileMustExist() {
    ClusterOptions options =
        new ClusterOptions(
            Optional.of(directory.resolve("gone")), Optional.empty(), Optional.empty(), "coder");

    assertThatThrownBy(() -> target(options, Map.of()))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Kubeconfig %s does not exist: correct --kubeconfig.",
            directory.resolve("gone").toString());
  }

  @Test
  void brokenYamlIsToldByFileAndLineWithoutItsText() throws Exception {
    Path broken = write("broken", "apiVersion: v1\nusers:\n- name: \"x\n  token: SECRET\n");

    assertThatThrownBy(() -> target(options(), environment(broken)))
        .isInstanceOf(ClusterException.class)
        .hasMessageMatching("(?s).*broken:\\d+ is not valid YAML.*")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void anUnknownContextIsAnsweredWithThoseThatThereAre() throws Exception {
    Map<String, String> environment = environment(write("one", ONE));

    assertThatThrownBy(() -> target(options("red", "coder"), environment))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("has no context red")
        .hasMessageContaining("one of blue, bare, lost");
  }

  @Test
  void aMissingNamespaceIsAskedForAndNotGuessed() throws Exception {
    Map<String, String> environment = environment(write("one", ONE));
    ClusterOptions bare =
        new ClusterOptions(Optional.empty(), Optional.of("bare"), Optional.empty(), "coder");

    assertThatThrownBy(() -> target(bare, environment))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("use --namespace");
  }

  @Test
  void aContextWithoutItsClusterIsToldSo() throws Exception {
    Map<String, String> environment = environment(write("one", ONE));

    assertThatThrownBy(() -> target(options("lost", "coder"), environment))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("names the cluster \"nowhere\"");
  }

  @Test
  void pathsInAKubeconfigStartAtItsOwnDirectory() throws Exception {
    write("ca.pem", "PEM");
    KubeContext target = target(options(), environment(write("one", ONE)));

    assertThat(target.certificateAuthority())
        .contains(Base64.getEncoder().encodeToString("PEM".getBytes()));
  }

  @Test
  void aMissingCertificateFileIsNamed() throws Exception {
    KubeContext target = target(options(), environment(write("one", ONE)));

    assertThatThrownBy(target::certificateAuthority)
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(directory.resolve("ca.pem").toString());
  }

  @Test
  void aTokenFileIsReadAnew() throws Exception {
    Path token = write("token", "old\n");
    String text = ONE.replace("token: first-secret", "tokenFile: token, token: unused");
    Credentials credentials =
        Credentials.of(target(options(), environment(write("one", text))), Map.of());

    assertThat(credentials.authorization()).contains("Bearer old");
    assertThat(credentials.renew("Bearer old")).isFalse();
    Files.writeString(token, "new\n");
    assertThat(credentials.renew("Bearer old")).isTrue();
    assertThat(credentials.authorization()).contains("Bearer new");
  }

  @Test
  void aPodOfTheClusterUsesItsServiceAccount() throws Exception {
    write("token", "pod-token");
    write("namespace", "coder\n");
    Map<String, String> environment =
        Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443");
    KubeContext target = KubeContext.inCluster(options(), environment, directory);

    assertThat(target.context()).isEqualTo("in-cluster");
    assertThat(target.namespace()).isEqualTo("coder");
    assertThat(target.server()).hasToString("https://10.0.0.1:443");
    assertThat(Credentials.of(target, Map.of()).authorization()).contains("Bearer pod-token");
  }

  private static KubeContext target(ClusterOptions options, Map<String, String> environment)
      throws ClusterException {
    return KubeContext.find(options, environment);
  }

  private static ClusterOptions options() {
    return new ClusterOptions(Optional.empty(), Optional.empty(), Optional.empty(), "coder");
  }

  private static ClusterOptions options(String context, String namespace) {
    return new ClusterOptions(
        Optional.empty(), Optional.of(context), Optional.of(namespace), "coder");
  }

  private static Map<String, String> environment(Path... files) {
    StringBuilder joined = new StringBuilder();
    for (Path file : files) {
      joined.append(file).append(File.pathSeparator);
    }
    return Map.of("KUBECONFIG", joined.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
