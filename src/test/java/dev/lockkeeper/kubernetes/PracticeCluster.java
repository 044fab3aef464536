package dev.lockkeeper.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.practice.apiserver.ApiServer;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Role;
import dev.lockkeeper.practice.apiserver.Rule;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.practice.apiserver.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A small API server over HTTPS with one Coder Deployment, which nobody reconciles. */
public final class PracticeCluster implements AutoCloseable {
  public final Store store = new Store();
  public final User admin = User.admin();
  public final User operator = User.operator("coder", "coder", "coder-db-url");
  public final User viewer = User.viewer("coder");

  /** May read the Deployment, its ReplicaSets and its Pods, and not the events. */
  public final User shortsighted =
      User.of(
          "shortsighted",
          new Role(
              "coder",
              List.of(
                  Rule.of("apps", List.of("deployments", "replicasets"), "get", "list", "watch"),
                  Rule.of("", List.of("pods"), "get", "list", "watch"))));

  /** May read what is needed and no autoscalers. */
  public final User narrow =
      User.of(
          "narrow",
          new Role(
              "coder",
              List.of(
                  Rule.of("apps", List.of("deployments", "replicasets"), "get", "list", "watch"),
                  Rule.of("", List.of("pods", "events"), "get", "list", "watch"))));

  public final Logs logs = new Logs();
  public final RequestLog requests;
  public final ApiServer server;
  private final Path directory;

  public PracticeCluster(Path directory, User... more) throws IOException {
    this.directory = directory;
    List<User> users = new ArrayList<>(List.of(more));
    users.addAll(List.of(admin, operator, viewer, shortsighted, narrow));
    this.requests = new RequestLog(directory.resolve("requests.jsonl"));
    this.server = ApiServer.start(store, logs, users, requests);
    create("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"coder\"}}");
    create(
        """
        {"apiVersion":"apps/v1","kind":"Deployment",
         "metadata":{"name":"coder","namespace":"coder","labels":{"helm.sh/chart":"coder_helm-2.20.0"}},
         "spec":{"replicas":2,
           "selector":{"matchLabels":{"app":"coder"},
             "matchExpressions":[{"key":"tier","operator":"In","values":["server"]}]},
           "template":{"metadata":{"labels":{"app":"coder","tier":"server"}},
             "spec":{"terminationGracePeriodSeconds":60,"containers":[
               {"name":"sidecar","image":"proxy:1"},
               {"name":"coder","image":"ghcr.io/coder/coder:v2.20.0","env":[],
                "livenessProbe":{"httpGet":{"path":"/healthz","port":"http"}}}]}}}}
        """);
    create(
        """
        {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"coder-5d","namespace":"coder",
          "labels":{"app":"coder","tier":"server"},"annotations":{"deployment.kubernetes.io/revision":"7"},
          "ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"coder","uid":"%s","controller":true}]},
         "spec":{"replicas":2,"selector":{"matchLabels":{"app":"coder"}},
          "template":{"metadata":{"labels":{"app":"coder","tier":"server"}},"spec":{"containers":[
            {"name":"coder","image":"ghcr.io/coder/coder:v2.20.0"}]}}}}
        """
            .formatted(deploymentUid()));
    node("node-1", true);
    node("node-2", false);
    pod("coder-5d-a", 8080);
  }

  private void node(String name, boolean ready) {
    create(
        """
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"%s"},
         "status":{"conditions":[{"type":"Ready","status":"%s"}]}}
        """
            .formatted(name, ready ? "True" : "Unknown"));
  }

  /** A Ready pod at 127.0.0.1, whose coderd listens on this port. */
  public void pod(String name, int port) {
    create(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"coder",
          "labels":{"app":"coder","tier":"server"},
          "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"coder-5d","uid":"x"}]},
         "spec":{"nodeName":"node-1","containers":[{"name":"coder","image":"ghcr.io/coder/coder:v2.20.0",
           "ports":[{"name":"http","containerPort":%d}]}]},
         "status":{"phase":"Running","podIP":"127.0.0.1","conditions":[{"type":"Ready","status":"True"}],
           "containerStatuses":[{"name":"coder","image":"i","imageID":"i","ready":true,"restartCount":3,
             "state":{"running":{"startedAt":"2026-01-02T03:04:05Z"}},
             "lastState":{"terminated":{"exitCode":137,"reason":"Error","finishedAt":"2026-01-02T03:04:00Z"}}}]}}
        """
            .formatted(name, port));
  }

  public void event(String name, String kind, String object, String message) {
    create(
        """
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"%s","namespace":"coder"},"type":"Warning",
         "reason":"Unhealthy","message":"%s","count":4,"lastTimestamp":"2026-01-02T03:04:05Z",
         "involvedObject":{"kind":"%s","name":"%s","namespace":"coder"}}
        """
            .formatted(name, message, kind, object));
  }

  public String deploymentUid() {
    return deployment().at("/metadata/uid").asText();
  }

  public ObjectNode deployment() {
    return store.get(key(Resources.DEPLOYMENTS, "coder"));
  }

  public void create(String json) {
    store.create(object(json));
  }

  public static ObjectNode object(String json) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public void edit(Resource resource, String name, Consumer<ObjectNode> change) {
    write(resource, name, Write.by("kubectl-edit"), change);
  }

  public void status(Resource resource, String name, Consumer<ObjectNode> change) {
    write(resource, name, Write.by("kubelet").to("status"), change);
  }

  private void write(Resource resource, String name, Write write, Consumer<ObjectNode> change) {
    store.update(
        key(resource, name),
        write,
        object -> {
          change.accept(object);
          return object;
        });
  }

  public static Key key(Resource resource, String name) {
    return new Key(resource, "coder", name);
  }

  /** The operator's Lease; empty while there is none. */
  public Optional<ObjectNode> lease() {
    return store.find(key(Resources.LEASES, "lockkeeper-coder"));
  }

  public ClusterConnection connect(User user) throws Exception {
    return connect(user, "coder", server.port());
  }

  /** Connects through another port, where something stands in between. */
  public ClusterConnection connect(User user, String deployment, int port) throws Exception {
    Path file = directory.resolve(user.name() + ".yaml");
    server.writeKubeconfig(file, user);
    String text = Files.readString(file).replace(":" + server.port(), ":" + port);
    Files.writeString(file, text);
    ClusterOptions options =
        new ClusterOptions(Optional.of(file), Optional.empty(), Optional.empty(), deployment);
    return ClusterConnection.open(options, Map.of());
  }

  @Override
  public void close() {
    server.close();
  }
}
