package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A running server with a Deployment that nobody reconciles, and clients for each user. */
final class Served implements AutoCloseable {
  final Store store = new Store();
  final Logs logs = new Logs();
  final User admin = User.admin();
  final User operator = User.operator("coder", "coder", "coder-db-url");
  final User viewer = User.viewer("coder");
  final RequestLog requests;
  final ApiServer server;
  private final Path directory;

  Served(Path directory) throws IOException {
    this.directory = directory;
    requests = new RequestLog(directory.resolve("requests.jsonl"));
    server = ApiServer.start(store, logs, List.of(admin, operator, viewer), requests);
    store.create(read("namespace.json"));
    store.create(read("deployment.json"));
  }

  static ObjectNode read(String resource) {
    try (var in = Served.class.getResourceAsStream(resource)) {
      return (ObjectNode) Json.MAPPER.readTree(in);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static ObjectNode pod(String name) {
    ObjectNode pod = read("pod.json");
    Json.metadata(pod).put("name", name);
    return pod;
  }

  Path kubeconfig(User user) {
    Path file = directory.resolve(user.name() + ".yaml");
    try {
      server.writeKubeconfig(file, user);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return file;
  }

  KubernetesClient client(User user) {
    try {
      Config config = Config.fromKubeconfig(Files.readString(kubeconfig(user)));
      config.setRequestRetryBackoffLimit(0);
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
