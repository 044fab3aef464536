package dev.lockkeeper.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Resources;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody who looks at a practice world past the wizard: by clients of their own, and in what the
 * API server wrote down.
 *
 * @param world the world's directory
 */
record Witness(Path world) {
  /** The Deployment as the cluster's administrator sees it. */
  Deployment deployment() {
    try (KubernetesClient cluster = administrator()) {
      return coder(cluster).get();
    }
  }

  /** What Helm has noted of its release, oldest first. */
  List<HelmRecord> revisions() {
    try (KubernetesClient cluster = administrator()) {
      return HelmRecord.all(cluster);
    }
  }

  /** The pods, by what tells one that was started anew: {@code NAME UID}. */
  List<String> pods() {
    try (KubernetesClient cluster = administrator()) {
      return cluster.pods().inNamespace("coder").list().getItems().stream()
          .map(pod -> pod.getMetadata().getName() + " " + pod.getMetadata().getUid())
          .sorted()
          .toList();
    }
  }

  /** Lets Helm's records go, as where Helm keeps them elsewhere: what they say has to be asked. */
  void hideReleases() {
    try (KubernetesClient cluster = administrator()) {
      cluster.secrets().inNamespace("coder").withLabel("owner", "helm").delete();
    }
  }

  /** Does something to the cluster that the wizard knows nothing of. */
  void scale(int replicas) {
    try (KubernetesClient cluster = administrator()) {
      coder(cluster).scale(replicas);
    }
  }

  /** Sets the image of a running Deployment, as a careless upgrade does. */
  void upgradeCarelessly(String image) {
    try (KubernetesClient cluster = administrator()) {
      coder(cluster)
          .edit(
              old ->
                  new DeploymentBuilder(old)
                      .editSpec()
                      .editTemplate()
                      .editSpec()
                      .editFirstContainer()
                      .withImage(image)
                      .endContainer()
                      .endSpec()
                      .endTemplate()
                      .endSpec()
                      .build());
    }
  }

  /** Lets the builds that run be through, which would take them most of a minute. */
  void endBuilds() {
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE provisioner_jobs SET completed_at = now() WHERE completed_at IS NULL");
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The first column of what the database answers. */
  List<String> ask(String question) {
    try (Connection connection = database();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      List<String> values = new ArrayList<>();
      while (answer.next()) {
        values.add(answer.getString(1));
      }
      return values;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /**
   * What this user wrote to the cluster, or tried to, oldest first: neither dry runs nor the lease,
   * which is renewed all the time.
   */
  List<RequestLog.Entry> writesBy(String user) {
    return new RequestLog(world.resolve("requests.jsonl"))
        .writes().stream()
            .filter(request -> request.user().equals(user))
            .filter(request -> !request.path().contains("/" + Resources.LEASES.plural()))
            .toList();
  }

  /** What a JSON patch does, an operation a line: {@code test /spec/replicas 3}. */
  static List<String> operations(RequestLog.Entry request) {
    List<String> operations = new ArrayList<>();
    for (JsonNode operation : request.body().orElseThrow()) {
      operations.add(
          String.join(
              " ",
              operation.get("op").asText(),
              operation.get("path").asText(),
              operation.path("value").asText()));
    }
    return operations;
  }

  /** The URL of the database, with its password. */
  String databaseUrl() {
    return read(world.resolve("database.url")).strip();
  }

  String password() {
    return URI.create(databaseUrl()).getUserInfo().split(":")[1];
  }

  /** The journal of the only run below this folder. */
  static List<Entry> journal(Path runs) {
    try {
      return JournalFile.read(journalFile(runs));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Path journalFile(Path runs) {
    try (Stream<Path> files = Files.walk(runs)) {
      return files
          .filter(file -> file.getFileName().toString().equals("journal.jsonl"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("there is no journal below " + runs));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** All files of this name below a folder. */
  static List<Path> files(Path folder, String name) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.getFileName().toString().equals(name)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The process in which the world lives. */
  ProcessHandle process() {
    long pid = Long.parseLong(read(world.resolve("pid")).split(" ")[0]);
    return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("the world has ended"));
  }

  /** A session of the role that coderd has by its Secret; closed by the caller. */
  Connection coderd() throws SQLException {
    try (KubernetesClient administrator = administrator()) {
      String secret =
          administrator
              .secrets()
              .inNamespace("coder")
              .withName("coder-db-url")
              .get()
              .getData()
              .get("url");
      String url = new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8);
      return connect(URI.create(url).getUserInfo());
    }
  }

  private Connection database() throws SQLException {
    return connect(URI.create(databaseUrl()).getUserInfo());
  }

  private Connection connect(String userInfo) throws SQLException {
    URI url = URI.create(databaseUrl());
    String[] account = userInfo.split(":");
    String address =
        "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath());
    return DriverManager.getConnection(address, account[0], account[1]);
  }

  private KubernetesClient administrator() {
    Config config = Config.fromKubeconfig(world.resolve("kubeconfig.admin").toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static RollableScalableResource<Deployment> coder(KubernetesClient cluster) {
    return cluster.apps().deployments().inNamespace("coder").withName("coder");
  }
}
